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
 * An array of doubles that processes share; its length is fixed.
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
public final class SharedDoubleArray extends SharedCells implements Iterable<Double> {
    private static final long serialVersionUID = 1;

    private final transient LongWords words;

    SharedDoubleArray(CellWords words) {
        super(CellType.DOUBLE.arrayKind().name(), words.object());
        this.words = (LongWords) words;
    }

    /** A new, anonymous array of so many zeros, in the default domain. */
    public static SharedDoubleArray create(int length) {
        return builder(length).create();
    }

    /** A new, anonymous array of these values, in the default domain. */
    public static SharedDoubleArray of(double... values) {
        return builderOf(values).create();
    }

    /** Makes an array of so many zeros, with options. */
    public static CellsBuilder<SharedDoubleArray> builder(int length) {
        return new CellsBuilder<>(new ValueFormat<>(CellType.DOUBLE, length, Initial.ZERO, SharedDoubleArray::new));
    }

    /** Makes an array of these values, with options. */
    public static CellsBuilder<SharedDoubleArray> builderOf(double... values) {
        double[] copy = values.clone();
        return new CellsBuilder<>(new ValueFormat<>(CellType.DOUBLE, copy.length,
            (words, index) -> ((LongWords) words).set(index, Double.doubleToRawLongBits(copy[index])),
            SharedDoubleArray::new));
    }

    /** Opens an array by its name. */
    public static CellsBuilder<SharedDoubleArray> builder() {
        return builder(0);
    }

    /** How many elements there are. */
    public int length() {
        return words.length();
    }

    /** Reads an element. */
    public double get(int index) {
        return Double.longBitsToDouble(words.get(index));
    }

    /** Reads it in acquire mode. */
    public double getAcquire(int index) {
        return Double.longBitsToDouble(words.getAcquire(index));
    }

    /** Reads it in plain mode. */
    public double getPlain(int index) {
        return Double.longBitsToDouble(words.getPlain(index));
    }

    /** Writes an element. */
    public void set(int index, double value) {
        words.set(index, Double.doubleToRawLongBits(value));
    }

    /** Writes it in release mode, and wakes nobody. */
    public void setRelease(int index, double value) {
        words.setRelease(index, Double.doubleToRawLongBits(value));
    }

    /** Writes it in plain mode, and wakes nobody. */
    public void setPlain(int index, double value) {
        words.setPlain(index, Double.doubleToRawLongBits(value));
    }

    /** Writes it, and returns what was there. */
    public double getAndSet(int index, double value) {
        return Double.longBitsToDouble(words.getAndSet(index, Double.doubleToRawLongBits(value)));
    }

    /** Writes it if what is there is as expected; whether it was. */
    public boolean compareAndSet(int index, double expected, double update) {
        return words.compareAndSet(index, Double.doubleToRawLongBits(expected), Double.doubleToRawLongBits(update));
    }

    /** Writes it if what is there is as expected; returns what was there. */
    public double compareAndExchange(int index, double expected, double update) {
        long seen =
            words.compareAndExchange(index, Double.doubleToRawLongBits(expected), Double.doubleToRawLongBits(update));
        return Double.longBitsToDouble(seen);
    }

    /** Adds to it, and returns what was there. */
    public double getAndAdd(int index, double delta) {
        while (true) {
            long seen = words.get(index);
            double after = Double.longBitsToDouble(seen) + delta;
            if (words.compareAndSet(index, seen, Double.doubleToRawLongBits(after))) {
                return Double.longBitsToDouble(seen);
            }
        }
    }

    /** Adds to it, and returns what is there then. */
    public double addAndGet(int index, double delta) {
        while (true) {
            long seen = words.get(index);
            double after = Double.longBitsToDouble(seen) + delta;
            if (words.compareAndSet(index, seen, Double.doubleToRawLongBits(after))) {
                return after;
            }
        }
    }

    /** Adds 1, and returns what was there. */
    public double getAndIncrement(int index) {
        return getAndAdd(index, 1);
    }

