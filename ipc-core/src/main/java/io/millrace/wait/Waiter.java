package io.millrace.wait;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.BusySpinIdleStrategy;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.YieldingIdleStrategy;

/**
 * One thread's way of waiting for something that another thread or process brings about.
 *
 * <p>The something is an <em>attempt</em>: it tries an operation that never blocks, such as a read from a ring, and
 * says whether it succeeded. It is called at least once, and again until it succeeds or time is up.
 *
 * <table>
 *   <caption>Which to take</caption>
 *   <tr><th>way</th><th>reacts within</th><th>uses</th><th>needs a {@link Signal}</th></tr>
 *   <tr><td>{@link #spinning}</td><td>a cache miss</td><td>a whole core</td><td>no</td></tr>
 *   <tr><td>{@link #yielding}</td><td>a cache miss, or a turn of the scheduler</td><td>a core nobody else wants</td>
 *       <td>no</td></tr>
 *   <tr><td>{@link #backingOff}</td><td>up to 1 ms</td><td>a few per cent of a core</td><td>no</td></tr>
 *   <tr><td>{@link #blocking}</td><td>a system call and a wake-up</td><td>next to nothing</td><td>yes</td></tr>
 * </table>
 *
 * <p><b>Who may call it:</b> one thread, the one it was made for. The other side may wait in another way; it must
 * {@link Signal#raise raise} the signal if this one blocks.
 *
 * <p><b>Interrupts and close:</b> an attempt that succeeds at once wins over an interrupt. Otherwise an interrupt is
 * noticed within {@link #SLICE_NANOS}, ends the wait with {@link InterruptedException} and is cleared. An exception of
 * the attempt, such as the {@link IllegalStateException} of a handle that was closed meanwhile, ends the wait within
 * the same time and is passed on.
 *
 * <p><b>Death of the other side:</b> a sleep ends after {@link #SLICE_NANOS} at the latest and the attempt is made
 * again, so a process that died between its change and its wake-up call delays nobody for longer.
 *
 * <p><b>Memory consistency effects:</b> those of the attempt.
 *
 * <p><b>Cost:</b> nothing is allocated per wait, except at the first sleep of a blocking waiter.
 */
public abstract class Waiter {
    /** The longest a thread sleeps without looking: the bound on noticing an interrupt, a close or a death. */
    public static final long SLICE_NANOS = 25_000_000;

    private static final int LOOKS_PER_CLOCK_READING = 32;

    Waiter() { }

    /** Spins without pause. */
    public static Waiter spinning() {
        return new IdleWaiter(BusySpinIdleStrategy.INSTANCE, LOOKS_PER_CLOCK_READING);
    }

    /** Gives the processor to others between looks. */
    public static Waiter yielding() {
        return new IdleWaiter(YieldingIdleStrategy.INSTANCE, LOOKS_PER_CLOCK_READING);
    }

    /** Spins, then yields, then parks for longer and longer, up to 1 ms. */
    public static Waiter backingOff() {
        return new IdleWaiter(new BackoffIdleStrategy(), 1);
    }

    /** Waits as the given strategy idles, which must not idle for longer than {@link #SLICE_NANOS} at once. */
    public static Waiter idling(IdleStrategy strategy) {
        return new IdleWaiter(strategy, 1);
    }

    /** Spins for a moment, then sleeps until the signal is raised. */
    public static Waiter blocking(Signal signal) {
        return new BlockingWaiter(signal);
    }

    /**
     * Makes the attempt until it succeeds or time is up.
     *
     * @param timeoutNanos zero or less: tries once; {@link Timeouts#FOREVER}: no limit
     * @return whether the attempt succeeded
     * @throws InterruptedException if the thread is interrupted while it waits
     */
    public abstract boolean await(BooleanSupplier attempt, long timeoutNanos) throws InterruptedException;

    /** The same with a {@link Duration}; one that does not fit into nanoseconds is for ever. */
    public final boolean await(BooleanSupplier attempt, Duration timeout) throws InterruptedException {
        return await(attempt, Timeouts.nanos(timeout));
    }

    static void throwIfInterrupted() throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException("interrupted while waiting");
        }
    }
}
