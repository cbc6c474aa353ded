package io.millrace.memory;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Commands of the system that tests of files need; a test is skipped where one of them cannot do its work.
 */
final class Commands {
    /** A user that owns nothing; by tradition {@code nobody}. */
    static final int OTHER_USER = 65_534;

    private Commands() { }

    static void assumeRuns(String... command) throws InterruptedException {
        assumeTrue(runs(command), "cannot be run here: " + String.join(" ", command));
    }

    static boolean runs(String... command) throws InterruptedException {
        try {
            return new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(Redirect.DISCARD)
                .start().waitFor() == 0;
        } catch (IOException e) {
            return false; // no such command
        }
    }

    static boolean isRoot() {
        try {
            return Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }
}
