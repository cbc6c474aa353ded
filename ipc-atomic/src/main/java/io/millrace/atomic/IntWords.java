package io.millrace.atomic;

import io.millrace.atomic.CellHome.CellObject;

/** Cells of 32 bits. */
final class IntWords extends CellWords {
    IntWords(Span span, CellObject object) {
        super(span, object);
    }

    int get(int index) {
        // SYNC cell-value ↔ IntWords.compareAndSet: what precedes the write that is seen, and all volatile accesses in
        // one order; otherwise a value could be seen without what it tells of, or changes in two orders.
        return region.getIntVolatile(offset(index));
    }

    int getAcquire(int index) {
        // SYNC cell-value ↔ IntWords.setRelease: what precedes the write that is seen; otherwise a value could be seen
        // without what it tells of.
        return region.getIntAcquire(offset(index));
    }

    int getPlain(int index) {
        return region.getIntPlain(offset(index));
    }

    void set(int index, int value) {
        // SYNC cell-value ↔ IntWords.get: what precedes it, and the look for sleepers behind it; otherwise a
        // reader could see it too early, or a sleeper miss it.
        region.putIntVolatile(offset(index), value);
        changed();
    }

    void setRelease(int index, int value) {
        // SYNC cell-value ↔ IntWords.getAcquire: what precedes it; otherwise a reader could see it too early.
        region.putIntRelease(offset(index), value);
    }

    void setPlain(int index, int value) {
        region.putIntPlain(offset(index), value);
    }

    boolean compareAndSet(int index, int expected, int update) {
        // SYNC cell-value ↔ IntWords.get: of all who change it from one value, one does; otherwise a change would be
        // lost.
        boolean done = region.compareAndSetInt(offset(index), expected, update);
        if (done) {
            changed();
        }
        return done;
    }

    int getAndAdd(int index, int delta) {
        // SYNC cell-value ↔ IntWords.get: in one step; otherwise one of two additions would be lost.
        int before = region.getAndAddInt(offset(index), delta);
        changed();
        return before;
    }

    int getAndSet(int index, int value) {
        while (true) {
            int seen = get(index);
            if (compareAndSet(index, seen, value)) {
                return seen;
            }
        }
    }

    /** What was there: {@code expected} if it was replaced. */
    int compareAndExchange(int index, int expected, int update) {
        while (true) {
            int seen = get(index);
            if (seen != expected || compareAndSet(index, expected, update)) {
                return seen;
            }
        }
    }
}
