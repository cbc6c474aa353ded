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
 * An array of bytes that processes share; its length is fixed.
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
public final class SharedByteArray extends SharedCells implements Iterable<Byte> {
    private static final long serialVersionUID = 1;

    private final transient NarrowWords words;

    SharedByteArray(CellWords words) {
        super(CellType.BYTE.arrayKind().name(), words.object());
        this.words = (NarrowWords) words;
    }

    /** A new, anonymous array of so many zeros, in the default domain. */
    public static SharedByteArray create(int length) {
        return builder(length).create();
    }

    /** A new, anonymous array of these values, in the default domain. */
    public static SharedByteArray of(byte... values) {
        return builderOf(values).create();
    }

    /** Makes an array of so many zeros, with options. */
    public static CellsBuilder<SharedByteArray> builder(int length) {
        return new CellsBuilder<>(new ValueFormat<>(CellType.BYTE, length, Initial.ZERO, SharedByteArray::new));
    }

    /** Makes an array of these values, with options. */
    public static CellsBuilder<SharedByteArray> builderOf(byte... values) {
        byte[] copy = values.clone();
        return new CellsBuilder<>(new ValueFormat<>(CellType.BYTE, copy.length,
            (words, index) -> ((NarrowWords) words).set(index, copy[index]),
            SharedByteArray::new));
    }

    /** Opens an array by its name. */
    public static CellsBuilder<SharedByteArray> builder() {
        return builder(0);
    }

    /** How many elements there are. */
    public int length() {
        return words.length();
    }

    /** Reads an element. */
    public byte get(int index) {
        return (byte) words.get(index);
    }

    /** Writes an element. */
    public void set(int index, int value) {
        words.set(index, value);
    }

    /** Writes it, and returns what was there. */
    public byte getAndSet(int index, int value) {
        return (byte) words.getAndSet(index, value);
    }

    /** Writes it if what is there is as expected; whether it was. */
    public boolean compareAndSet(int index, int expected, int update) {
        return words.compareAndSet(index, expected, update);
    }

    /** Writes it if what is there is as expected; returns what was there. */
    public byte compareAndExchange(int index, int expected, int update) {
        return (byte) words.compareAndExchange(index, expected, update);
    }

    /** Adds to it, and returns what was there. */
    public byte getAndAdd(int index, int delta) {
        while (true) {
            int seen = words.get(index);
            byte after = (byte) ((byte) seen + delta);
            if (words.compareAndSet(index, seen, after)) {
                return (byte) seen;
            }
        }
    }

    /** Adds to it, and returns what is there then. */
    public byte addAndGet(int index, int delta) {
        while (true) {
            int seen = words.get(index);
            byte after = (byte) ((byte) seen + delta);
            if (words.compareAndSet(index, seen, after)) {
                return after;
            }
        }
    }

    /** Adds 1, and returns what was there. */
    public byte getAndIncrement(int index) {
        return getAndAdd(index, 1);
    }

    /** Adds 1, and returns what is there then. */
    public byte incrementAndGet(int index) {
        return addAndGet(index, 1);
    }

    /** Subtracts 1, and returns what was there. */
    public byte getAndDecrement(int index) {
        return getAndAdd(index, -1);
    }

    /** Subtracts 1, and returns what is there then. */
    public byte decrementAndGet(int index) {
        return addAndGet(index, -1);
    }

    /**
     * Replaces it by what the function makes of it, and returns what was there. The function may be called several
     * times.
     */
    public byte getAndUpdate(int index, IntUnaryOperator function) {
        while (true) {
            int seen = words.get(index);
            byte after = (byte) function.applyAsInt((byte) seen);
            if (words.compareAndSet(index, seen, after)) {
                return (byte) seen;
            }
        }
    }

    /** Replaces it by what the function makes of it, and returns that. The function may be called several times. */
    public byte updateAndGet(int index, IntUnaryOperator function) {
        while (true) {
            int seen = words.get(index);
            byte after = (byte) function.applyAsInt((byte) seen);
            if (words.compareAndSet(index, seen, after)) {
                return after;
            }
        }
    }

