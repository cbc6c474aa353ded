package io.millrace.atomic;

import io.millrace.atomic.CellHome.CellObject;
import java.io.IOException;
import java.io.ObjectStreamException;
import java.io.Serializable;
import java.io.UncheckedIOException;

/** What all handles on cells have in common. */
abstract class SharedCells implements AutoCloseable, Serializable {
    private static final long serialVersionUID = 1;

    private final transient CellObject object;
    private final transient String kind;

    SharedCells(String kind, CellObject object) {
        this.kind = kind;
        this.object = object;
    }

    /** Its name in its domain; of one of {@link Cells}, its label. */
    public String name() {
        return object.name();
    }

    /**
     * The lock of this object, the same for all its users, and one for all elements of an array: for compound work.
     * Single operations need none, and do not ask for it.
     *
     * @throws UnsupportedOperationException if it is not in a domain
     */
    public ObjectLock lock() {
        checkOpen();
        return object.lock();
    }

    /**
     * Removes it for all its users, and closes this handle. What others have open stays readable and writable for
     * them; whoever waits there gets {@code ObjectRemovedException} when its slice of sleep ends.
     */
    public void remove() {
        checkOpen();
        try {
            object.remove();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        close();
    }

    /** Ends the use of this handle; its threads that wait get {@link IllegalStateException}. Idempotent. */
    @Override
    public void close() {
        end();
        object.close();
    }

    /** Makes every further call throw, also of threads that wait. */
    abstract void end();

    abstract void checkOpen();

    /** What people want to see of it; it is open. */
    abstract String contents();

    final CellObject object() {
        return object;
    }

    /** In its place something travels that opens it where it arrives. */
    Object writeReplace() throws ObjectStreamException {
        return new SentCells(kind, object.sent());
    }

    @Override
    public String toString() {
        String contents;
        try {
            checkOpen();
            contents = contents();
        } catch (IllegalStateException e) {
            contents = "closed";
        }
        return getClass().getSimpleName() + "[" + name() + ", " + contents + "]";
    }
}
