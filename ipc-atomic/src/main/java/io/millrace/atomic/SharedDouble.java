package io.millrace.atomic;

import java.time.Duration;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoublePredicate;
import java.util.function.DoubleUnaryOperator;

/**
 * A {@code double} that processes share.
 *
 * <p><b>Who may call it:</b> any number of threads of any number of processes, each with a handle of its own or
 * shared.
 *
 * <p><b>Memory consistency effects:</b> those of the {@linkplain io.millrace.atomic package}.
 *
 * <p><b>Close and death:</b> a process that dies leaves it as the last operation left it: every operation is one
 * step. A named one stays until it is removed; an anonymous one vanishes with its last user.
 *
 * <p><b>Cost:</b> a change is a CAS, again and again while others change it, lock-free, and a load that looks for
 * those who wait. Nothing is allocated, except by waiting.
 */
public final class SharedDouble extends SharedCells {
    private static final long serialVersionUID = 1;

    private final transient LongWords words;
    /** The same as an array of one. */
    private final transient SharedDoubleArray cells;

    SharedDouble(CellWords words) {
        super(CellType.DOUBLE.kind().name(), words.object());
        this.words = (LongWords) words;
        this.cells = new SharedDoubleArray(words);
    }

    /** A new, anonymous one with this value, in the default domain. */
    public static SharedDouble create(double value) {
        return builder(value).create();
    }

    /** Makes one with this value, with options; or opens one. */
    public static CellsBuilder<SharedDouble> builder(double value) {
        return new CellsBuilder<>(new ValueFormat<>(CellType.DOUBLE,
            (words, index) -> ((LongWords) words).set(index, Double.doubleToRawLongBits(value)), SharedDouble::new));
    }

    /** The same with 0. */
    public static CellsBuilder<SharedDouble> builder() {
        return builder(0);
    }

    /** Reads it. */
    public double get() {
        return Double.longBitsToDouble(words.get(0));
    }

    /** Reads it in acquire mode. */
    public double getAcquire() {
        return Double.longBitsToDouble(words.getAcquire(0));
    }

    /** Reads it in plain mode. */
    public double getPlain() {
        return Double.longBitsToDouble(words.getPlain(0));
    }

    /** Writes it. */
    public void set(double value) {
        words.set(0, Double.doubleToRawLongBits(value));
    }

    /** Writes it in release mode, and wakes nobody. */
    public void setRelease(double value) {
        words.setRelease(0, Double.doubleToRawLongBits(value));
    }

    /** Writes it in plain mode, and wakes nobody. */
    public void setPlain(double value) {
        words.setPlain(0, Double.doubleToRawLongBits(value));
    }

    /** Writes it, and returns what was there. */
    public double getAndSet(double value) {
        return Double.longBitsToDouble(words.getAndSet(0, Double.doubleToRawLongBits(value)));
    }

    /** Writes it if what is there is as expected; whether it was. */
    public boolean compareAndSet(double expected, double update) {
        return words.compareAndSet(0, Double.doubleToRawLongBits(expected), Double.doubleToRawLongBits(update));
    }

    /** Writes it if what is there is as expected; returns what was there. */
    public double compareAndExchange(double expected, double update) {
        return cells.compareAndExchange(0, expected, update);
    }

    /** Adds to it, and returns what was there. */
    public double getAndAdd(double delta) {
        return cells.getAndAdd(0, delta);
    }

    /** Adds to it, and returns what is there then. */
    public double addAndGet(double delta) {
        return cells.addAndGet(0, delta);
    }

    /** Adds 1, and returns what was there. */
    public double getAndIncrement() {
        return cells.getAndIncrement(0);
    }

    /** Adds 1, and returns what is there then. */
    public double incrementAndGet() {
        return cells.incrementAndGet(0);
    }

    /** Subtracts 1, and returns what was there. */
    public double getAndDecrement() {
        return cells.getAndDecrement(0);
    }

    /** Subtracts 1, and returns what is there then. */
    public double decrementAndGet() {
        return cells.decrementAndGet(0);
    }

    /**
     * Replaces it by what the function makes of it, and returns what was there. The function may be called several
     * times.
     */
    public double getAndUpdate(DoubleUnaryOperator function) {
        return cells.getAndUpdate(0, function);
    }

    /** Replaces it by what the function makes of it, and returns that. The function may be called several times. */
    public double updateAndGet(DoubleUnaryOperator function) {
        return cells.updateAndGet(0, function);
    }

    /** Replaces it by what the function makes of it and of the operand, and returns what was there. */
    public double getAndAccumulate(double operand, DoubleBinaryOperator function) {
        return cells.getAndAccumulate(0, operand, function);
    }

    /** Replaces it by what the function makes of it and of the operand, and returns that. */
    public double accumulateAndGet(double operand, DoubleBinaryOperator function) {
        return cells.accumulateAndGet(0, operand, function);
    }

    /** Replaces it by the other value if that is less, and returns what was there. */
    public double getAndMin(double other) {
        return cells.getAndMin(0, other);
    }

    /** Replaces it by the other value if that is greater, and returns what was there. */
    public double getAndMax(double other) {
        return cells.getAndMax(0, other);
    }

    /** Waits until the condition holds for it; whether it came to that in time. */
    public boolean await(DoublePredicate condition, Duration timeout) throws InterruptedException {
        return cells.await(0, condition, timeout);
    }

    /**
     * Waits until it is another than the given value, which the caller has seen; whether it came to that in time. A
     * change to and fro may go unseen.
     */
    public boolean awaitChange(double from, Duration timeout) throws InterruptedException {
        return cells.awaitChange(0, from, timeout);
    }

    @Override
    void end() {
        cells.end();
    }

    @Override
    void checkOpen() {
        cells.checkOpen();
    }

    @Override
    String contents() {
        return String.valueOf(get());
    }
}
