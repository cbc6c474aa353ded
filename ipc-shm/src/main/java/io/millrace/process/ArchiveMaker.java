package io.millrace.process;

import io.millrace.queue.SharedQueue;
import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * The main class of the process that makes a class archive, of what a child loads that does a few common things, and
 * of the class that has the first task.
 */
final class ArchiveMaker {
    /** Far more than any of its steps takes. */
    private static final long STEP_SECONDS = 120;

    private final ArchiveDirectory directory;
    private final UUID key;
    private final String taskClass;
    private final List<String> flags;

    private ArchiveMaker(ArchiveDirectory directory, UUID key, String taskClass, List<String> flags) {
        this.directory = directory;
        this.key = key;
        this.taskClass = taskClass;
        this.flags = flags;
    }

    /** Arguments: directory, key, class that has the task or nothing, and the options that the archive depends on. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        List<String> words = List.of(arguments);
        ArchiveDirectory directory = new ArchiveDirectory(Path.of(words.get(0)));
        UUID key = UUID.fromString(words.get(1));
        try (FileChannel locks = directory.openLocks(); FileLock lock = ArchiveDirectory.tryLock(locks, key)) {
            // Without the lock somebody else makes it; with it, somebody else may have made it.
            if (lock != null && directory.find(key) == null) {
                new ArchiveMaker(directory, key, words.get(2), words.subList(3, words.size())).make();
                directory.clean(locks);
            }
        }
    }

    private void make() throws IOException, InterruptedException {
        Path place = directory.newWorkplace(key);
        try {
            Path classes = place.resolve("classes");
            Path archive = place.resolve("archive");
            if (rehearse(place, classes) && dump(classes, archive) && isAccepted(archive)) {
                directory.publish(archive, key);
            } else {
                directory.giveUp(key);
            }
        } finally {
            ArchiveDirectory.deleteTree(place);
        }
    }

    /** Runs a child that writes down which classes it loads. */
    private boolean rehearse(Path place, Path classes) throws IOException, InterruptedException {
        byte[] task = JvmProcess.builder(ArchiveMaker::commonThings, List.of(place.resolve("domain").toString()),
            taskClass).encodedTask();
        Details details = new Details("rehearsal", false, "millrace", Map.of());
        Path launch = place.resolve("launch");
        LaunchRecord.create(launch, "", details, task, ParentIdentity.ofThisProcess()).close();
        return run("-Xshare:off", "-XX:DumpLoadedClassList=" + classes, "-D" + ChildMain.LAUNCH_PROPERTY + "=" + launch,
            "-cp", System.getProperty("java.class.path"), ChildMain.class.getName());
    }

    private boolean dump(Path classes, Path archive) throws IOException, InterruptedException {
        // By this collector alone JDK 17 archives objects; the JVMs that use the archive may have another.
        return run("-Xshare:dump", "-Xlog:disable", "-XX:+UseG1GC", "-Xmx128m", "-XX:SharedClassListFile=" + classes,
            ClassArchive.FILE_OPTION + archive, "-cp", System.getProperty("java.class.path"));
    }

    /** A JVM that refuses its archive would do without any, and start slower than without this. */
    private boolean isAccepted(Path archive) throws IOException, InterruptedException {
        return Files.exists(archive) && run("-Xshare:on", ClassArchive.FILE_OPTION + archive, "-cp",
            System.getProperty("java.class.path"), "-version");
    }

    private boolean run(String... options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(JvmOptions.JAVA.toString());
        command.addAll(flags);
        command.addAll(List.of(options));
        Process process = new ProcessBuilder(command).redirectInput(Redirect.from(new File("/dev/null")))
            .redirectOutput(Redirect.DISCARD).redirectError(Redirect.DISCARD).start();
        try {
            return process.waitFor(STEP_SECONDS, TimeUnit.SECONDS) && process.exitValue() == 0;
        } finally {
            process.destroyForcibly();
        }
    }

    /** What many tasks do: deserialize arguments, call native code, and send items through a queue. */
    private static void commonThings(List<String> domain, String taskClass) throws InterruptedException {
        try {
            Class.forName(taskClass, false, ClassLoader.getSystemClassLoader()); // loads it, and runs nothing of it
        } catch (ClassNotFoundException | LinkageError e) {
            // There is no task, or its class is elsewhere: then it is loaded as ever.
        }
        ProcessCalls.isAvailable();
        try (SharedQueue<String> queue = SharedQueue.<String>builder().domain(Path.of(domain.get(0))).create()) {
            queue.put("item");
            queue.get();
        } catch (RuntimeException | LinkageError e) {
            // A file system that cannot hold a domain: then these classes are loaded as ever.
            return;
        }
    }
}
