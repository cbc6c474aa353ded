package io.millrace.memory;

/**
 * One aligned word of 8 bytes of a {@link Region} that stays where it is, and whose place was checked when this was
 * made: an access costs nothing beside itself. For words that a hot path looks at again and again.
 *
 * <p><b>Who may call it, memory consistency effects, close and death of a peer:</b> as of {@link Region}, method by
 * method.
 */
public abstract class LongWord {
    LongWord() { }

    /** Reads a long; later accesses stay behind it. */
    public abstract long getLongAcquire();

    /** Writes a long; earlier accesses stay before it. */
    public abstract void putLongRelease(long value);

    /** Reads a long in the total order of volatile accesses. */
    public abstract long getLongVolatile();

    /** Replaces {@code expected} by {@code update} in one step; false, and nothing written, if it is not there. */
    public abstract boolean compareAndSetLong(long expected, long update);
}
