package io.millrace.wait;

import java.util.function.BooleanSupplier;
import org.agrona.concurrent.IdleStrategy;

/** Waits without a signal: looks again and again, and idles in between. */
final class IdleWaiter extends Waiter {
    private final IdleStrategy strategy;
    private final int looksPerClockReading;

    IdleWaiter(IdleStrategy strategy, int looksPerClockReading) {
        this.strategy = strategy;
        this.looksPerClockReading = looksPerClockReading;
    }

    @Override
    public boolean await(BooleanSupplier attempt, long timeoutNanos) throws InterruptedException {
        if (attempt.getAsBoolean()) {
            return true;
        }
        if (timeoutNanos <= 0) {
            return false;
        }
        long start = System.nanoTime();
        strategy.reset();
        for (int looks = 1;; looks++) {
            strategy.idle();
            if (attempt.getAsBoolean()) {
                return true;
            }
            if (looks % looksPerClockReading == 0) {
                throwIfInterrupted();
                if (Timeouts.remaining(timeoutNanos, start) <= 0) {
                    return false;
                }
            }
        }
    }

    @Override
    public String toString() {
        return "Waiter[" + strategy.alias() + "]";
    }
}
