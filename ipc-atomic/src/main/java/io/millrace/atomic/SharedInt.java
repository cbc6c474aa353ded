package io.millrace.atomic;

import io.millrace.memory.Region;
import io.millrace.wait.Signal;
import java.time.Duration;
import java.util.function.IntBinaryOperator;
import java.util.function.IntPredicate;
import java.util.function.IntUnaryOperator;

/**
 * An {@code int} that processes share.
 *
 * <p><b>Who may call it:</b> any number of threads of any number of processes, each with a handle of its own or
 * shared.
 *
 * <p><b>Memory consistency effects:</b> those of the {@linkplain io.millrace.atomic package}.
 *
 * <p><b>Close and death:</b> a process that dies leaves it as the last operation left it: every operation is one
 * step. A named one stays until it is removed; an anonymous one vanishes with its last user.
 *
 * <p><b>Cost:</b> an addition is one instruction of the processor, wait-free; all other changes are a CAS, again
 * and again while others change it, lock-free, and a load that looks for those who wait. Nothing is allocated,
 * except by waiting.
 */
public final class SharedInt extends SharedCells {
    private static final long serialVersionUID = 1;

    private final transient IntWords words;
    private final transient Region region;
    /** The same as an array of one. */
    private final transient SharedIntArray cells;

    SharedInt(CellWords words) {
        super(CellType.INT.kind().name(), words.object());
        this.words = (IntWords) words;
        this.region = words.region;
        this.cells = new SharedIntArray(words);
    }

    /** A new, anonymous one with this value, in the default domain. */
    public static SharedInt create(int value) {
        return builder(value).create();
    }

    /** Makes one with this value, with options; or opens one. */
    public static CellsBuilder<SharedInt> builder(int value) {
        return new CellsBuilder<>(new ValueFormat<>(CellType.INT,
            (words, index) -> ((IntWords) words).set(index, value), SharedInt::new));
    }

    /** The same with 0. */
    public static CellsBuilder<SharedInt> builder() {
        return builder(0);
    }

    /** Reads it. */
    public int get() {
        return words.get(0);
    }

    /** Reads it in acquire mode. */
    public int getAcquire() {
        return words.getAcquire(0);
    }

    /** Reads it in plain mode. */
    public int getPlain() {
        return words.getPlain(0);
    }

    /** Writes it. */
    public void set(int value) {
        words.set(0, value);
    }

    /** Writes it in release mode, and wakes nobody. */
    public void setRelease(int value) {
        words.setRelease(0, value);
    }

    /** Writes it in plain mode, and wakes nobody. */
    public void setPlain(int value) {
        words.setPlain(0, value);
    }

    /** Writes it, and returns what was there. */
    public int getAndSet(int value) {
        return words.getAndSet(0, value);
    }

    /** Writes it if what is there is as expected; whether it was. */
    public boolean compareAndSet(int expected, int update) {
        return words.compareAndSet(0, expected, update);
    }

    /** Writes it if what is there is as expected; returns what was there. */
    public int compareAndExchange(int expected, int update) {
        return words.compareAndExchange(0, expected, update);
    }

    /** Adds to it, and returns what was there. */
    public int getAndAdd(int delta) {
        // The region is beside the words and not behind them: behind a locked instruction every reference is read anew.
        Region here = region;
        words.checkUsable();
        // SYNC cell-value ↔ IntWords.get: in one step; otherwise one of two additions would be lost.
        int before = here.getAndAddInt(ValueLayout.CELLS, delta);
        if (Signal.isAwaited(here, ValueLayout.SIGNAL)) {
            words.wake();
        }
        return before;
    }

    /** Adds to it, and returns what is there then. */
    public int addAndGet(int delta) {
        return getAndAdd(delta) + delta;
    }

    /** Adds 1, and returns what was there. */
    public int getAndIncrement() {
        return getAndAdd(1);
    }

    /** Adds 1, and returns what is there then. */
    public int incrementAndGet() {
        return addAndGet(1);
    }

    /** Subtracts 1, and returns what was there. */
    public int getAndDecrement() {
        return getAndAdd(-1);
    }

    /** Subtracts 1, and returns what is there then. */
    public int decrementAndGet() {
        return addAndGet(-1);
    }

    /**
     * Replaces it by what the function makes of it, and returns what was there. The function may be called several
     * times.
     */
    public int getAndUpdate(IntUnaryOperator function) {
        return cells.getAndUpdate(0, function);
    }

    /** Replaces it by what the function makes of it, and returns that. The function may be called several times. */
    public int updateAndGet(IntUnaryOperator function) {
        return cells.updateAndGet(0, function);
    }

    /** Replaces it by what the function makes of it and of the operand, and returns what was there. */
    public int getAndAccumulate(int operand, IntBinaryOperator function) {
        return cells.getAndAccumulate(0, operand, function);
    }

    /** Replaces it by what the function makes of it and of the operand, and returns that. */
    public int accumulateAndGet(int operand, IntBinaryOperator function) {
        return cells.accumulateAndGet(0, operand, function);
    }

    /** Replaces it by the other value if that is less, and returns what was there. */
    public int getAndMin(int other) {
        return cells.getAndMin(0, other);
    }

    /** Replaces it by the other value if that is greater, and returns what was there. */
    public int getAndMax(int other) {
        return cells.getAndMax(0, other);
    }

    /** Combines it with the mask by <em>or</em>, and returns what was there. */
    public int getAndBitwiseOr(int mask) {
        return cells.getAndBitwiseOr(0, mask);
    }

    /** Combines it with the mask by <em>and</em>, and returns what was there. */
    public int getAndBitwiseAnd(int mask) {
        return cells.getAndBitwiseAnd(0, mask);
    }

    /** Combines it with the mask by <em>xor</em>, and returns what was there. */
    public int getAndBitwiseXor(int mask) {
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
