package io.millrace.codec;

import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * A few objects that threads lend each other: each thread looks in the place that its id leads to. An object is with
 * at most one thread at a time, and a call inside a call gets another one. Not one per thread, because there may be
 * millions of virtual threads; what is kept is bounded by the number of places.
 */
final class Pool<T> {
    private static final int PLACES = 16;
    // A cache line between two places, so that threads do not slow each other.
    private static final int STRIDE = 16;

    private final AtomicReferenceArray<T> places = new AtomicReferenceArray<>(PLACES * STRIDE);

    /** An object that nobody else has until it is given back; null if there is none. */
    T take() {
        int place = place();
        return places.getPlain(place) == null ? null : places.getAndSet(place, null);
    }

    /** Leaves an object to the next; replaces one that is there. */
    void giveBack(T object) {
        places.setRelease(place(), object);
    }

    private static int place() {
        return ((int) Thread.currentThread().getId() & (PLACES - 1)) * STRIDE;
    }
}
