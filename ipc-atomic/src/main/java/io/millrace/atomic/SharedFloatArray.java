package io.millrace.atomic;

import io.millrace.atomic.ValueFormat.Initial;
import java.time.Duration;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Objects;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoublePredicate;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * An array of floats that processes share; its length is fixed.
 *
 * <p><b>Who may call it:</b> any number of threads of any number of processes, each with a handle of its own or
 * shared.
 *
 * <p><b>Memory consistency effects:</b> those of the {@linkplain io.millrace.atomic package}.
 *
 * <p><b>Close and death:</b> a process that dies leaves each element as the last operation left it: every operation
 * is one step. A named one stays until it is removed; an anonymous one vanishes with its last user.
 *
 * <p><b>Cost:</b> a change is a CAS, again and again while others change the element, lock-free, and a load that
 * looks for those who wait. Nothing is allocated, except by waiting, by copies and by streams.
 *
 * <p><b>Errors:</b> an index that is not in the array is an {@link IndexOutOfBoundsException}.
 */
public final class SharedFloatArray extends SharedCells implements Iterable<Float> {
    private static final long serialVersionUID = 1;

    private final transient IntWords words;

    SharedFloatArray(CellWords words) {
        super(CellType.FLOAT.arrayKind().name(), words.object());
        this.words = (IntWords) words;
    }

    /** A new, anonymous array of so many zeros, in the default domain. */
    public static SharedFloatArray create(int length) {
        return builder(length).create();
    }

    /** A new, anonymous array of these values, in the default domain. */
    public static SharedFloatArray of(float... values) {
        return builderOf(values).create();
    }

    /** Makes an array of so many zeros, with options. */
    public static CellsBuilder<SharedFloatArray> builder(int length) {
        return new CellsBuilder<>(new ValueFormat<>(CellType.FLOAT, length, Initial.ZERO, SharedFloatArray::new));
    }

    /** Makes an array of these values, with options. */
    public static CellsBuilder<SharedFloatArray> builderOf(float... values) {
        float[] copy = values.clone();
        return new CellsBuilder<>(new ValueFormat<>(CellType.FLOAT, copy.length,
            (words, index) -> ((IntWords) words).set(index, Float.floatToRawIntBits(copy[index])),
            SharedFloatArray::new));
    }

    /** Opens an array by its name. */
    public static CellsBuilder<SharedFloatArray> builder() {
        return builder(0);
    }

    /** How many elements there are. */
    public int length() {
        return words.length();
    }

    /** Reads an element. */
    public float get(int index) {
        return Float.intBitsToFloat(words.get(index));
    }

    /** Reads it in acquire mode. */
    public float getAcquire(int index) {
        return Float.intBitsToFloat(words.getAcquire(index));
    }

    /** Reads it in plain mode. */
    public float getPlain(int index) {
        return Float.intBitsToFloat(words.getPlain(index));
    }

    /** Writes an element. */
    public void set(int index, float value) {
        words.set(index, Float.floatToRawIntBits(value));
    }

    /** Writes it in release mode, and wakes nobody. */
    public void setRelease(int index, float value) {
        words.setRelease(index, Float.floatToRawIntBits(value));
    }

    /** Writes it in plain mode, and wakes nobody. */
    public void setPlain(int index, float value) {
        words.setPlain(index, Float.floatToRawIntBits(value));
    }

    /** Writes it, and returns what was there. */
    public float getAndSet(int index, float value) {
        return Float.intBitsToFloat(words.getAndSet(index, Float.floatToRawIntBits(value)));
    }

    /** Writes it if what is there is as expected; whether it was. */
    public boolean compareAndSet(int index, float expected, float update) {
        return words.compareAndSet(index, Float.floatToRawIntBits(expected), Float.floatToRawIntBits(update));
    }

    /** Writes it if what is there is as expected; returns what was there. */
    public float compareAndExchange(int index, float expected, float update) {
        int seen =
            words.compareAndExchange(index, Float.floatToRawIntBits(expected), Float.floatToRawIntBits(update));
        return Float.intBitsToFloat(seen);
    }

    /** Adds to it, and returns what was there. */
    public float getAndAdd(int index, float delta) {
        while (true) {
            int seen = words.get(index);
            float after = Float.intBitsToFloat(seen) + delta;
            if (words.compareAndSet(index, seen, Float.floatToRawIntBits(after))) {
                return Float.intBitsToFloat(seen);
            }
        }
    }

    /** Adds to it, and returns what is there then. */
    public float addAndGet(int index, float delta) {
        while (true) {
            int seen = words.get(index);
            float after = Float.intBitsToFloat(seen) + delta;
            if (words.compareAndSet(index, seen, Float.floatToRawIntBits(after))) {
                return after;
            }
        }
    }