    /** Adds 1, and returns what is there then. */
    public double incrementAndGet(int index) {
        return addAndGet(index, 1);
    }

    /** Subtracts 1, and returns what was there. */
    public double getAndDecrement(int index) {
        return getAndAdd(index, -1);
    }

    /** Subtracts 1, and returns what is there then. */
    public double decrementAndGet(int index) {
        return addAndGet(index, -1);
    }

    /**
     * Replaces it by what the function makes of it, and returns what was there. The function may be called several
     * times.
     */
    public double getAndUpdate(int index, DoubleUnaryOperator function) {
        while (true) {
            long seen = words.get(index);
            double after = function.applyAsDouble(Double.longBitsToDouble(seen));
            if (words.compareAndSet(index, seen, Double.doubleToRawLongBits(after))) {
                return Double.longBitsToDouble(seen);
            }
        }
    }

    /** Replaces it by what the function makes of it, and returns that. The function may be called several times. */
    public double updateAndGet(int index, DoubleUnaryOperator function) {
        while (true) {
            long seen = words.get(index);
            double after = function.applyAsDouble(Double.longBitsToDouble(seen));
            if (words.compareAndSet(index, seen, Double.doubleToRawLongBits(after))) {
                return after;
            }
        }
    }

    /** Replaces it by what the function makes of it and of the operand, and returns what was there. */
    public double getAndAccumulate(int index, double operand, DoubleBinaryOperator function) {
        while (true) {
            long seen = words.get(index);
            double after = function.applyAsDouble(Double.longBitsToDouble(seen), operand);
            if (words.compareAndSet(index, seen, Double.doubleToRawLongBits(after))) {
                return Double.longBitsToDouble(seen);
            }
        }
    }

    /** Replaces it by what the function makes of it and of the operand, and returns that. */
    public double accumulateAndGet(int index, double operand, DoubleBinaryOperator function) {
        while (true) {
            long seen = words.get(index);
            double after = function.applyAsDouble(Double.longBitsToDouble(seen), operand);
            if (words.compareAndSet(index, seen, Double.doubleToRawLongBits(after))) {
                return after;
            }
        }
    }

    /** Replaces it by the other value if that is less, and returns what was there. */
    public double getAndMin(int index, double other) {
        while (true) {
            long seen = words.get(index);
            double after = Math.min(Double.longBitsToDouble(seen), other);
            if (words.compareAndSet(index, seen, Double.doubleToRawLongBits(after))) {
                return Double.longBitsToDouble(seen);
            }
        }
    }

    /** Replaces it by the other value if that is greater, and returns what was there. */
    public double getAndMax(int index, double other) {
        while (true) {
            long seen = words.get(index);
            double after = Math.max(Double.longBitsToDouble(seen), other);
            if (words.compareAndSet(index, seen, Double.doubleToRawLongBits(after))) {
                return Double.longBitsToDouble(seen);
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
    public boolean awaitChange(int index, double from, Duration timeout) throws InterruptedException {
        return words.await(() -> words.get(index) != Double.doubleToRawLongBits(from), timeout);
    }

    /** A copy of all elements, each as it is when its turn comes. */
    public double[] toArray() {
        return slice(0, length());
    }

    /** A copy of the elements from one index up to another, which is not in it, each as it is when its turn comes. */
    public double[] slice(int from, int to) {
        words.checkRange(from, to);
        double[] copy = new double[to - from];
        copyTo(from, copy, 0, copy.length);
        return copy;
    }

    /** Copies so many elements from an index on to a place in an array, each as it is when its turn comes. */
    public void copyTo(int from, double[] target, int targetFrom, int count) {
        words.checkCount(from, count);
        Objects.checkFromIndexSize(targetFrom, count, target.length);
        for (int i = 0; i < count; i++) {
            target[targetFrom + i] = get(from + i);
        }
    }

    /** Writes these values from an index on, one after the other; nothing if they do not all fit. */
    public void setSlice(int from, double... values) {
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
    public Iterator<Double> iterator() {
        return stream().iterator();
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
