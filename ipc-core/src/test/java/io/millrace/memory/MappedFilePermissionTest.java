package io.millrace.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the mode of a file or a directory forbids. Root may do everything, so where the tests run as root the
 * attempts are made by a child JVM of a user without rights.
 */
class MappedFilePermissionTest {
    private static final String DENIED = "java.nio.file.AccessDeniedException";

    @TempDir
    private Path directory;

    private Path own;

    @BeforeEach
    void makeADirectoryOfTheUserWhoTries() throws IOException {
        mode(directory, "rwxr-xr-x");
        own = Files.createDirectory(directory.resolve("own"));
    }

    @Test
    void whereEverythingIsAllowedAFileIsMadeAndOpened() throws Exception {
        assertThat(attempt("create", own.resolve("f"))).isEqualTo("done");
        assertThat(Directories.names(own)).containsExactly("f");
        assertThat(attempt("open", own.resolve("f"))).isEqualTo("done");
    }

    @Test
    void inADirectoryThatMayNotBeWrittenNothingIsMade() throws Exception {
        mode(own, "r-xr-xr-x");
        assertThat(attempt("create", own.resolve("f"))).isEqualTo(DENIED);
        mode(own, "rwxr-xr-x");
        assertThat(Directories.names(own)).isEmpty();
    }

    @Test
    void inADirectoryThatMayNotBeSearchedNothingIsMadeAndNothingOpened() throws Exception {
        Files.writeString(own.resolve("g"), "content");
        mode(own, "rw-rw-rw-");
        assertThat(attempt("create", own.resolve("f"))).isEqualTo(DENIED);
        assertThat(attempt("open", own.resolve("g"))).isEqualTo(DENIED);
        mode(own, "rwxr-xr-x");
        assertThat(Directories.names(own)).containsExactly("g");
    }

    @Test
    void aFileThatMayNotBeWrittenOrReadIsNotOpened() throws Exception {
        for (String mode : new String[] {"r--------", "-w-------", "---------"}) {
            Path file = Files.writeString(own.resolve("f" + mode), "content");
            mode(file, mode);
            assertThat(attempt("open", file)).as(mode).isEqualTo(DENIED);
            mode(file, "rw-------");
            assertThat(Files.readString(file)).isEqualTo("content");
        }
    }

    private String attempt(String what, Path path) throws Exception {
        if (!Commands.isRoot()) {
            return Attempt.outcome(what, path);
        }
        String user = "--reuid=" + Commands.OTHER_USER;
        Commands.assumeRuns("chown", "-R", Integer.toString(Commands.OTHER_USER), own.toString());
        // Dependencies are not on this class path: they are often where only their owner can read.
        String classPath = locationOf(MappedFile.class) + ":" + locationOf(Attempt.class);
        for (String entry : classPath.split(":")) {
            Commands.assumeRuns("setpriv", user, "--clear-groups", "test", "-r",
                entry + "/io/millrace/memory");
        }
        ChildJvm.Result result = new ChildJvm(directory).through("setpriv", user, "--clear-groups")
            .with("-Dmillrace.backend=varhandle").withClassPath(classPath)
            .run(Attempt.class, what, path.toString());
        return result.outOfSuccess();
    }

    private static Path locationOf(Class<?> type) throws Exception {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    }

    private static void mode(Path path, String mode) throws IOException {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
    }

    /** Run in this JVM or another: creates or opens a file, and prints what came of it. */
    static final class Attempt {
        public static void main(String[] arguments) {
            System.out.print(outcome(arguments[0], Path.of(arguments[1])));
        }

        static String outcome(String what, Path path) {
            return outcomeOf(() -> {
                try (MappedFile file = what.equals("open") ? MappedFile.open(path) : created(path)) {
                    file.region();
                }
                return null;
            });
        }

        private static MappedFile created(Path path) throws IOException {
            MappedFile file = MappedFile.createUnpublished(path, 100);
            file.publish();
            return file;
        }

        private static String outcomeOf(Callable<?> action) {
            try {
                action.call();
                return "done";
            } catch (Exception e) {
                return e.getClass().getName();
            }
        }
    }
}
