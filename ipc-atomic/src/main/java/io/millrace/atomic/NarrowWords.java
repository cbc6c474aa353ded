package io.millrace.atomic;

import io.millrace.atomic.CellHome.CellObject;
import java.nio.ByteOrder;

/**
 * Cells of 8 or 16 bits, changed by a CAS on the aligned word of 32 bits around them, because there are no narrower
 * ones. Values come as unsigned numbers; of those that are given, the low bits count.
 */
final class NarrowWords extends CellWords {
    private static final int WORD_MASK = Integer.BYTES - 1;

    private final int mask;
    /** What turns the bits from the lowest address into those from the lowest bit. */
    private final int flip;

    NarrowWords(int size, Span span, CellObject object) {
        super(span, object);
        this.mask = (1 << size * Byte.SIZE) - 1;
        this.flip = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN ? 0 : (Integer.BYTES - size) * Byte.SIZE;
    }

    private int bit(int offset) {
        return (offset & WORD_MASK) * Byte.SIZE ^ flip;
    }

    int get(int index) {
        int offset = offset(index);
        // SYNC cell-value ↔ NarrowWords.compareAndSet: what precedes the write that is seen, and all volatile accesses
        // in one order; otherwise a value could be seen without what it tells of, or changes in two orders.
        int word = region.getIntVolatile(offset & ~WORD_MASK);
        return word >>> bit(offset) & mask;
    }

    boolean compareAndSet(int index, int expected, int update) {
        int offset = offset(index);
        int bit = bit(offset);
        int at = offset & ~WORD_MASK;
        int others = ~(mask << bit);
        while (true) {
            // SYNC cell-value ↔ NarrowWords.get: the neighbours as they are now; otherwise the CAS would fail.
            int word = region.getIntVolatile(at);
            if ((word >>> bit & mask) != (expected & mask)) {
                return false;
            }
            // SYNC cell-value ↔ NarrowWords.get: the cell if it is as expected and its neighbours are unchanged;
            // otherwise a change of either would be lost.
            if (region.compareAndSetInt(at, word, word & others | (update & mask) << bit)) {
                changed();
                return true;
            }
        }
    }

    void set(int index, int value) {
        getAndSet(index, value);
    }

    int getAndSet(int index, int value) {
        while (true) {
            int seen = get(index);
            if (compareAndSet(index, seen, value)) {
                return seen;
            }
        }
    }

    /** What was there: the low bits of {@code expected} if it was replaced. */
    int compareAndExchange(int index, int expected, int update) {
        while (true) {
            int seen = get(index);
            if (seen != (expected & mask) || compareAndSet(index, seen, update)) {
                return seen;
            }
        }
    }
}
