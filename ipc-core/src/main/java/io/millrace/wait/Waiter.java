package io.millrace.wait;

import java.time.Duration;
import java.util.Objects;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;
import org.agrona.concurrent.BackoffIdleStrategy;
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
 *   <tr><td>{@link #spinning}</td><td>a cache miss, below 1 µs</td><td>a whole core</td><td>no</td></tr>
 *   <tr><td>{@link #yielding}</td><td>a cache miss, or a turn of the scheduler</td><td>a core nobody else wants</td>
 *       <td>no</td></tr>
 *   <tr><td>{@link #backingOff}</td><td>up to 1 ms</td><td>a few per cent of a core</td><td>no</td></tr>
 *   <tr><td>{@link #blocking}</td><td>a system call and a wake-up</td>
 *       <td>next to nothing, unless answers come at once</td><td>yes</td></tr>
 * </table>
 *
 * <p><b>Who may call it:</b> one thread, the one it was made for. The other side may wait in another way; it must
 * {@link Signal#raise raise} the signal if this one blocks.
 *
 * <p><b>Interrupts:</b> an attempt that succeeds at once wins over an interrupt. Otherwise an interrupt ends the wait
 * with {@link InterruptedException}, at once also if the thread is asleep, and is cleared. (One that idles by a
 * strategy of the caller notices it when the strategy returns.)
 *
 * <p><b>Close:</b> an exception of the attempt, such as the {@link IllegalStateException} of a handle that was closed
 * meanwhile, ends the wait and is passed on. Who closes a handle raises the signal then, and so wakes its sleepers at
 * once; other ways of waiting look by themselves. A thread that is asleep on a word keeps its mapping alive.
 *
 * <p><b>Death of the other side:</b> a wait is cut into slices, the first of 2 ms, each twice as long as the one
 * before, {@link #SLICE_NANOS} at most. At the end of each the waiter runs {@code onSlice}, which may look for the
 * dead and undo what they left behind, and makes the attempt again; also at the end of the last, which is the end of
 * the time, so that a caller of many short waits finds the dead as well. A process that died between its change and
 * its wake-up call delays nobody for longer than a slice.
 *
 * <p><b>Virtual threads</b> must not sleep in the kernel, because they would take their carrier with them. In a
 * blocking waiter they park behind a platform thread that sleeps for them, if the caller has given an executor for
 * it, else they back off, up to 1 ms.
 *
 * <p><b>Memory consistency effects:</b> those of the attempt.
 *
 * <p><b>Cost:</b> nothing is allocated per wait, except at the first sleep of a blocking waiter, after an interrupt,
 * and when a virtual thread sleeps.
 */
public abstract class Waiter {
    /** The longest a thread sleeps without looking: the bound on noticing what nobody wakes it for, as a death. */
    public static final long SLICE_NANOS = 50_000_000;

    static final Runnable NOTHING = () -> { };

    private final Adapter adapter = new Adapter();

    Waiter() { }

    /**
     * Spins: looks again at once, or, while messages stream in, after a pause of less than a microsecond, so that
     * looking does not take the cache line away from the other side at every message.
     */
    public static Waiter spinning() {
        return new SpinWaiter();
    }

    /** Gives the processor to others between looks. */
    public static Waiter yielding() {
        return new IdleWaiter(YieldingIdleStrategy.INSTANCE, IdleWaiter.YIELDS_PER_CLOCK_READING);
    }

    /** Spins, then yields, then parks for longer and longer, up to 1 ms. */
    public static Waiter backingOff() {
        return idling(new BackoffIdleStrategy());
    }

    /** Waits as the given strategy idles, which must not idle for longer than {@link #SLICE_NANOS} at once. */
    public static Waiter idling(IdleStrategy strategy) {
        return new IdleWaiter(strategy, 1);
    }

    /**
     * Spins for a moment, then sleeps until the signal is raised. The moment is 2 µs, and up to 50 µs for as long as
     * that spares the sleep: two threads that answer each other at once do not sleep at all.
     */
    public static Waiter blocking(Signal signal) {
        return new BlockingWaiter(signal, (Executor) null);
    }

    /**
     * The same, for virtual threads too.
     *
     * @param platformThreads runs a task on a platform thread of its own, best a daemon, and at once; that thread
     *     sleeps for all virtual threads of this JVM that wait by the same {@code Signal} object, and ends a moment
     *     after the last of them went on. Asked at the first sleep of a virtual thread, never otherwise. The first
     *     executor that a signal meets is the one that is asked. One that refuses the task makes virtual threads back
     *     off.
     */
    public static Waiter blocking(Signal signal, Executor platformThreads) {
        return new BlockingWaiter(signal, Objects.requireNonNull(platformThreads));
    }

    /**
     * The same for several signals, any of which may be raised. A virtual thread backs off, up to 1 ms.
     *
     * @param signals at least one; beyond 128, and before Linux 5.16, the thread backs off
     */
    public static Waiter blocking(List<Signal> signals) {
        if (signals.isEmpty()) {
            throw new IllegalArgumentException("number of signals to wait for: actual 0, expected at least 1");
        }
        return new BlockingWaiter(signals.get(0), new AnySleeper(signals));
    }

    /**
     * Makes the attempt until it achieves something or time is up.
     *
     * @param attempt says how much it achieved, such as how many messages it read; zero or less: nothing yet
     * @param timeoutNanos zero or less: tries once; {@link Timeouts#FOREVER}: no limit
     * @return what the last attempt said
     * @throws InterruptedException if the thread is interrupted while it waits
     */
    public final int await(IntSupplier attempt, long timeoutNanos) throws InterruptedException {
        int achieved = attempt.getAsInt();
        return achieved > 0 || timeoutNanos <= 0 ? achieved : awaitFurther(attempt, NOTHING, timeoutNanos);
    }

    /**
     * The same, and looks now and then for what nobody wakes a waiter for.
     *
     * @param onSlice run at the end of each slice of the wait in which the attempt achieved nothing, and followed by
     *     another attempt, which may find what this has changed. An exception ends the wait and is passed on, unless
     *     that attempt achieves something: what was there before the cause of the exception is not missed. Not run if
     *     {@code timeoutNanos} is zero or less.
     */
    public final int await(IntSupplier attempt, Runnable onSlice, long timeoutNanos) throws InterruptedException {
        int achieved = attempt.getAsInt();
        return achieved > 0 || timeoutNanos <= 0 ? achieved : awaitFurther(attempt, onSlice, timeoutNanos);
    }

    /** Goes on where the first attempt achieved nothing and there is time; apart, so that the rest stays small. */
    abstract int awaitFurther(IntSupplier attempt, Runnable onSlice, long timeoutNanos) throws InterruptedException;

    /** The same with a {@link Duration}; one that does not fit into nanoseconds is for ever. */
    public final int await(IntSupplier attempt, Duration timeout) throws InterruptedException {
        return await(attempt, Timeouts.nanos(timeout));
    }

    /**
     * Makes the attempt until it succeeds or time is up. The attempt must not itself wait by this waiter.
     *
     * @param timeoutNanos zero or less: tries once; {@link Timeouts#FOREVER}: no limit
     * @return whether the attempt succeeded
     * @throws InterruptedException if the thread is interrupted while it waits
     */
    public final boolean await(BooleanSupplier attempt, long timeoutNanos) throws InterruptedException {
        return await(attempt, NOTHING, timeoutNanos);
    }

    /** The same with a look at the end of each slice, as {@link #await(IntSupplier, Runnable, long)} makes it. */
    public final boolean await(BooleanSupplier attempt, Runnable onSlice, long timeoutNanos)
        throws InterruptedException {
        adapter.attempt = attempt;
        return await(adapter, onSlice, timeoutNanos) > 0;
    }

    /** The same with a {@link Duration}; one that does not fit into nanoseconds is for ever. */
    public final boolean await(BooleanSupplier attempt, Duration timeout) throws InterruptedException {
        return await(attempt, Timeouts.nanos(timeout));
    }

    /**
     * What is done at the end of a slice. The attempt comes behind the look, also behind one that ends the wait: who
     * has done what is waited for, and then closed, removed or died, may have done both since the last attempt.
     */
    static int lookAndTry(Runnable onSlice, IntSupplier attempt) {
        try {
            onSlice.run();
        } catch (RuntimeException e) {
            int achieved = attempt.getAsInt();
            if (achieved > 0) {
                return achieved;
            }
            throw e;
        }
        return attempt.getAsInt();
    }

    static void throwIfInterrupted() throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException("interrupted while waiting");
        }
    }

    /** An attempt that succeeds or not, as one that achieves one or nothing; reused, so nothing is allocated. */
    private static final class Adapter implements IntSupplier {
        private BooleanSupplier attempt;

        @Override
        public int getAsInt() {
            return attempt.getAsBoolean() ? 1 : 0;
        }
    }
}
