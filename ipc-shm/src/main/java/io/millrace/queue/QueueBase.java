package io.millrace.queue;

import io.millrace.wait.Signal;
import io.millrace.wait.Timeouts;
import io.millrace.wait.Waitable;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.function.Consumer;

/**
 * What the queues with all operations have in common; see {@link SharedQueue}.
 *
 * @param <E> the items
 */
abstract class QueueBase<E> implements AutoCloseable, Waitable {
    final QueueCore<E> core;

    QueueBase(QueueCore<E> core) {
        this.core = core;
    }

    /**
     * Puts an item; waits until there is room.
     *
     * @throws InterruptedException if the thread is interrupted while it waits; nothing was put
     * @throws io.millrace.codec.EncodingException if the item cannot be encoded; nothing was put
     */
    public void put(E item) throws InterruptedException {
        offerNanos(item, Timeouts.FOREVER);
    }

    /**
     * Puts an item; waits so long for room.
     *
     * @throws QueueFullException if there was none; nothing was put
     */
    public void put(E item, Duration timeout) throws InterruptedException {
        if (!offer(item, timeout)) {
            throw full(timeout);
        }
    }

    /** Puts an item if there is room; whether it did. */
    public boolean offer(E item) {
        try {
            return offerNanos(item, 0);
        } catch (InterruptedException e) {
            throw new AssertionError("a single attempt waits for nothing", e);
        }
    }

    /** Puts an item if there is room in that time; whether it did. */
    public boolean offer(E item, Duration timeout) throws InterruptedException {
        return offerNanos(item, Timeouts.nanos(timeout));
    }

    /**
     * Puts items in their order, and waits until there is room for each. Many at once cost much less than one by
     * one; a death in the middle leaves some of the first of them.
     */
    public void putAll(Iterable<? extends E> items) throws InterruptedException {
        Putter<E> putter = core.enterPutter();
        try {
            putter.putAll(items);
        } finally {
            putter.leave();
        }
    }

    /** Gets an item; waits until there is one. */
    public E get() throws InterruptedException {
        return getNanos(Timeouts.FOREVER);
    }

    /**
     * Gets an item; waits so long for one.
     *
     * @throws QueueEmptyException if there was none
     */
    public E get(Duration timeout) throws InterruptedException {
        return getNanos(Timeouts.nanos(timeout));
    }

    /** Gets an item if there is one; null if not, or if the item is null. */
    public E poll() {
        try {
            return pollNanos(0);
        } catch (InterruptedException e) {
            throw new AssertionError("a single attempt waits for nothing", e);
        }
    }

    /** Gets an item if there is one in that time; null if not, or if the item is null. */
    public E poll(Duration timeout) throws InterruptedException {
        return pollNanos(Timeouts.nanos(timeout));
    }

    /** Gets an item and how often it was delivered before; waits until there is one. */
    public Delivery<E> receive() throws InterruptedException {
        return receiveNanos(Timeouts.FOREVER);
    }

    /**
     * Gets an item and how often it was delivered before; waits so long for one.
     *
     * @throws QueueEmptyException if there was none
     */
    public Delivery<E> receive(Duration timeout) throws InterruptedException {
        return receiveNanos(Timeouts.nanos(timeout));
    }

