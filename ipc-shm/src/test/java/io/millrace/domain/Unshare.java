package io.millrace.domain;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.util.ArrayList;
import java.util.List;

/** Commands that run the rest of their line in namespaces of its own; tests are skipped where they cannot. */
public final class Unshare {
    private Unshare() { }

    /** In a namespace of pids; what runs there dies with the command. */
    static String[] pids() throws IOException, InterruptedException {
        return usable("unshare", "--pid", "--fork", "--kill-child");
    }

    /** The same, and its {@code /proc} shows it. */
    static String[] pidsAndProc() throws IOException, InterruptedException {
        return usable("unshare", "--pid", "--fork", "--kill-child", "--mount-proc");
    }

    /** In a namespace of mounts, behind a command of the shell. */
    public static String[] mounts(String command) throws IOException, InterruptedException {
        return usable("unshare", "--mount", "--propagation", "private", "sh", "-c", command + " && exec \"$@\"", "sh");
    }

    private static String[] usable(String... command) throws IOException, InterruptedException {
        List<String> line = new ArrayList<>(List.of(command));
        line.add("true");
        boolean runs;
        try {
            runs = new ProcessBuilder(line).redirectErrorStream(true).redirectOutput(Redirect.DISCARD).start()
                .waitFor() == 0;
        } catch (IOException e) {
            runs = false; // no such command
        }
        assumeTrue(runs, "cannot be run here: " + String.join(" ", line));
        return command;
    }
}
