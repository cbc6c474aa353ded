package io.millrace.wait;

/**
 * The time of one wait, cut into slices. At the end of each, the waiter looks for what nobody wakes it for, such as the
 * death of a peer.
 *
 * <p>The first is short, because a peer that dies mostly leaves its traces where somebody already waits for it, and
 * the kernel needs milliseconds to say so; each further one is twice as long, up to {@link Waiter#SLICE_NANOS}, because
 * who has waited for long costs least by looking seldom. The last one ends with the time of the wait.
 *
 * <p>Takes the time from its caller, so that one reading of the clock serves all questions.
 */
final class Slices {
    static final long FIRST_NANOS = 2_000_000;

    private long timeoutNanos;
    private long startNanos;
    private long elapsedNanos;
    private long lengthNanos;
    private long endNanos;

    /** Begins the first slice of a wait. */
    void begin(long timeoutNanos, long nowNanos) {
        this.timeoutNanos = timeoutNanos;
        startNanos = nowNanos;
        elapsedNanos = 0;
        lengthNanos = FIRST_NANOS;
        endNanos = Math.min(FIRST_NANOS, timeoutNanos);
    }

    /** Whether the slice has ended. */
    boolean isOver(long nowNanos) {
        elapsedNanos = nowNanos - startNanos;
        return elapsedNanos >= endNanos;
    }

    /** Begins the next slice, at the time of the last question; false if the time of the wait is up. */
    boolean next() {
        if (elapsedNanos >= timeoutNanos) {
            return false; // never in a wait for ever, unless it lasts for 292 years
        }
        lengthNanos = Math.min(2 * lengthNanos, Waiter.SLICE_NANOS);
        // The first comparison, because the sum of the second could be beyond what a long holds.
        endNanos = timeoutNanos - elapsedNanos <= lengthNanos ? timeoutNanos : elapsedNanos + lengthNanos;
        return true;
    }

    /** What was left of the slice at the time of the last question: at least 1 if it was not over. */
    long remainingNanos() {
        return endNanos - elapsedNanos;
    }
}
