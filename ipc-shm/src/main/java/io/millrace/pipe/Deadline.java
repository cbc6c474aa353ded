package io.millrace.pipe;

import io.millrace.wait.Timeouts;

/** The end of a time-out, for what waits several times. Without a limit, and where nothing is waited for, free. */
final class Deadline {
    private static final long NOW = Long.MIN_VALUE;

    private Deadline() { }

    /** When that time is over. */
    static long in(long timeoutNanos) {
        if (timeoutNanos == Timeouts.FOREVER) {
            return Timeouts.FOREVER;
        }
        return timeoutNanos <= 0 ? NOW : System.nanoTime() + timeoutNanos;
    }

    /** How long it is until then; zero or less: no time. */
    static long remaining(long deadline) {
        if (deadline == Timeouts.FOREVER) {
            return Timeouts.FOREVER;
        }
        return deadline == NOW ? 0 : deadline - System.nanoTime();
    }
}
