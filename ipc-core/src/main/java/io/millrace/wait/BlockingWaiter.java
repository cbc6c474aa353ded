package io.millrace.wait;

import java.util.concurrent.Executor;
import java.util.function.IntSupplier;

/** Looks for a while, then waits in the kernel until the signal is raised. */
final class BlockingWaiter extends Waiter {
    /** How long a thread looks when it has said that it sleeps; see {@link Signal#raiseUnfenced}. */
    static final long SETTLING_NANOS = 1_000;

    private final Signal signal;
    private final Sleeper sleeper;
    private final SpinWaiter spinner = new SpinWaiter();
    private final SpinBudget budget = new SpinBudget();
    private final Slices slices = new Slices();

    /** Sleeps in the best way that this system and the thread have. */
    BlockingWaiter(Signal signal, Executor platformThreads) {
        this(signal, Sleeper.on(signal, platformThreads));
    }

    BlockingWaiter(Signal signal, Sleeper sleeper) {
        this.signal = signal;
        this.sleeper = sleeper;
    }

    @Override
    int awaitFurther(IntSupplier attempt, Runnable onSlice, long timeoutNanos) throws InterruptedException {
        slices.begin(timeoutNanos, System.nanoTime());
        int achieved = spinner.awaitFurther(attempt, NOTHING, Math.min(budget.nanos(), timeoutNanos));
        if (achieved > 0) {
            budget.foundByLooking();
            return achieved;
        }
        budget.slept();
        return sleepUntil(attempt, onSlice);
    }

    private int sleepUntil(IntSupplier attempt, Runnable onSlice) throws InterruptedException {
        for (int sleeps = 0;; sleeps++) {
            throwIfInterrupted();
            // An announcement that is not followed by a sleep stays, and costs one needless wake-up call.
            int announced = sleeper.announce();
            int achieved = attempt.getAsInt();
            if (achieved <= 0) {
                achieved = spinner.awaitFurther(attempt, NOTHING, SETTLING_NANOS);
            }
            if (achieved > 0) {
                return achieved;
            }
            if (slices.isOver(System.nanoTime())) {
                achieved = lookAndTry(onSlice, attempt);
                if (achieved > 0 || !slices.next()) {
                    return achieved;
                }
            }
            sleeper.sleep(announced, slices.remainingNanos(), sleeps);
        }
    }

    @Override
    public String toString() {
        return "Waiter[block, " + signal + "]";
    }
}
