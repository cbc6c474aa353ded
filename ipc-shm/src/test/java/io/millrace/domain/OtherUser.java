package io.millrace.domain;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.millrace.testing.ChildJvm;
import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * JVMs of users of whom this machine need not know, which only root can start; tests are skipped where this one is
 * not root's.
 */
public final class OtherUser {
    /** A group of nobody but them. */
    public static final int GROUP = 64_200;
    /** A user of that group. */
    public static final int ONE = 64_201;
    /** Another. */
    public static final int ANOTHER = 64_202;

    private final Path directory;
    private final String classPath;

    private OtherUser(Path directory, String classPath) {
        this.directory = directory;
        this.classPath = classPath;
    }

    /** Opens a directory of the test to everybody, and has the classes of the children there if need be. */
    public static OtherUser in(Path directory) throws IOException, InterruptedException {
        assumeTrue(Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0), "needs root, to become others");
        assumeTrue(run(command(ONE, "true")) != null, "needs setpriv(1)");
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxrwxrwx"));
        return new OtherUser(directory, readable(directory));
    }

    /** What runs the rest of its line as that user, of that group and no other. */
    public static String[] as(int user, int group) {
        return new String[] {"setpriv", "--reuid=" + user, "--regid=" + user, "--groups=" + group};
    }

    /** A child of that user of the group, to be started. */
    public ChildJvm.Builder child(Class<?> mainClass, int user) {
        return child(mainClass, user, GROUP);
    }

    /** A child of that user, of that group and no other, through a command that root runs if one is given. */
    public ChildJvm.Builder child(Class<?> mainClass, int user, int group, String... through) {
        // What a child unpacks there, such as its native library, need not be readable by anybody else.
        return ChildJvm.of(mainClass).classPath(classPath).option("-XX:-UsePerfData")
            .property("java.io.tmpdir", directory.toString()).through(through).through(as(user, group));
    }

    private static String[] command(int user, String... command) {
        return Stream.concat(Stream.of(as(user, GROUP)), Stream.of(command)).toArray(String[]::new);
    }

    /** The class path, with copies of what only root can read, as far as children need it. */
    private static String readable(Path directory) throws IOException, InterruptedException {
        String[] entries = System.getProperty("java.class.path").split(File.pathSeparator);
        List<String> unreadable = List.of(run(Stream.concat(Stream.of(command(ONE, "sh", "-c",
            "for f; do test -r \"$f\" || echo \"$f\"; done", "sh")), Stream.of(entries)).toArray(String[]::new))
            .split("\n"));
        Path copies = directory.resolve("classes");
        List<String> readable = new ArrayList<>();
        for (String entry : entries) {
            Path path = Path.of(entry);
            if (!unreadable.contains(entry)) {
                readable.add(entry);
            } else if (path.getFileName().toString().matches("(agrona|jffi|ipc-).*\\.jar")) {
                Path copy = Files.createDirectories(copies).resolve(path.getFileName());
                readable.add(Files.copy(path, copy, StandardCopyOption.REPLACE_EXISTING).toString());
            } else {
                assumeTrue(Files.isRegularFile(path), "other users cannot read " + path);
            }
        }
        return String.join(File.pathSeparator, readable);
    }

    /** What it prints; null if it cannot be run. */
    private static String run(String... command) throws InterruptedException {
        try {
            Process process = new ProcessBuilder(command).redirectError(Redirect.DISCARD).start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return process.waitFor() == 0 ? output : null;
        } catch (IOException e) {
            return null;
        }
    }
}
