package io.millrace.atomic;

import io.millrace.atomic.CellHome.CellObject;

/** Cells of 64 bits. */
final class LongWords extends CellWords {
    LongWords(Span span, CellObject object) {
        super(span, object);
    }

    long get(int index) {
        // SYNC cell-value ↔ LongWords.compareAndSet: what precedes the write that is seen, and all volatile accesses in
        // one order; otherwise a value could be seen without what it tells of, or changes in two orders.
        return region.getLongVolatile(offset(index));
    }

    long getAcquire(int index) {
        // SYNC cell-value ↔ LongWords.setRelease: what precedes the write that is seen; otherwise a value could be seen
        // without what it tells of.
        return region.getLongAcquire(offset(index));
    }

    long getPlain(int index) {
        return region.getLongPlain(offset(index));
    }

    void set(int index, long value) {
        // SYNC cell-value ↔ LongWords.get: what precedes it, and the look for sleepers behind it; otherwise a
        // reader could see it too early, or a sleeper miss it.
        region.putLongVolatile(offset(index), value);
        changed();
    }

    void setRelease(int index, long value) {
        // SYNC cell-value ↔ LongWords.getAcquire: what precedes it; otherwise a reader could see it too early.
        region.putLongRelease(offset(index), value);
    }

    void setPlain(int index, long value) {
        region.putLongPlain(offset(index), value);
    }

    boolean compareAndSet(int index, long expected, long update) {
        // SYNC cell-value ↔ LongWords.get: of all who change it from one value, one does; otherwise a change would be
        // lost.
        boolean done = region.compareAndSetLong(offset(index), expected, update);
        if (done) {
            changed();
        }
        return done;
    }

    long getAndAdd(int index, long delta) {
        // SYNC cell-value ↔ LongWords.get: in one step; otherwise one of two additions would be lost.
        long before = region.getAndAddLong(offset(index), delta);
        changed();
        return before;
    }

    long getAndSet(int index, long value) {
        while (true) {
            long seen = get(index);
            if (compareAndSet(index, seen, value)) {
                return seen;
            }
        }
    }

    /** What was there: {@code expected} if it was replaced. */
    long compareAndExchange(int index, long expected, long update) {
        while (true) {
            long seen = get(index);
            if (seen != expected || compareAndSet(index, expected, update)) {
                return seen;
            }
        }
    }
}
