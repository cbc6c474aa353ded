package io.millrace.atomic;

import io.millrace.atomic.ValueFormat.Initial;
import java.time.Duration;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Objects;
import java.util.function.IntBinaryOperator;
import java.util.function.IntPredicate;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

/**
 * An array of shorts that processes share; its length is fixed.
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
public final class SharedShortArray extends SharedCells implements Iterable<Short> {
    private static final long serialVersionUID = 1;

    private final transient NarrowWords words;

    SharedShortArray(CellWords words) {
        super(CellType.SHORT.arrayKind().name(), words.object());
        this.words = (NarrowWords) words;
    }

    /** A new, anonymous array of so many zeros, in the default domain. */
    public static SharedShortArray create(int length) {
        return builder(length).create();
    }

    /** A new, anonymous array of these values, in the default domain. */
    public static SharedShortArray of(short... values) {
        return builderOf(values).create();
    }

    /** Makes an array of so many zeros, with options. */
    public static CellsBuilder<SharedShortArray> builder(int length) {
        return new CellsBuilder<>(new ValueFormat<>(CellType.SHORT, length, Initial.ZERO, SharedShortArray::new));
    }

    /** Makes an array of these values, with options. */
    public static CellsBuilder<SharedShortArray> builderOf(short... values) {
        short[] copy = values.clone();
        return new CellsBuilder<>(new ValueFormat<>(CellType.SHORT, copy.length,
            (words, index) -> ((NarrowWords) words).set(index, copy[index]),
            SharedShortArray::new));
    }

    /** Opens an array by its name. */
    public static CellsBuilder<SharedShortArray> builder() {
        return builder(0);
    }

    /** How many elements there are. */
    public int length() {
        return words.length();
    }

    /** Reads an element. */
    public short get(int index) {
        return (short) words.get(index);
    }

    /** Writes an element. */
    public void set(int index, int value) {
        words.set(index, value);
    }

    /** Writes it, and returns what was there. */
    public short getAndSet(int index, int value) {
        return (short) words.getAndSet(index, value);
    }

    /** Writes it if what is there is as expected; whether it was. */
    public boolean compareAndSet(int index, int expected, int update) {
        return words.compareAndSet(index, expected, update);
    }

    /** Writes it if what is there is as expected; returns what was there. */
    public short compareAndExchange(int index, int expected, int update) {
        return (short) words.compareAndExchange(index, expected, update);
    }

    /** Adds to it, and returns what was there. */
    public short getAndAdd(int index, int delta) {
        while (true) {
            int seen = words.get(index);
            short after = (short) ((short) seen + delta);
            if (words.compareAndSet(index, seen, after)) {
                return (short) seen;
            }
        }
    }

    /** Adds to it, and returns what is there then. */
    public short addAndGet(int index, int delta) {
        while (true) {
            int seen = words.get(index);
            short after = (short) ((short) seen + delta);
            if (words.compareAndSet(index, seen, after)) {
                return after;
            }
        }
    }

    /** Adds 1, and returns what was there. */
    public short getAndIncrement(int index) {
        return getAndAdd(index, 1);
    }

    /** Adds 1, and returns what is there then. */
    public short incrementAndGet(int index) {
        return addAndGet(index, 1);
    }

    /** Subtracts 1, and returns what was there. */
    public short getAndDecrement(int index) {
        return getAndAdd(index, -1);
    }

    /** Subtracts 1, and returns what is there then. */
    public short decrementAndGet(int index) {
        return addAndGet(index, -1);
    }

    /**
     * Replaces it by what the function makes of it, and returns what was there. The function may be called several
     * times.
     */
    public short getAndUpdate(int index, IntUnaryOperator function) {
        while (true) {
            int seen = words.get(index);
            short after = (short) function.applyAsInt((short) seen);
            if (words.compareAndSet(index, seen, after)) {
                return (short) seen;
            }
        }
    }

    /** Replaces it by what the function makes of it, and returns that. The function may be called several times. */
    public short updateAndGet(int index, IntUnaryOperator function) {
        while (true) {
            int seen = words.get(index);
            short after = (short) function.applyAsInt((short) seen);
            if (words.compareAndSet(index, seen, after)) {
                return after;
            }
        }
    }

    /** Replaces it by what the function makes of it and of the operand, and returns what was there. */
    public short getAndAccumulate(int index, int operand, IntBinaryOperator function) {
        while (true) {
            int seen = words.get(index);
            short after = (short) function.applyAsInt((short) seen, operand);
            if (words.compareAndSet(index, seen, after)) {
                return (short) seen;
            }
        }
    }

    /** Replaces it by what the function makes of it and of the operand, and returns that. */
    public short accumulateAndGet(int index, int operand, IntBinaryOperator function) {
        while (true) {
            int seen = words.get(index);
            short after = (short) function.applyAsInt((short) seen, operand);
            if (words.compareAndSet(index, seen, after)) {
                return after;
            }
        }
    }

    /** Replaces it by the other value if that is less, and returns what was there. */
    public short getAndMin(int index, int other) {
        while (true) {
            int seen = words.get(index);
            short after = (short) Math.min((short) seen, other);
            if (words.compareAndSet(index, seen, after)) {
                return (short) seen;
            }
        }
    }

    /** Replaces it by the other value if that is greater, and returns what was there. */
    public short getAndMax(int index, int other) {
        while (true) {
            int seen = words.get(index);
            short after = (short) Math.max((short) seen, other);
            if (words.compareAndSet(index, seen, after)) {
                return (short) seen;
            }
        }
    }

    /** Combines it with the mask by <em>or</em>, and returns what was there. */
    public short getAndBitwiseOr(int index, int mask) {
        while (true) {
            int seen = words.get(index);
            short after = (short) ((short) seen | mask);
            if (words.compareAndSet(index, seen, after)) {
                return (short) seen;
            }
        }
    }

    /** Combines it with the mask by <em>and</em>, and returns what was there. */
    public short getAndBitwiseAnd(int index, int mask) {
        while (true) {
            int seen = words.get(index);
            short after = (short) ((short) seen & mask);
            if (words.compareAndSet(index, seen, after)) {
                return (short) seen;
            }
        }
    }

    /** Combines it with the mask by <em>xor</em>, and returns what was there. */
    public short getAndBitwiseXor(int index, int mask) {
        while (true) {
            int seen = words.get(index);
            short after = (short) ((short) seen ^ mask);
            if (words.compareAndSet(index, seen, after)) {
                return (short) seen;
            }
        }
    }

    /** Waits until the condition holds for an element; whether it came to that in time. */
    public boolean await(int index, IntPredicate condition, Duration timeout) throws InterruptedException {
        return words.await(() -> condition.test(get(index)), timeout);
    }

    /**
     * Waits until an element is another than the given value, which the caller has seen; whether it came to that in
     * time. A change to and fro may go unseen.
     */
    public boolean awaitChange(int index, int from, Duration timeout) throws InterruptedException {
        return words.await(() -> get(index) != (short) from, timeout);
    }

    /** A copy of all elements, each as it is when its turn comes. */
    public short[] toArray() {
        return slice(0, length());
    }

    /** A copy of the elements from one index up to another, which is not in it, each as it is when its turn comes. */
    public short[] slice(int from, int to) {
        words.checkRange(from, to);
        short[] copy = new short[to - from];
        copyTo(from, copy, 0, copy.length);
        return copy;
    }

    /** Copies so many elements from an index on to a place in an array, each as it is when its turn comes. */
    public void copyTo(int from, short[] target, int targetFrom, int count) {
        words.checkCount(from, count);
        Objects.checkFromIndexSize(targetFrom, count, target.length);
        for (int i = 0; i < count; i++) {
            target[targetFrom + i] = get(from + i);
        }
    }

    /** Writes these values from an index on, one after the other; nothing if they do not all fit. */
    public void setSlice(int from, short... values) {
        words.checkCount(from, values.length);
        for (int i = 0; i < values.length; i++) {
            set(from + i, values[i]);
        }
    }

    /** The elements, each as it is when its turn comes. */
    public IntStream stream() {
        return IntStream.range(0, length()).map(this::get);
    }

    /** The elements, each as it is when its turn comes. */
    @Override
    public Iterator<Short> iterator() {
        return IntStream.range(0, length()).mapToObj(this::get).iterator();
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
