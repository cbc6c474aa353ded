package io.millrace.queue;

import io.millrace.wait.Timeouts;
import io.millrace.wait.Waiter;
import java.io.ObjectStreamException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Collections;
import java.util.Set;
import java.util.WeakHashMap;

/**
 * A queue of tasks, that knows when all are done. Whoever gets an item says later that it is done, by
 * {@link #taskDone}, or by {@link Task#done} if it was taken by {@link #take}.
 *
 * <p><b>Death:</b> the tasks of a participant that dies before they are done come back to the queue, flagged, so
 * {@link #join} never waits for the dead. It does wait for a live participant that never says that it is done.
 *
 * <p><b>Close:</b> tasks that this handle has not done go back to the queue.
 *
 * <p><b>Space:</b> of a task is used again when it is done and so are all before it; a queue with one slow task
 * grows, up to its limit of bytes.
 *
 * @param <E> the items
 */
public final class JoinableQueue<E> extends QueueBase<E> implements Serializable {
    private static final long serialVersionUID = 1;

    private final transient Unfinished<E> unfinished = new Unfinished<>();
    /** Those that were taken by {@link #take}, unless they are forgotten. Guarded by itself. */
    private final transient Set<Task<E>> taken = Collections.newSetFromMap(new WeakHashMap<>());

    JoinableQueue(QueueCore<E> core) {
        super(core);
    }

    /** A new, anonymous queue of any {@code Serializable} items, without a limit of items, in the default domain. */
    public static <E> JoinableQueue<E> create() {
        return JoinableQueue.<E>builder().create();
    }

    /** The same, with at most so many items in it. */
    public static <E> JoinableQueue<E> create(int maxItems) {
        return JoinableQueue.<E>builder().maxItems(maxItems).create();
    }

    /** Makes or opens a queue with options. */
    public static <E> QueueBuilder<E, JoinableQueue<E>> builder() {
        return new QueueBuilder<>(QueueLayout.JOINABLE, JoinableQueue::new);
    }

    /** Takes a task, to be done by whichever thread; waits until there is one. */
    public Task<E> take() throws InterruptedException {
        return takeNanos(Timeouts.FOREVER);
    }

    /**
     * Takes a task, to be done by whichever thread; waits so long for one.
     *
     * @throws QueueEmptyException if there was none
     */
    public Task<E> take(Duration timeout) throws InterruptedException {
        return takeNanos(Timeouts.nanos(timeout));
    }

    /**
     * A task that this handle got is done: the oldest of those that this thread got, else the oldest of all.
     *
     * @throws IllegalStateException if this handle has none that is not done
     */
    public void taskDone() {
        core.checkOpen();
        Task<E> oldest = unfinished.removeOldest();
        if (oldest == null) {
            throw new IllegalStateException("taskDone() of " + core.object()
                + " without a task that this handle got and has not done");
        }
        oldest.done();
    }

    /** Waits until there is an instant at which every item that was put is done. */
    public void join() throws InterruptedException {
        joinNanos(Timeouts.FOREVER);
    }

    /** Waits so long for that; whether it came. */
    public boolean join(Duration timeout) throws InterruptedException {
        return joinNanos(Timeouts.nanos(timeout));
    }

    private boolean joinNanos(long timeoutNanos) throws InterruptedException {
        Waiter waiter = core.waiterForSpace();
        if (waiter.await(this::isJoined, core.onSlice(), timeoutNanos)) {
            return true;
        }
        if (timeoutNanos > 0) {
            return false;
        }
        core.onSlice().run(); // who asks again and again, and never waits, is to learn of the dead as well
        return isJoined();
    }

    private boolean isJoined() {
        core.checkUsable();
        try {
            return core.chain().isOver();
        } catch (UncheckedIOException e) {
            throw core.failed(e);
        }
    }

    private Task<E> takeNanos(long timeoutNanos) throws InterruptedException {
        Getter<E> getter = core.enterGetter();
        try {
            Task<E> task = getter.take(timeoutNanos);
            if (task == null) {
                throw new QueueEmptyException("no task in " + core.object());
            }
            synchronized (taken) {
                taken.add(task);
            }
            return task;
        } finally {
            getter.leave();
        }
    }

    @Override
    boolean getOne(Getter<E> getter, long timeoutNanos) throws InterruptedException {
        Task<E> task = getter.take(timeoutNanos);
        if (task == null) {
            return false;
        }
        getter.show(task.item());
        unfinished.add(task);
        return true;
    }

    @Override
    void beforeLeaving() {
        for (Task<E> task = unfinished.removeOldest(); task != null; task = unfinished.removeOldest()) {
            task.leave();
        }
        synchronized (taken) {
            taken.forEach(Task::leave);
            taken.clear();
        }
    }

    /** In its place a handle travels, which opens the queue where it arrives. */
    private Object writeReplace() throws ObjectStreamException {
        return new QueueHandle(QueueSort.JOINABLE, core);
    }
}
