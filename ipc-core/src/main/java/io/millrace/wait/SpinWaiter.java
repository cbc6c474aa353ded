package io.millrace.wait;

import java.util.function.IntSupplier;

/**
 * Waits without leaving the processor.
 *
 * <p>A reader that looks again at once, while its writer is writing the next message, takes the cache line away from
 * under the writer: then every message costs the way between two cores, and the pair is an order of magnitude slower
 * than one whose reader lags a little. So the first look that finds nothing is followed by a pause. It is short enough
 * to be over before the answer to a message just sent can be there, and is doubled as long as several messages are
 * found after it, which never happens to a reader who waits for answers, one at a time. The figures are in
 * {@code docs/decisions/0005-pause-before-the-second-look.md}.
 */
final class SpinWaiter extends Waiter {
    private static final long PAUSE_NANOS_MIN = 100;
    private static final long PAUSE_NANOS_MAX = 800;
    private static final int LOOKS_PER_CLOCK_READING = 32;

    private long pauseNanos = PAUSE_NANOS_MIN;

    @Override
    public int await(IntSupplier attempt, long timeoutNanos) throws InterruptedException {
        int achieved = attempt.getAsInt();
        if (achieved > 0 || timeoutNanos <= 0) {
            return achieved;
        }
        long start = System.nanoTime();
        do {
            Thread.onSpinWait();
        } while (System.nanoTime() - start < pauseNanos);
        achieved = attempt.getAsInt();
        pauseNanos = achieved > 1 ? Math.min(2 * pauseNanos, PAUSE_NANOS_MAX)
            : Math.max(pauseNanos / 2, PAUSE_NANOS_MIN);
        for (int looks = 1; achieved <= 0; looks++) {
            if (looks % LOOKS_PER_CLOCK_READING == 0) {
                throwIfInterrupted();
                if (Timeouts.remaining(timeoutNanos, start) <= 0) {
                    break;
                }
            }
            Thread.onSpinWait();
            achieved = attempt.getAsInt();
        }
        return achieved;
    }

    @Override
    public String toString() {
        return "Waiter[spin]";
    }
}
