package io.millrace.queue;

import io.millrace.wait.Timeouts;
import io.millrace.wait.Waiter;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Supplier;

/**
 * The ends of one sort that a handle has: as many as threads have used it at once. Each thread comes back to the end
 * that it used last, if nobody else does.
 */
final class Ends<T extends End> {
    private static final int PLACES = 16;
    // A cache line between two places, so that threads do not slow each other.
    private static final int STRIDE = 16;

    private final Supplier<T> maker;
    private final AtomicReferenceArray<T> places = new AtomicReferenceArray<>(PLACES * STRIDE);
    private final CopyOnWriteArrayList<T> all = new CopyOnWriteArrayList<>();
    private boolean closed;

    Ends(Supplier<T> maker) {
        this.maker = maker;
    }

    /**
     * An end for the calling thread alone, until it leaves it.
     *
     * @throws IllegalStateException if the handle is closed
     */
    T enter() {
        int place = ((int) Thread.currentThread().getId() & PLACES - 1) * STRIDE;
        T usual = places.getAcquire(place);
        return usual != null && usual.tryEnter() ? usual : enterAnother(place);
    }

    private T enterAnother(int place) {
        for (T end : all) {
            places.setRelease(place, end); // before, for nothing may come between it and the caller's try
            if (end.tryEnter()) {
                return end;
            }
        }
        synchronized (this) {
            if (closed) {
                throw new IllegalStateException("the queue is closed");
            }
            T end = maker.get();
            places.setRelease(place, end);
            all.add(end);
            return end;
        }
    }

    /** Waits until nobody is at any end any more, and closes them. Whoever waits at one must have been woken. */
    void close() {
        synchronized (this) {
            closed = true;
        }
        for (T end : all) {
            enter(end);
            end.close();
        }
    }

    /** Whether the calling thread is in the middle of an operation, and so in code that a codec or a handler runs. */
    boolean isEntered() {
        for (T end : all) {
            if (end.isEntered()) {
                return true;
            }
        }
        return false;
    }

    private void enter(T end) {
        boolean interrupted = false;
        boolean entered = false;
        while (!entered) {
            try {
                entered = Waiter.backingOff().await(end::tryEnter, Timeouts.FOREVER);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
