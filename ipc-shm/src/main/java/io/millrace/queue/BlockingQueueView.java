package io.millrace.queue;

import java.time.Duration;
import java.util.AbstractQueue;
import java.util.Collection;
import java.util.Iterator;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A shared queue as a {@link BlockingQueue}. Nobody can look into a shared queue without taking what is there, so
 * {@code peek}, {@code iterator} and what rests on them are not supported; and as the interface says, null is
 * refused. A null that somebody else put shows as "nothing there" in {@code poll}.
 */
final class BlockingQueueView<E> extends AbstractQueue<E> implements BlockingQueue<E> {
    private final QueueBase<E> queue;

    BlockingQueueView(QueueBase<E> queue) {
        this.queue = queue;
    }

    @Override
    public void put(E item) throws InterruptedException {
        queue.put(Objects.requireNonNull(item));
    }

    @Override
    public boolean offer(E item) {
        return queue.offer(Objects.requireNonNull(item));
    }

    @Override
    public boolean offer(E item, long timeout, TimeUnit unit) throws InterruptedException {
        return queue.offer(Objects.requireNonNull(item), Duration.ofNanos(unit.toNanos(timeout)));
    }

    @Override
    public E take() throws InterruptedException {
        return queue.get();
    }

    @Override
    public E poll() {
        return queue.poll();
    }

    @Override
    public E poll(long timeout, TimeUnit unit) throws InterruptedException {
        return queue.poll(Duration.ofNanos(unit.toNanos(timeout)));
    }

    @Override
    public int remainingCapacity() {
        return queue.maxItems() == 0 ? Integer.MAX_VALUE : Math.max(0, queue.maxItems() - queue.size());
    }

    @Override
    public int drainTo(Collection<? super E> target) {
        return drainTo(target, Integer.MAX_VALUE);
    }

    @Override
    public int drainTo(Collection<? super E> target, int limit) {
        if (target instanceof BlockingQueueView<?> other && other.queue == queue) {
            throw new IllegalArgumentException("a queue cannot be drained to itself");
        }
        return limit <= 0 ? 0 : queue.drain(target::add, limit);
    }

    @Override
    public int size() {
        return queue.size();
    }

    @Override
    public E peek() {
        throw new UnsupportedOperationException("peek() of a shared queue: whatever is looked at is taken");
    }

    @Override
    public Iterator<E> iterator() {
        throw new UnsupportedOperationException("iterator() of a shared queue: whatever is looked at is taken");
    }

    @Override
    public String toString() {
        return queue.toString();
    }
}
