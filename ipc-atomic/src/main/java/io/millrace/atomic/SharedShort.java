package io.millrace.atomic;

import java.time.Duration;
import java.util.function.IntBinaryOperator;
import java.util.function.IntPredicate;
import java.util.function.IntUnaryOperator;

/**
 * A {@code short} that processes share.
 *
 * <p><b>Who may call it:</b> any number of threads of any number of processes, each with a handle of its own or
 * shared.
 *
 * <p><b>Memory consistency effects:</b> those of the {@linkplain io.millrace.atomic package}.
 *
 * <p><b>Close and death:</b> a process that dies leaves it as the last operation left it: every operation is one
 * step. A named one stays until it is removed; an anonymous one vanishes with its last user.
 *
 * <p><b>Cost:</b> a change is a CAS, again and again while others change it or its neighbours in a word of 32 bits,
 * lock-free, and a load that looks for those who wait. Nothing is allocated, except by waiting.
 */
public final class SharedShort extends SharedCells {
    private static final long serialVersionUID = 1;

    private final transient NarrowWords words;
    /** The same as an array of one. */
    private final transient SharedShortArray cells;

    SharedShort(CellWords words) {
        super(CellType.SHORT.kind().name(), words.object());
        this.words = (NarrowWords) words;
        this.cells = new SharedShortArray(words);
    }

    /** A new, anonymous one with this value, in the default domain. */
    public static SharedShort create(int value) {
        return builder(value).create();
    }

    /** Makes one with this value, with options; or opens one. */
    public static CellsBuilder<SharedShort> builder(int value) {
        return new CellsBuilder<>(new ValueFormat<>(CellType.SHORT,
            (words, index) -> ((NarrowWords) words).set(index, value), SharedShort::new));
    }

    /** The same with 0. */
    public static CellsBuilder<SharedShort> builder() {
        return builder(0);
    }

    /** Reads it. */
    public short get() {
        return (short) words.get(0);
    }

    /** Writes it. */
    public void set(int value) {
        words.set(0, value);
    }

    /** Writes it, and returns what was there. */
    public short getAndSet(int value) {
        return (short) words.getAndSet(0, value);
    }

    /** Writes it if what is there is as expected; whether it was. */
    public boolean compareAndSet(int expected, int update) {
        return words.compareAndSet(0, expected, update);
    }

    /** Writes it if what is there is as expected; returns what was there. */
    public short compareAndExchange(int expected, int update) {
        return (short) words.compareAndExchange(0, expected, update);
    }

    /** Adds to it, and returns what was there. */
    public short getAndAdd(int delta) {
        return cells.getAndAdd(0, delta);
    }

    /** Adds to it, and returns what is there then. */
    public short addAndGet(int delta) {
        return cells.addAndGet(0, delta);
    }

    /** Adds 1, and returns what was there. */
    public short getAndIncrement() {
        return cells.getAndIncrement(0);
    }

    /** Adds 1, and returns what is there then. */
    public short incrementAndGet() {
        return cells.incrementAndGet(0);
    }

    /** Subtracts 1, and returns what was there. */
    public short getAndDecrement() {
        return cells.getAndDecrement(0);
    }

    /** Subtracts 1, and returns what is there then. */
    public short decrementAndGet() {
        return cells.decrementAndGet(0);
    }

    /**
     * Replaces it by what the function makes of it, and returns what was there. The function may be called several
     * times.
     */
    public short getAndUpdate(IntUnaryOperator function) {
        return cells.getAndUpdate(0, function);
    }

    /** Replaces it by what the function makes of it, and returns that. The function may be called several times. */
    public short updateAndGet(IntUnaryOperator function) {
        return cells.updateAndGet(0, function);
    }

    /** Replaces it by what the function makes of it and of the operand, and returns what was there. */
    public short getAndAccumulate(int operand, IntBinaryOperator function) {
        return cells.getAndAccumulate(0, operand, function);
    }

    /** Replaces it by what the function makes of it and of the operand, and returns that. */
    public short accumulateAndGet(int operand, IntBinaryOperator function) {
        return cells.accumulateAndGet(0, operand, function);
    }

    /** Replaces it by the other value if that is less, and returns what was there. */
    public short getAndMin(int other) {
        return cells.getAndMin(0, other);
    }

    /** Replaces it by the other value if that is greater, and returns what was there. */
    public short getAndMax(int other) {
        return cells.getAndMax(0, other);
    }

    /** Combines it with the mask by <em>or</em>, and returns what was there. */
    public short getAndBitwiseOr(int mask) {
        return cells.getAndBitwiseOr(0, mask);
    }

    /** Combines it with the mask by <em>and</em>, and returns what was there. */
    public short getAndBitwiseAnd(int mask) {
        return cells.getAndBitwiseAnd(0, mask);
    }

    /** Combines it with the mask by <em>xor</em>, and returns what was there. */
    public short getAndBitwiseXor(int mask) {
        return cells.getAndBitwiseXor(0, mask);
    }

    /** Waits until the condition holds for it; whether it came to that in time. */
    public boolean await(IntPredicate condition, Duration timeout) throws InterruptedException {
        return cells.await(0, condition, timeout);
    }

    /**
     * Waits until it is another than the given value, which the caller has seen; whether it came to that in time. A
     * change to and fro may go unseen.
     */
    public boolean awaitChange(int from, Duration timeout) throws InterruptedException {
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
