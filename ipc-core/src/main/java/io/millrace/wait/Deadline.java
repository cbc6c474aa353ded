package io.millrace.wait;

/**
 * The end of a timeout, for what waits several times: a number, which means something to this JVM only. Without a
 * limit, and where nothing is waited for, no clock is read.
 *
 * <p><b>Who may call it:</b> any thread.
 */
public final class Deadline {
    private static final long NOW = Long.MIN_VALUE;

    private Deadline() { }

    /** When that time is over. */
    public static long in(long timeoutNanos) {
        if (timeoutNanos == Timeouts.FOREVER) {
            return Timeouts.FOREVER;
        }
        return timeoutNanos <= 0 ? NOW : System.nanoTime() + timeoutNanos;
    }

    /** How long it is until then; zero or less: no time. */
    public static long remaining(long deadline) {
        if (deadline == Timeouts.FOREVER) {
            return Timeouts.FOREVER;
        }
        return deadline == NOW ? 0 : deadline - System.nanoTime();
    }
}
