package io.millrace.wait;

import java.util.function.IntSupplier;
import org.agrona.concurrent.IdleStrategy;

/** Waits without a signal: looks again and again, and idles in between. */
final class IdleWaiter extends Waiter {
    /** Yielding takes little more than reading the clock. */
    static final int YIELDS_PER_CLOCK_READING = 32;

    private final IdleStrategy strategy;
    private final int looksPerClockReading;
    private final Slices slices = new Slices();

    IdleWaiter(IdleStrategy strategy, int looksPerClockReading) {
        this.strategy = strategy;
        this.looksPerClockReading = looksPerClockReading;
    }

    @Override
    int awaitFurther(IntSupplier attempt, Runnable onSlice, long timeoutNanos) throws InterruptedException {
        slices.begin(timeoutNanos, System.nanoTime());
        strategy.reset();
        int achieved = 0;
        for (int looks = 1; achieved <= 0; looks++) {
            if (looks % looksPerClockReading == 0) {
                throwIfInterrupted();
                if (slices.isOver(System.nanoTime())) {
                    achieved = lookAndTry(onSlice, attempt);
                    if (achieved > 0 || !slices.next()) {
                        break;
                    }
                }
            }
            strategy.idle();
            achieved = attempt.getAsInt();
        }
        return achieved;
    }

    @Override
    public String toString() {
        return "Waiter[" + strategy.alias() + "]";
    }
}
