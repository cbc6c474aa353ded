package io.millrace.wait;

import java.time.Duration;

/** What a timeout means, for the whole library: see the package's description. */
public final class Timeouts {
    /** Waits for ever. */
    public static final long FOREVER = Long.MAX_VALUE;

    private static final Duration LONGEST = Duration.ofNanos(FOREVER);
    private static final Duration SHORTEST = Duration.ofNanos(Long.MIN_VALUE);

    private Timeouts() { }

    /** A duration in nanoseconds; one that does not fit is for ever, or, below zero, not at all. */
    public static long nanos(Duration timeout) {
        if (timeout.compareTo(LONGEST) >= 0) {
            return FOREVER;
        }
        return timeout.compareTo(SHORTEST) <= 0 ? Long.MIN_VALUE : timeout.toNanos();
    }
}