    /** Adds 1, and returns what was there. */
    public float getAndIncrement(int index) {
        return getAndAdd(index, 1);
    }

    /** Adds 1, and returns what is there then. */
    public float incrementAndGet(int index) {
        return addAndGet(index, 1);
    }

    /** Subtracts 1, and returns what was there. */
    public float getAndDecrement(int index) {
        return getAndAdd(index, -1);
    }

    /** Subtracts 1, and returns what is there then. */
    public float decrementAndGet(int index) {
        return addAndGet(index, -1);
    }

    /**
     * Replaces it by what the function makes of it, and returns what was there. The function may be called several
     * times.
     */
    public float getAndUpdate(int index, DoubleUnaryOperator function) {
        while (true) {
            int seen = words.get(index);
            float after = (float) function.applyAsDouble(Float.intBitsToFloat(seen));
            if (words.compareAndSet(index, seen, Float.floatToRawIntBits(after))) {
                return Float.intBitsToFloat(seen);
            }
        }
    }

    /** Replaces it by what the function makes of it, and returns that. The function may be called several times. */
    public float updateAndGet(int index, DoubleUnaryOperator function) {
        while (true) {
            int seen = words.get(index);
            float after = (float) function.applyAsDouble(Float.intBitsToFloat(seen));
            if (words.compareAndSet(index, seen, Float.floatToRawIntBits(after))) {
                return after;
            }
        }
    }

    /** Replaces it by what the function makes of it and of the operand, and returns what was there. */
    public float getAndAccumulate(int index, float operand, DoubleBinaryOperator function) {
        while (true) {
            int seen = words.get(index);
            float after = (float) function.applyAsDouble(Float.intBitsToFloat(seen), operand);
            if (words.compareAndSet(index, seen, Float.floatToRawIntBits(after))) {
                return Float.intBitsToFloat(seen);
            }
        }
    }

    /** Replaces it by what the function makes of it and of the operand, and returns that. */
    public float accumulateAndGet(int index, float operand, DoubleBinaryOperator function) {
        while (true) {
            int seen = words.get(index);
            float after = (float) function.applyAsDouble(Float.intBitsToFloat(seen), operand);
            if (words.compareAndSet(index, seen, Float.floatToRawIntBits(after))) {
                return after;
            }
        }
    }

    /** Replaces it by the other value if that is less, and returns what was there. */
    public float getAndMin(int index, float other) {
        while (true) {
            int seen = words.get(index);
            float after = Math.min(Float.intBitsToFloat(seen), other);
            if (words.compareAndSet(index, seen, Float.floatToRawIntBits(after))) {
                return Float.intBitsToFloat(seen);
            }
        }
    }

    /** Replaces it by the other value if that is greater, and returns what was there. */
    public float getAndMax(int index, float other) {
        while (true) {
            int seen = words.get(index);
            float after = Math.max(Float.intBitsToFloat(seen), other);
            if (words.compareAndSet(index, seen, Float.floatToRawIntBits(after))) {
                return Float.intBitsToFloat(seen);
            }
        }
    }

    /** Waits until the condition holds for an element; whether it came to that in time. */
    public boolean await(int index, DoublePredicate condition, Duration timeout) throws InterruptedException {
        return words.await(() -> condition.test(get(index)), timeout);
    }

    /**
     * Waits until an element is another than the given value, which the caller has seen; whether it came to that in
     * time. A change to and fro may go unseen.
     */
    public boolean awaitChange(int index, float from, Duration timeout) throws InterruptedException {
        return words.await(() -> words.get(index) != Float.floatToRawIntBits(from), timeout);
    }

    /** A copy of all elements, each as it is when its turn comes. */
    public float[] toArray() {
        return slice(0, length());
    }

    /** A copy of the elements from one index up to another, which is not in it, each as it is when its turn comes. */
    public float[] slice(int from, int to) {
        words.checkRange(from, to);
        float[] copy = new float[to - from];
        copyTo(from, copy, 0, copy.length);
        return copy;
    }

    /** Copies so many elements from an index on to a place in an array, each as it is when its turn comes. */
    public void copyTo(int from, float[] target, int targetFrom, int count) {
        words.checkCount(from, count);
        Objects.checkFromIndexSize(targetFrom, count, target.length);
        for (int i = 0; i < count; i++) {
            target[targetFrom + i] = get(from + i);
        }
    }

    /** Writes these values from an index on, one after the other; nothing if they do not all fit. */
    public void setSlice(int from, float... values) {
        words.checkCount(from, values.length);
        for (int i = 0; i < values.length; i++) {
            set(from + i, values[i]);
        }
    }

    /** The elements, each as it is when its turn comes. */
    public DoubleStream stream() {
        return IntStream.range(0, length()).mapToDouble(this::get);
    }

    /** The elements, each as it is when its turn comes. */
    @Override
    public Iterator<Float> iterator() {
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
