package io.millrace.wait;

import java.util.function.IntSupplier;

/** Looks for a while, then waits in the kernel until the signal is raised. */
final class BlockingWaiter extends Waiter {
    private final Signal signal;
    private final SpinWaiter spinner = new SpinWaiter();
    private final SpinBudget budget = new SpinBudget();
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
        int achieved = spinner.awaitFurther(attempt, Math.min(budget.nanos(), timeoutNanos));
        if (achieved > 0) {
            budget.foundByLooking();
            return achieved;
        }
        budget.slept();
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
