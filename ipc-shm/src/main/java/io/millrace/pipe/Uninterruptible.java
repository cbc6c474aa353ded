package io.millrace.pipe;

import io.millrace.wait.Timeouts;
import io.millrace.wait.Waiter;
import java.util.function.BooleanSupplier;

/** Waits for what comes soon, whoever interrupts. */
final class Uninterruptible {
    private Uninterruptible() { }

    /** Waits until it is so. An interrupt is kept for later. */
    static void await(BooleanSupplier condition) {
        boolean interrupted = false;
        boolean done = false;
        while (!done) {
            try {
                done = Waiter.backingOff().await(condition, Timeouts.FOREVER);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
