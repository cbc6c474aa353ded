package io.millrace.atomic;

import java.time.Duration;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoublePredicate;
import java.util.function.DoubleUnaryOperator;

/**
 * A {@code float} that processes share.
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
public final class SharedFloat extends SharedCells {
    private static final long serialVersionUID = 1;

    private final transient IntWords words;
    /** The same as an array of one. */
    private final transient SharedFloatArray cells;

    SharedFloat(CellWords words) {
        super(CellType.FLOAT.kind().name(), words.object());
        this.words = (IntWords) words;
        this.cells = new SharedFloatArray(words);
    }

    /** A new, anonymous one with this value, in the default domain. */
    public static SharedFloat create(float value) {
        return builder(value).create();
    }

    /** Makes one with this value, with options; or opens one. */
    public static CellsBuilder<SharedFloat> builder(float value) {
        return new CellsBuilder<>(new ValueFormat<>(CellType.FLOAT,
            (words, index) -> ((IntWords) words).set(index, Float.floatToRawIntBits(value)), SharedFloat::new));
    }

    /** The same with 0. */
    public static CellsBuilder<SharedFloat> builder() {
        return builder(0);
    }

    /** Reads it. */
    public float get() {
        return Float.intBitsToFloat(words.get(0));
    }

    /** Reads it in acquire mode. */
    public float getAcquire() {
        return Float.intBitsToFloat(words.getAcquire(0));
    }

    /** Reads it in plain mode. */
    public float getPlain() {
        return Float.intBitsToFloat(words.getPlain(0));
    }

    /** Writes it. */
    public void set(float value) {
        words.set(0, Float.floatToRawIntBits(value));
    }

    /** Writes it in release mode, and wakes nobody. */
    public void setRelease(float value) {
        words.setRelease(0, Float.floatToRawIntBits(value));
    }

    /** Writes it in plain mode, and wakes nobody. */
    public void setPlain(float value) {
        words.setPlain(0, Float.floatToRawIntBits(value));
    }

    /** Writes it, and returns what was there. */
    public float getAndSet(float value) {
        return Float.intBitsToFloat(words.getAndSet(0, Float.floatToRawIntBits(value)));
    }

    /** Writes it if what is there is as expected; whether it was. */
    public boolean compareAndSet(float expected, float update) {
        return words.compareAndSet(0, Float.floatToRawIntBits(expected), Float.floatToRawIntBits(update));
    }

    /** Writes it if what is there is as expected; returns what was there. */
    public float compareAndExchange(float expected, float update) {
        return cells.compareAndExchange(0, expected, update);
    }

    /** Adds to it, and returns what was there. */
    public float getAndAdd(float delta) {
        return cells.getAndAdd(0, delta);
    }

    /** Adds to it, and returns what is there then. */
    public float addAndGet(float delta) {
        return cells.addAndGet(0, delta);
    }

    /** Adds 1, and returns what was there. */
    public float getAndIncrement() {
        return cells.getAndIncrement(0);
    }

    /** Adds 1, and returns what is there then. */
    public float incrementAndGet() {
        return cells.incrementAndGet(0);
    }

    /** Subtracts 1, and returns what was there. */
    public float getAndDecrement() {
        return cells.getAndDecrement(0);
    }

    /** Subtracts 1, and returns what is there then. */
    public float decrementAndGet() {
        return cells.decrementAndGet(0);
    }

    /**
     * Replaces it by what the function makes of it, and returns what was there. The function may be called several
     * times.
     */
    public float getAndUpdate(DoubleUnaryOperator function) {
        return cells.getAndUpdate(0, function);
    }

    /** Replaces it by what the function makes of it, and returns that. The function may be called several times. */
    public float updateAndGet(DoubleUnaryOperator function) {
        return cells.updateAndGet(0, function);
    }

    /** Replaces it by what the function makes of it and of the operand, and returns what was there. */
    public float getAndAccumulate(float operand, DoubleBinaryOperator function) {
        return cells.getAndAccumulate(0, operand, function);
    }

    /** Replaces it by what the function makes of it and of the operand, and returns that. */
    public float accumulateAndGet(float operand, DoubleBinaryOperator function) {
        return cells.accumulateAndGet(0, operand, function);
    }

    /** Replaces it by the other value if that is less, and returns what was there. */
    public float getAndMin(float other) {
        return cells.getAndMin(0, other);
    }

    /** Replaces it by the other value if that is greater, and returns what was there. */
    public float getAndMax(float other) {
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
    public boolean awaitChange(float from, Duration timeout) throws InterruptedException {
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
