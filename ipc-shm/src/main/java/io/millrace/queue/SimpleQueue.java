package io.millrace.queue;

import java.io.ObjectStreamException;
import java.io.Serializable;
import java.time.Duration;

/**
 * A queue with little more than put and get; otherwise what {@link SharedQueue} is.
 *
 * @param <E> the items
 */
public final class SimpleQueue<E> implements AutoCloseable, Serializable {
    private static final long serialVersionUID = 1;

    private final transient Plain<E> queue;

    SimpleQueue(QueueCore<E> core) {
        this.queue = new Plain<>(core);
    }

    /** A new, anonymous queue of any {@code Serializable} items in the default domain. */
    public static <E> SimpleQueue<E> create() {
        return SimpleQueue.<E>builder().create();
    }

    /** Makes or opens a queue with options. */
    public static <E> QueueBuilder<E, SimpleQueue<E>> builder() {
        return new QueueBuilder<>(QueueLayout.SIMPLE, SimpleQueue::new);
    }

    /** Puts an item; waits until there is room. */
    public void put(E item) throws InterruptedException {
        queue.put(item);
    }

    /** Gets an item; waits until there is one. */
    public E get() throws InterruptedException {
        return queue.get();
    }

    /**
     * Gets an item; waits so long for one.
     *
     * @throws QueueEmptyException if there was none
     */
    public E get(Duration timeout) throws InterruptedException {
        return queue.get(timeout);
    }

    /** Whether there is no item in the queue. */
    public boolean isEmpty() {
        return queue.isEmpty();
    }

    /**
     * Removes the queue and all that is in it, for all its users; see {@link SharedQueue#remove}.
     */
    public void remove() {
        queue.remove();
    }

    /** The queue's name in its domain. */
    public String name() {
        return queue.name();
    }

    /** Ends the use of this handle. Idempotent. */
    @Override
    public void close() {
        queue.close();
    }

    @Override
    public String toString() {
        return queue.toString();
    }

    /** In its place a handle travels, which opens the queue where it arrives. */
    private Object writeReplace() throws ObjectStreamException {
        return new QueueHandle(QueueSort.SIMPLE, queue.core);
    }

    private static final class Plain<E> extends QueueBase<E> {
        Plain(QueueCore<E> core) {
            super(core);
        }
    }
}
