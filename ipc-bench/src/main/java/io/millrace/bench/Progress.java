package io.millrace.bench;

import java.io.PrintStream;

/** Says what is going on: a bar on a terminal, a line for each trial elsewhere. */
final class Progress {
    private static final int BAR_LENGTH = 24;
    private static final int LINE_LENGTH = 100;

    private final PrintStream out;
    private final boolean terminal;
    private final int total;
    private int done;

    Progress(PrintStream out, boolean terminal, int total) {
        this.out = out;
        this.terminal = terminal;
        this.total = total;
    }

    void start(String what) {
        if (terminal) {
            int filled = BAR_LENGTH * done / total;
            String line = "[" + "#".repeat(filled) + ".".repeat(BAR_LENGTH - filled) + "] " + done + "/" + total + " "
                + what;
            out.printf("\r%-" + LINE_LENGTH + "s", line);
            out.flush();
        }
    }

    void finish(String what, String outcome) {
        done++;
        if (!terminal) {
            out.println(done + "/" + total + " " + what + ": " + outcome);
        } else if (done == total) {
            out.printf("\r%" + LINE_LENGTH + "s\r", "");
            out.flush();
        }
    }
}
