package io.millrace.wait;

import java.util.function.IntSupplier;

/** Waits in the kernel, until the signal is raised. */
final class BlockingWaiter extends Waiter {
    /*
     * Looks before the first sleep. Where the other side has a processor of its own it may well answer within the
     * time that a sleep and a wake-up would take; on one or two processors spinning takes the time that the other
     * side needs to answer.
     */
    private static final int SPINS = Runtime.getRuntime().availableProcessors() > 2 ? 1_000 : 20;

    private final Signal signal;
    private Sleeper sleeper;

    BlockingWaiter(Signal signal) {
        this(signal, null);
    }

    /** With a sleeper of the caller's choice; null: the best that this system has, at the first sleep. */
    BlockingWaiter(Signal signal, Sleeper sleeper) {
        this.signal = signal;
        this.sleeper = sleeper;
    }

    @Override
    int awaitFurther(IntSupplier attempt, long timeoutNanos) throws InterruptedException {
        long start = System.nanoTime();
        for (int i = 0; i < SPINS; i++) {
            Thread.onSpinWait();
            int achieved = attempt.getAsInt();
            if (achieved > 0) {
                return achieved;
            }
        }
        return sleepUntil(attempt, timeoutNanos, start);
    }

    private int sleepUntil(IntSupplier attempt, long timeoutNanos, long start) throws InterruptedException {
        for (int sleeps = 0;; sleeps++) {
            throwIfInterrupted();
            int announced = signal.announceSleeper();
            int achieved = attempt.getAsInt();
            long remaining = Timeouts.remaining(timeoutNanos, start);
            if (achieved > 0 || remaining <= 0) {
                return achieved; // the announcement stays and costs one needless wake-up call
            }
            if (sleeper == null) {
                sleeper = Sleeper.on(signal);
            }
            sleeper.sleep(announced, Math.min(remaining, SLICE_NANOS), sleeps);
        }
    }

    @Override
    public String toString() {
        return "Waiter[block, " + signal + "]";
    }
}
