package io.millrace.atomic;

import io.millrace.atomic.CellHome.CellObject;
import io.millrace.memory.Region;
import io.millrace.wait.Signal;
import io.millrace.wait.Timeouts;
import java.time.Duration;
import java.util.Objects;
import java.util.function.BooleanSupplier;

/** Cells of one width, each by its index, until the handle is closed; and waiting for their changes. */
abstract class CellWords {
    final Region region;
    private final CellObject object;
    private final Signal signal;
    private final int signalOffset;
    private final int start;
    private final int shift;
    private final int length;
    /**
     * The length; 0 from the instant at which the handle is closed, so that one check finds a wrong index and a closed
     * handle. Not volatile: a thread that is late by an instant touches memory that is still mapped.
     */
    private int usable;
    private volatile boolean closed;

    /** The object is null for cells that nobody waits for and nobody closes. */
    CellWords(Span span, CellObject object) {
        this.region = span.region();
        this.start = span.start();
        this.shift = Integer.numberOfTrailingZeros(span.stride());
        this.length = span.count();
        this.usable = length;
        this.signalOffset = span.signal();
        this.signal = new Signal(region.slice(signalOffset, Integer.BYTES));
        this.object = object;
    }

    /** What they belong to. */
    final CellObject object() {
        return object;
    }

    final int length() {
        checkOpen();
        return length;
    }

    /** Where a cell is. */
    final int offset(int index) {
        if (index < 0 || index >= usable) {
            throw outside(index);
        }
        return start + (index << shift);
    }

    /** Throws unless there are cells from one index up to another, which need not be one. */
    final void checkRange(int from, int to) {
        checkOpen();
        Objects.checkFromToIndex(from, to, length);
    }

    /** Throws unless there are so many cells from an index on. */
    final void checkCount(int from, int count) {
        checkOpen();
        Objects.checkFromIndexSize(from, count, length);
    }

    /** Throws if the handle is closed, for one value that is found without its offset. */
    final void checkUsable() {
        if (usable == 0) {
            throw outside(0);
        }
    }

    private RuntimeException outside(int index) {
        return closed ? closedException()
            : new IndexOutOfBoundsException("index of a cell: actual " + index + ", expected 0 to " + (length - 1));
    }

    private static IllegalStateException closedException() {
        return new IllegalStateException("the handle on the cells is closed");
    }

    final void checkOpen() {
        if (closed) {
            throw closedException();
        }
    }

    /** To be called after a volatile change: wakes those who wait for it. */
    final void changed() {
        if (Signal.isAwaited(region, signalOffset)) {
            wake();
        }
    }

    final void wake() {
        signal.raise();
    }

    /** Ends the use of this handle, and wakes its own threads that wait, so that they learn of it. */
    final void close() {
        closed = true;
        usable = 0;
        signal.raise();
    }

    /** Makes an attempt, which looks at cells by volatile loads, until it succeeds or time is up. */
    final boolean await(BooleanSupplier attempt, Duration timeout) throws InterruptedException {
        return object.waiter(signal).await(attempt, object::checkNotRemoved, Timeouts.nanos(timeout));
    }
}