    /** Replaces it by what the function makes of it and of the operand, and returns what was there. */
    public byte getAndAccumulate(int index, int operand, IntBinaryOperator function) {
        while (true) {
            int seen = words.get(index);
            byte after = (byte) function.applyAsInt((byte) seen, operand);
            if (words.compareAndSet(index, seen, after)) {
                return (byte) seen;
            }
        }
    }

    /** Replaces it by what the function makes of it and of the operand, and returns that. */
    public byte accumulateAndGet(int index, int operand, IntBinaryOperator function) {
        while (true) {
            int seen = words.get(index);
            byte after = (byte) function.applyAsInt((byte) seen, operand);
            if (words.compareAndSet(index, seen, after)) {
                return after;
            }
        }
    }

    /** Replaces it by the other value if that is less, and returns what was there. */
    public byte getAndMin(int index, int other) {
        while (true) {
            int seen = words.get(index);
            byte after = (byte) Math.min((byte) seen, other);
            if (words.compareAndSet(index, seen, after)) {
                return (byte) seen;
            }
        }
    }

    /** Replaces it by the other value if that is greater, and returns what was there. */
    public byte getAndMax(int index, int other) {
        while (true) {
            int seen = words.get(index);
            byte after = (byte) Math.max((byte) seen, other);
            if (words.compareAndSet(index, seen, after)) {
                return (byte) seen;
            }
        }
    }

    /** Combines it with the mask by <em>or</em>, and returns what was there. */
    public byte getAndBitwiseOr(int index, int mask) {
        while (true) {
            int seen = words.get(index);
            byte after = (byte) ((byte) seen | mask);
            if (words.compareAndSet(index, seen, after)) {
                return (byte) seen;
            }
        }
    }

    /** Combines it with the mask by <em>and</em>, and returns what was there. */
    public byte getAndBitwiseAnd(int index, int mask) {
        while (true) {
            int seen = words.get(index);
            byte after = (byte) ((byte) seen & mask);
            if (words.compareAndSet(index, seen, after)) {
                return (byte) seen;
            }
        }
    }

    /** Combines it with the mask by <em>xor</em>, and returns what was there. */
    public byte getAndBitwiseXor(int index, int mask) {
        while (true) {
            int seen = words.get(index);
            byte after = (byte) ((byte) seen ^ mask);
            if (words.compareAndSet(index, seen, after)) {
                return (byte) seen;
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
        return words.await(() -> get(index) != (byte) from, timeout);
    }

    /** A copy of all elements, each as it is when its turn comes. */
    public byte[] toArray() {
        return slice(0, length());
    }

    /** A copy of the elements from one index up to another, which is not in it, each as it is when its turn comes. */
    public byte[] slice(int from, int to) {
        words.checkRange(from, to);
        byte[] copy = new byte[to - from];
        copyTo(from, copy, 0, copy.length);
        return copy;
    }

    /** Copies so many elements from an index on to a place in an array, each as it is when its turn comes. */
    public void copyTo(int from, byte[] target, int targetFrom, int count) {
        words.checkCount(from, count);
        Objects.checkFromIndexSize(targetFrom, count, target.length);
        for (int i = 0; i < count; i++) {
            target[targetFrom + i] = get(from + i);
        }
    }

    /** Writes these values from an index on, one after the other; nothing if they do not all fit. */
    public void setSlice(int from, byte... values) {
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
    public Iterator<Byte> iterator() {
        return IntStream.range(0, length()).mapToObj(this::get).iterator();
    }

    /** The bytes before the first zero, as of a string in C; all if there is none. */
    public byte[] value() {
        byte[] all = toArray();
        int end = 0;
        while (end < all.length && all[end] != 0) {
            end++;
        }
        return Arrays.copyOf(all, end);
    }

    /**
     * Writes the bytes from the first element on, and a zero behind them if there is room; what follows stays. A reader
     * may see some of the bytes old and some new; a {@link SharedStruct} is read whole.
     *
     * @throws ItemTooLongException if there are more bytes than elements; nothing was written
     */
    public void setValue(byte... bytes) {
        if (bytes.length > length()) {
            throw new ItemTooLongException("bytes for an array", bytes.length, length());
        }
        setSlice(0, bytes);
        if (bytes.length < length()) {
            set(bytes.length, 0);
        }
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
