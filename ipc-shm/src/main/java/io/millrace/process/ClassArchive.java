package io.millrace.process;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * An archive of the classes that a child begins with, in the form in which a JVM can map them instead of reading and
 * checking them. Made once, by a process of its own beside the first child that would have needed it, and used by the
 * later ones. Where it cannot be, nobody is told: children are slower to start, and that is all.
 */
final class ClassArchive {
    /** With the value {@code off} there are no archives. */
    static final String PROPERTY = "millrace.archive";
    /** The JVM is told to be silent about an archive that it does not take. */
    static final String QUIET = "-Xlog:cds*=off";
    static final String FILE_OPTION = "-XX:SharedArchiveFile=";

    private static final Path NICE = Path.of("/usr/bin/nice");
    private static final int MOST_NICE = 19;

    private static final Map<Wish, Optional<ClassArchive>> KNOWN = new ConcurrentHashMap<>();

    private final ArchiveDirectory directory;
    private final ArchiveKey key;
    private final String classPath;
    private final AtomicBoolean asked = new AtomicBoolean();
    private volatile Path found;

    /** What is looked up once. */
    private record Wish(ArchiveDirectory directory, List<String> options, List<String> fromEnvironment,
        String classPath) { }

    private ClassArchive(ArchiveDirectory directory, ArchiveKey key, String classPath) {
        this.directory = directory;
        this.key = key;
        this.classPath = classPath;
    }

    /**
     * The archive for children with these options, whether it is there or not; nothing if they can have none.
     *
     * @param options those of the command line
     * @param environment that of the child
     */
    static Optional<ClassArchive> of(List<String> options, Map<String, String> environment) {
        if ("off".equals(System.getProperty(PROPERTY))) {
            return Optional.empty();
        }
        List<String> ofTheJvm = options.stream().filter(option -> !isProperty(option)).toList();
        Wish wish = new Wish(ArchiveDirectory.chosen(), ofTheJvm, JvmOptions.fromEnvironment(environment),
            JvmOptions.classPath());
        return KNOWN.computeIfAbsent(wish, ClassArchive::of);
    }

    /** Whether it is a system property that no archive depends on; a program may give each of its children others. */
    private static boolean isProperty(String option) {
        return option.startsWith("-D") && !option.startsWith("-Djava.system.class.loader=");
    }

    private static Optional<ClassArchive> of(Wish wish) {
        return ArchiveKey.of(wish.options, wish.fromEnvironment, wish.classPath)
            .map(key -> new ClassArchive(wish.directory, key, wish.classPath));
    }

    /** The options by which a child uses the archive; none as long as it is not there. */
    List<String> options() {
        Path file = found;
        if (file == null || !ArchiveDirectory.isWhole(file)) {
            file = find();
            found = file;
        }
        return file == null ? List.of() : List.of(FILE_OPTION + file, QUIET);
    }

    private Path find() {
        try {
            if (!directory.isSafe()) {
                return null;
            }
            Path file = directory.find(key.id());
            if (file != null) {
                ArchiveDirectory.touch(file);
            }
            return file;
        } catch (IOException e) {
            return null;
        }
    }

    /**
     * Starts the process that makes the archive, if it is not there and this JVM has not tried before.
     *
     * @param task of the first child, whose class goes into the archive; null if it has none
     */
    void makeIfMissing(Map<String, String> environment, JvmTask task) {
        if (found != null || !asked.compareAndSet(false, true)) {
            return;
        }
        try {
            directory.prepare();
            if (directory.isSafe() && !directory.isHopeless(key.id())) {
                startMaker(environment, task);
            }
        } catch (IOException | RuntimeException e) {
            // As it was before: no archive.
        }
    }

    private void startMaker(Map<String, String> environment, JvmTask task) throws IOException {
        List<String> command = new ArrayList<>();
        if (Files.isExecutable(NICE)) {
            command.addAll(List.of(NICE.toString(), "-n", Integer.toString(MOST_NICE))); // the children come first
        }
        command.addAll(List.of(JvmOptions.JAVA.toString(), "-Xmx64m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        command.addAll(List.of("-cp", classPath, ArchiveMaker.class.getName(), directory.path().toString(),
            key.id().toString(), TaskEncoder.className(task)));
        command.addAll(key.flags());
        ProcessBuilder builder = new ProcessBuilder(command).redirectInput(Redirect.from(new File("/dev/null")))
            .redirectOutput(Redirect.DISCARD).redirectError(Redirect.DISCARD);
        builder.environment().clear();
        builder.environment().putAll(environment);
        builder.start();
    }
}
