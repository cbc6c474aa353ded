package io.millrace.wait;

import java.util.function.IntSupplier;

/**
 * Waits without leaving the processor.
 *
 * <p>A reader that looks again at once, while its writer is writing the next message, takes the cache line away from
 * under the writer: then every message costs the way between two cores, and the pair is an order of magnitude slower
 * than one whose reader lags a little. So the first look that finds nothing is followed by a pause. It is doubled when
 * several messages are found after it, which never happens to a reader who waits for answers, one at a time, and
 * shrinks again when single ones are found. A pause that is long already must earn its length: only a stream with a
 * message for every spin makes it longer, and a ring that fills up during the pause does not. The figures are in
 * {@code docs/decisions/0005-pause-before-the-second-look.md}.
 */
final class SpinWaiter extends Waiter {
    private static final int PAUSE_SPINS_MAX = 256;
    /** Up to here several messages are enough, so that a stream gets out of the state in which every one is slow. */
    private static final int PAUSE_SPINS_SHORT = 32;
    private static final int SINGLES_BEFORE_SHRINKING = 4;
    private static final int LOOKS_PER_CLOCK_READING = 32;

    private final Slices slices = new Slices();
    private int pauseSpins = 1;
    private int singles;

    @Override
    int awaitFurther(IntSupplier attempt, Runnable onSlice, long timeoutNanos) throws InterruptedException {
        for (int i = 0; i < pauseSpins; i++) {
            Thread.onSpinWait();
        }
        int achieved = attempt.getAsInt();
        if (achieved <= 0) {
            achieved = spin(attempt, onSlice, timeoutNanos);
        }
        adapt(achieved);
        return achieved;
    }

    private int spin(IntSupplier attempt, Runnable onSlice, long timeoutNanos) throws InterruptedException {
        int achieved = 0;
        for (int looks = 1; achieved <= 0; looks++) {
            if (looks == LOOKS_PER_CLOCK_READING) {
                // Not before: reading the clock takes as long as a short wait.
                slices.begin(timeoutNanos, System.nanoTime());
            } else if (looks % LOOKS_PER_CLOCK_READING == 0) {
                throwIfInterrupted();
                if (slices.isOver(System.nanoTime())) {
                    achieved = lookAndTry(onSlice, attempt);
                    if (achieved > 0 || !slices.next()) {
                        break;
                    }
                }
            }
            Thread.onSpinWait();
            achieved = attempt.getAsInt();
        }
        return achieved;
    }

    private void adapt(int achieved) {
        if (achieved > 1 && (pauseSpins < PAUSE_SPINS_SHORT || achieved >= pauseSpins)) {
            singles = 0;
            pauseSpins = Math.min(2 * pauseSpins, PAUSE_SPINS_MAX);
        } else if (pauseSpins > PAUSE_SPINS_SHORT && achieved < pauseSpins / 2) {
            pauseSpins /= 2;
        } else if (pauseSpins > 1 && achieved <= 1 && ++singles == SINGLES_BEFORE_SHRINKING) {
            singles = 0;
            pauseSpins /= 2;
        }
    }

    @Override
    public String toString() {
        return "Waiter[spin]";
    }
}
