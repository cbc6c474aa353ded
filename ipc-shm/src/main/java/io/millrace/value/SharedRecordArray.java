package io.millrace.value;

import io.millrace.atomic.CellsBuilder;
import io.millrace.atomic.ObjectLock;
import io.millrace.atomic.SharedStructArray;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * An array of records that processes share: a {@link SharedStructArray} whose elements are what a {@link SharedRecord}
 * has. Its length is fixed.
 *
 * <p><b>Who may call it, memory consistency effects, close and death, cost, errors:</b> for each element as of a
 * {@link SharedRecord}; an index that is not in the array is an {@link IndexOutOfBoundsException}.
 *
 * @param <R> the record class
 */
public final class SharedRecordArray<R extends Record> implements Iterable<R>, AutoCloseable, Serializable {
    private static final long serialVersionUID = 1;

    private final Class<R> type;
    private final SharedStructArray structs;
    private final transient RecordLayout<R> layout;

    private SharedRecordArray(Class<R> type, RecordLayout<R> layout, SharedStructArray structs) {
        this.type = type;
        this.structs = structs;
        this.layout = layout;
        for (int i = 0; i < structs.count(); i++) {
            structs.read(i, bytes -> {
                layout.check(bytes, structs.name());
                return null;
            });
        }
    }

    /** A new, anonymous one of so many records, whose components are zero, false and empty, in the default domain. */
    public static <R extends Record> SharedRecordArray<R> create(Class<R> type, int length) {
        return builder(type, length).create();
    }

    /**
     * Makes one of so many records, whose components are zero, false and empty, with options.
     *
     * @throws IllegalArgumentException if the length is negative, or a component neither a primitive nor of a bounded
     *     length
     */
    public static <R extends Record> CellsBuilder<SharedRecordArray<R>> builder(Class<R> type, int length) {
        if (length < 0) {
            throw new IllegalArgumentException("length of an array: actual " + length + ", expected at least 0");
        }
        RecordLayout<R> layout = RecordLayout.of(type);
        return builder(type, layout, Collections.nCopies(length, layout.empty()));
    }

    /** Makes one of these records, with options. */
    public static <R extends Record> CellsBuilder<SharedRecordArray<R>> builderOf(Class<R> type, List<R> values) {
        RecordLayout<R> layout = RecordLayout.of(type);
        return builder(type, layout, values.stream().map(layout::encode).toList());
    }

    /** Opens one by its name. */
    public static <R extends Record> CellsBuilder<SharedRecordArray<R>> builder(Class<R> type) {
        return builder(type, 0);
    }

    private static <R extends Record> CellsBuilder<SharedRecordArray<R>> builder(Class<R> type, RecordLayout<R> layout,
        List<byte[]> values) {
        return SharedStructArray.builderOf(values.toArray(byte[][]::new))
            .map(structs -> new SharedRecordArray<>(type, layout, structs));
    }

    /** Its name in its domain. */
    public String name() {
        return structs.name();
    }

    /** How many records there are. */
    public int length() {
        return structs.count();
    }

    /** How often an element was changed. */
    public long version(int index) {
        return structs.version(index);
    }

    /** An element as it is. */
    public R get(int index) {
        return structs.read(index, this::decode);
    }

    /** Replaces an element. */
    public void set(int index, R value) throws InterruptedException {
        structs.set(index, layout.encode(value));
    }

    /** Replaces an element; waits so long for its other writers; whether it was replaced. */
    public boolean set(int index, R value, Duration timeout) throws InterruptedException {
        return structs.set(index, layout.encode(value), timeout);
    }

    /**
     * Replaces an element by what the function makes of it, as one step. The function may be called several times.
     */
    public void update(int index, UnaryOperator<R> function) throws InterruptedException {
        structs.update(index, bytes -> bytes.put(0, layout.encode(function.apply(decode(bytes)))));
    }

    /** Waits until the condition holds for an element; whether it came to that in time. */
    public boolean await(int index, Predicate<? super R> condition, Duration timeout) throws InterruptedException {
        return structs.await(index, bytes -> condition.test(decode(bytes)), timeout);
    }

    /** Waits until an element is of another version than the caller has seen; whether it came to that in time. */
    public boolean awaitChange(int index, long version, Duration timeout) throws InterruptedException {
        return structs.awaitChange(index, version, timeout);
    }

    /** A copy of the records, each as it is when its turn comes. */
    public List<R> toList() {
        List<R> records = new ArrayList<>(length());
        forEach(records::add);
        return records;
    }

    /** The records, each as it is when its turn comes; it removes none. */
    @Override
    public Iterator<R> iterator() {
        return IntStream.range(0, length()).mapToObj(this::get).iterator();
    }

    private R decode(ByteBuffer bytes) {
        return layout.decode(bytes, structs.name());
    }

    /** The lock of this object, for compound work, as of any cells. */
    public ObjectLock lock() {
        return structs.lock();
    }

    /** Removes it for all its users, and closes this handle. */
    public void remove() {
        structs.remove();
    }

    /** Ends the use of this handle. Idempotent. */
    @Override
    public void close() {
        structs.close();
    }

    private Object readResolve() {
        try {
            return new SharedRecordArray<>(type, RecordLayout.of(type), structs);
        } catch (RuntimeException e) {
            structs.close();
            throw e;
        }
    }

    @Override
    public String toString() {
        return "SharedRecordArray[" + type.getSimpleName() + " in " + structs + "]";
    }
}
