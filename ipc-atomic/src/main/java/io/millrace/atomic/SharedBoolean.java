package io.millrace.atomic;

import java.time.Duration;

/**
 * A {@code boolean} that processes share.
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
public final class SharedBoolean extends SharedCells {
    private static final long serialVersionUID = 1;

    private final transient NarrowWords words;
    /** The same as an array of one. */
    private final transient SharedBooleanArray cells;

    SharedBoolean(CellWords words) {
        super(CellType.BOOLEAN.kind().name(), words.object());
        this.words = (NarrowWords) words;
        this.cells = new SharedBooleanArray(words);
    }

    /** A new, anonymous one with this value, in the default domain. */
    public static SharedBoolean create(boolean value) {
        return builder(value).create();
    }

    /** Makes one with this value, with options; or opens one. */
    public static CellsBuilder<SharedBoolean> builder(boolean value) {
        return new CellsBuilder<>(new ValueFormat<>(CellType.BOOLEAN,
            (words, index) -> ((NarrowWords) words).set(index, SharedBooleanArray.toBits(value)), SharedBoolean::new));
    }

    /** The same with false. */
    public static CellsBuilder<SharedBoolean> builder() {
        return builder(false);
    }

    /** Reads it. */
    public boolean get() {
        return words.get(0) != 0;
    }

    /** Writes it. */
    public void set(boolean value) {
        words.set(0, SharedBooleanArray.toBits(value));
    }

    /** Writes it, and returns what was there. */
    public boolean getAndSet(boolean value) {
        return words.getAndSet(0, SharedBooleanArray.toBits(value)) != 0;
    }

    /** Writes it if what is there is as expected; whether it was. */
    public boolean compareAndSet(boolean expected, boolean update) {
        return words.compareAndSet(0, SharedBooleanArray.toBits(expected), SharedBooleanArray.toBits(update));
    }

    /** Writes it if what is there is as expected; returns what was there. */
    public boolean compareAndExchange(boolean expected, boolean update) {
        return words.compareAndExchange(0, SharedBooleanArray.toBits(expected), SharedBooleanArray.toBits(update)) != 0;
    }

    /** Combines it with the other value by <em>or</em>, and returns what was there. */
    public boolean getAndOr(boolean other) {
        return cells.getAndOr(0, other);
    }

    /** Combines it with the other value by <em>and</em>, and returns what was there. */
    public boolean getAndAnd(boolean other) {
        return cells.getAndAnd(0, other);
    }

    /** Combines it with the other value by <em>xor</em>, and returns what was there. */
    public boolean getAndXor(boolean other) {
        return cells.getAndXor(0, other);
    }

    /** Waits until it has that value; whether it came to that in time. */
    public boolean await(boolean value, Duration timeout) throws InterruptedException {
        return cells.await(0, value, timeout);
    }

    /**
     * Waits until it is another than the given value, which the caller has seen; whether it came to that in time. A
     * change to and fro may go unseen.
     */
    public boolean awaitChange(boolean from, Duration timeout) throws InterruptedException {
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
