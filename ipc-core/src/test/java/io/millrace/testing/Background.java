package io.millrace.testing;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.function.BooleanSupplier;

/**
 * Work of a test on a thread of its own. It ends with the test, also with one that fails: close interrupts
 * the thread, and a thread that does not care keeps no JVM alive.
 */
public final class Background<T> implements AutoCloseable {
    private final FutureTask<T> task;
    private final Thread thread;

    private Background(Callable<T> work) {
        task = new FutureTask<>(work);
        thread = new Thread(task, "background");
        thread.setDaemon(true);
    }

    /** Starts it. */
    public static <T> Background<T> start(Callable<T> work) {
        Background<T> background = new Background<>(work);
        background.thread.start();
        return background;
    }

    /**
     * A daemon thread for each task, for {@link CompletableFuture}: its own pool has, on few
     * processors, fewer threads than a test has tasks that wait for each other.
     */
    public static Executor threads() {
        return task -> {
            Thread thread = new Thread(task, "background");
            thread.setDaemon(true);
            thread.start();
        };
    }

    /** What the call returns or throws, on a thread of its own. */
    public static CompletableFuture<Object> outcome(Callable<?> call) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return call.call();
            } catch (Exception e) {
                return e;
            }
        }, threads());
    }

    /** Looks until something is so; for events that have no other sign. An interrupt ends it. */
    public static void awaitUntil(BooleanSupplier condition) throws InterruptedException {
        while (!condition.getAsBoolean()) {
            if (Thread.interrupted()) {
                throw new InterruptedException("interrupted while waiting");
            }
            Thread.yield();
        }
    }

    /** Waits for the end of the work. */
    public T result() throws InterruptedException, ExecutionException {
        return task.get();
    }

    /** Whether the work came to its end, good or bad. */
    public boolean isOver() {
        return task.isDone();
    }

    /** Whether the thread has ended, which is a little later than its work. */
    public boolean hasEnded() {
        return !thread.isAlive();
    }

    /** Whether the thread is parked or waits for a monitor's notification, with or without a limit of time. */
    public boolean isParked() {
        return thread.getState() == Thread.State.WAITING || thread.getState() == Thread.State.TIMED_WAITING;
    }

    /** Interrupts the work. */
    public void interrupt() {
        thread.interrupt();
    }

    @Override
    public void close() {
        interrupt();
    }
}
