package io.millrace.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A program of this machine, run to its end. */
final class Command {
    private Command() { }

    /**
     * Its output.
     *
     * @throws MissingException if there is no such program
     * @throws IOException if it failed; the message is its output
     */
    static String output(Path place, List<String> command) throws IOException, InterruptedException {
        Process process;
        try {
            process = new ProcessBuilder(command).directory(place.toFile()).redirectErrorStream(true).start();
        } catch (IOException e) {
            throw new MissingException(command.get(0), e);
        }
        try {
            String output = new String(process.getInputStream().readAllBytes());
            if (process.waitFor() != 0) {
                throw new IOException(command.get(0) + " failed: " + output.strip());
            }
            return output;
        } finally {
            process.destroyForcibly();
        }
    }

    /** A length of time as the programs take it. */
    static String seconds(Duration time) {
        return Double.toString(time.toNanos() / 1e9);
    }

    /** There is no such program. */
    static final class MissingException extends IOException {
        private static final long serialVersionUID = 1L;

        MissingException(String command, IOException cause) {
            super("cannot start " + command, cause);
        }
    }
}