    /**
     * Gets items and passes them to a handler, until there is none or the limit is reached. One that the handler
     * throws at is over, too, and the exception is passed on.
     *
     * @return how many there were
     */
    public int drain(Consumer<? super E> handler, int limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("limit of items: actual " + limit + ", expected at least 1");
        }
        Getter<E> getter = core.enterGetter();
        try {
            int count = 0;
            while (count < limit && getOne(getter, 0)) {
                count++;
                handler.accept(getter.item());
            }
            return count;
        } catch (InterruptedException e) {
            throw new AssertionError("a single attempt waits for nothing", e);
        } finally {
            getter.leave();
        }
    }

    /**
     * How many items are in the queue, those that are just being put included. An upper bound of what can be got at
     * that instant, except that items which came back, because a consumer died or gave them back, are not counted.
     */
    public int size() {
        core.checkUsable();
        try {
            return core.chain().size();
        } catch (UncheckedIOException e) {
            throw core.failed(e);
        }
    }

    /** Whether {@link #size} is 0. */
    public boolean isEmpty() {
        return size() == 0;
    }

    /** Whether {@link #size} is not 0. */
    @Override
    public boolean isReady() {
        return !isEmpty();
    }

    /** Raised when items were put. */
    @Override
    public Signal readySignal() {
        core.checkOpen();
        return core.data();
    }

    /** Mends what the dead have left: an item that one of them had taken comes back. */
    @Override
    public void lookForTheDead() {
        core.onSlice().run();
    }

    /** Whether the queue has as many items as it may have; never without a limit of items. */
    public boolean isFull() {
        return maxItems() > 0 && size() >= maxItems();
    }

    /** The limit of items, or 0 if there is none. */
    public int maxItems() {
        core.checkOpen();
        return core.chain().itemsMax();
    }

    /** How many items were dropped because too many participants died over them. */
    public long dropped() {
        core.checkUsable();
        try {
            return core.chain().dropped();
        } catch (UncheckedIOException e) {
            throw core.failed(e);
        }
    }

    /** The queue's name in its domain. */
    public String name() {
        return core.object().name();
    }

    /** The queue as one that knows no null, for code that is written for the JDK's. */
    public BlockingQueue<E> asBlockingQueue() {
        return new BlockingQueueView<>(this);
    }

    /**
     * Removes the queue and all that is in it, for all its users. This handle is closed; calls of others, also those
     * that wait, end with {@link io.millrace.domain.ObjectRemovedException}.
     *
     * @throws IllegalStateException if called by a codec or a handler within an operation on this queue
     */
    public void remove() {
        core.removeAndClose(this::beforeLeaving);
    }

    /**
     * Ends the use of this handle. Waits for threads that are in the middle of an operation. Idempotent.
     *
     * @throws IllegalStateException if called by a codec or a handler within an operation on this queue
     */
    @Override
    public void close() {
        core.close(this::beforeLeaving);
    }

    /** What a sort of queue has to give up at the end. */
    void beforeLeaving() { }

    @Override
    public String toString() {
        String what = core.object().kind() + " " + core.object() + " [";
        if (core.isClosed()) {
            return what + "closed]";
        }
        try {
            return what + core.codec().id() + ", " + size() + " items"
                + (maxItems() > 0 ? " of " + maxItems() + "]" : "]");
        } catch (RuntimeException e) {
            return what + e.getMessage() + "]"; // such as that it was removed: this is read when something is wrong
        }
    }

    /** Takes one; what that means for the item is the sort of queue's business. */
    boolean getOne(Getter<E> getter, long timeoutNanos) throws InterruptedException {
        return getter.get(timeoutNanos);
    }

    private boolean offerNanos(E item, long timeoutNanos) throws InterruptedException {
        Putter<E> putter = core.enterPutter();
        try {
            return putter.put(item, timeoutNanos);
        } finally {
            putter.leave();
        }
    }

    private E getNanos(long timeoutNanos) throws InterruptedException {
        Getter<E> getter = core.enterGetter();
        try {
            if (!getOne(getter, timeoutNanos)) {
                throw empty(timeoutNanos);
            }
            return getter.item();
        } finally {
            getter.leave();
        }
    }

    private E pollNanos(long timeoutNanos) throws InterruptedException {
        Getter<E> getter = core.enterGetter();
        try {
            return getOne(getter, timeoutNanos) ? getter.item() : null;
        } finally {
            getter.leave();
        }
    }

    private Delivery<E> receiveNanos(long timeoutNanos) throws InterruptedException {
        Getter<E> getter = core.enterGetter();
        try {
            if (!getOne(getter, timeoutNanos)) {
                throw empty(timeoutNanos);
            }
            return new Delivery<>(getter.item(), getter.deliveries());
        } finally {
            getter.leave();
        }
    }

    private QueueEmptyException empty(long timeoutNanos) {
        return new QueueEmptyException("no item in " + core.object()
            + (timeoutNanos > 0 ? " within " + Duration.ofNanos(timeoutNanos) : ""));
    }

    private QueueFullException full(Duration timeout) {
        String limit = isFull() ? maxItems() + " items"
            : core.chain().bytesMax() + " bytes, or its file system is full";
        return new QueueFullException("no room in " + core.object() + " within " + timeout
            + ": it has reached its limit of " + limit);
    }
}
