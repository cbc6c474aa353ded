package io.millrace.atomic;

import io.millrace.atomic.ValueFormat.Initial;
import java.time.Duration;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * An array of booleans that processes share; its length is fixed.
 *
 * <p><b>Who may call it:</b> any number of threads of any number of processes, each with a handle of its own or
 * shared.
 *
 * <p><b>Memory consistency effects:</b> those of the {@linkplain io.millrace.atomic package}.
 *
 * <p><b>Close and death:</b> a process that dies leaves each element as the last operation left it: every operation
 * is one step. A named one stays until it is removed; an anonymous one vanishes with its last user.
 *
 * <p><b>Cost:</b> a change is a CAS, again and again while others change the element or its neighbours in a word of
 * 32 bits, lock-free, and a load that looks for those who wait. Nothing is allocated, except by waiting, by
 * copies and by streams.
 *
 * <p><b>Errors:</b> an index that is not in the array is an {@link IndexOutOfBoundsException}.
 */
public final class SharedBooleanArray extends SharedCells implements Iterable<Boolean> {
    private static final long serialVersionUID = 1;

    private final transient NarrowWords words;

    SharedBooleanArray(CellWords words) {
        super(CellType.BOOLEAN.arrayKind().name(), words.object());
        this.words = (NarrowWords) words;
    }

    /** A new, anonymous array of so many elements, all false, in the default domain. */
    public static SharedBooleanArray create(int length) {
        return builder(length).create();
    }

    /** A new, anonymous array of these values, in the default domain. */
    public static SharedBooleanArray of(boolean... values) {
        return builderOf(values).create();
    }

    /** Makes an array of so many elements, all false, with options. */
    public static CellsBuilder<SharedBooleanArray> builder(int length) {
        return new CellsBuilder<>(new ValueFormat<>(CellType.BOOLEAN, length, Initial.ZERO, SharedBooleanArray::new));
    }

    /** Makes an array of these values, with options. */
    public static CellsBuilder<SharedBooleanArray> builderOf(boolean... values) {
        boolean[] copy = values.clone();
        return new CellsBuilder<>(new ValueFormat<>(CellType.BOOLEAN, copy.length,
            (words, index) -> ((NarrowWords) words).set(index, toBits(copy[index])),
            SharedBooleanArray::new));
    }

    /** Opens an array by its name. */
    public static CellsBuilder<SharedBooleanArray> builder() {
        return builder(0);
    }

    /** How many elements there are. */
    public int length() {
        return words.length();
    }

    /** Reads an element. */
    public boolean get(int index) {
        return words.get(index) != 0;
    }

    /** Writes an element. */
    public void set(int index, boolean value) {
        words.set(index, toBits(value));
    }

    /** Writes it, and returns what was there. */
    public boolean getAndSet(int index, boolean value) {
        return words.getAndSet(index, toBits(value)) != 0;
    }

    /** Writes it if what is there is as expected; whether it was. */
    public boolean compareAndSet(int index, boolean expected, boolean update) {
        return words.compareAndSet(index, toBits(expected), toBits(update));
    }

    /** Writes it if what is there is as expected; returns what was there. */
    public boolean compareAndExchange(int index, boolean expected, boolean update) {
        return words.compareAndExchange(index, toBits(expected), toBits(update)) != 0;
    }

    /** Combines it with the other value by <em>or</em>, and returns what was there. */
    public boolean getAndOr(int index, boolean other) {
        while (true) {
            int seen = words.get(index);
            boolean after = (seen != 0) | other;
            if (words.compareAndSet(index, seen, toBits(after))) {
                return seen != 0;
            }
        }
    }

    /** Combines it with the other value by <em>and</em>, and returns what was there. */
    public boolean getAndAnd(int index, boolean other) {
        while (true) {
            int seen = words.get(index);
            boolean after = (seen != 0) & other;
            if (words.compareAndSet(index, seen, toBits(after))) {
                return seen != 0;
            }
        }
    }

    /** Combines it with the other value by <em>xor</em>, and returns what was there. */
    public boolean getAndXor(int index, boolean other) {
        while (true) {
            int seen = words.get(index);
            boolean after = (seen != 0) ^ other;
            if (words.compareAndSet(index, seen, toBits(after))) {
                return seen != 0;
            }
        }
    }

    /** Waits until an element has that value; whether it came to that in time. */
    public boolean await(int index, boolean value, Duration timeout) throws InterruptedException {
        return words.await(() -> get(index) == value, timeout);
    }

    /**
     * Waits until an element is another than the given value, which the caller has seen; whether it came to that in
     * time. A change to and fro may go unseen.
     */
    public boolean awaitChange(int index, boolean from, Duration timeout) throws InterruptedException {
        return words.await(() -> get(index) != from, timeout);
    }

    /** A copy of all elements, each as it is when its turn comes. */
    public boolean[] toArray() {
        return slice(0, length());
    }

    /** A copy of the elements from one index up to another, which is not in it, each as it is when its turn comes. */
    public boolean[] slice(int from, int to) {
        words.checkRange(from, to);
        boolean[] copy = new boolean[to - from];
        copyTo(from, copy, 0, copy.length);
        return copy;
    }

    /** Copies so many elements from an index on to a place in an array, each as it is when its turn comes. */
    public void copyTo(int from, boolean[] target, int targetFrom, int count) {
        words.checkCount(from, count);
        Objects.checkFromIndexSize(targetFrom, count, target.length);
        for (int i = 0; i < count; i++) {
            target[targetFrom + i] = get(from + i);
        }
    }

    /** Writes these values from an index on, one after the other; nothing if they do not all fit. */
    public void setSlice(int from, boolean... values) {
        words.checkCount(from, values.length);
        for (int i = 0; i < values.length; i++) {
            set(from + i, values[i]);
        }
    }

    /** The elements, each as it is when its turn comes. */
    public Stream<Boolean> stream() {
        return IntStream.range(0, length()).mapToObj(this::get);
    }

    /** The elements, each as it is when its turn comes. */
    @Override
    public Iterator<Boolean> iterator() {
        return stream().iterator();
    }

    static int toBits(boolean value) {
        return value ? 1 : 0;
    }

    @Override
    void end() {
        words.close();
    }

    @Override
    void checkOpen() {
        words.checkOpen();
    }

    @Override
    String contents() {
        return Arrays.toString(toArray());
    }
}
