package io.millrace.memory;

/**
 * A word whose stores wait in its writer's processor until it is drained, one after the other, as those of x86 do; and
 * longer than there, for nothing that the writer does to other words drains it. Everybody else sees what was drained.
 *
 * <p>For values of three bits. The word and its up to {@link #PENDING_MAX} pending stores are one long of simulated
 * memory: the value in bits 0 to 2; from bit 4 on four bits for each store, with bit 3 set. An access is one step.
 */
public final class DelayedWord extends LongWord {
    private static final int PENDING_MAX = 15;
    private static final int SLOT_BITS = 4;
    private static final int SLOT_MASK = 15;
    private static final int PENDING = 8;
    private static final int VALUE_MASK = 7;

    private final SimulatedMemory memory;
    private final int offset;

    /** Over 8 bytes that are zero at first. */
    public DelayedWord(SimulatedMemory memory, int offset) {
        this.memory = memory;
        this.offset = offset;
    }

    /** Whether there are stores that nobody else sees yet. */
    public boolean isPending() {
        return memory.access(() -> all() >>> SLOT_BITS) != 0;
    }

    /** Lets others see the oldest store that they do not see yet, if there is one. */
    public void drainOne() {
        memory.access(() -> isAnyPending() ? store(drained(all())) : 0);
    }

    /** Lets others see all stores. */
    public void drain() {
        memory.access(() -> {
            while (isAnyPending()) {
                store(drained(all()));
            }
            return 0;
        });
    }

    private static long drained(long seen) {
        long rest = seen >>> SLOT_BITS;
        return rest & ~(long) SLOT_MASK | rest & VALUE_MASK;
    }

    private boolean isAnyPending() {
        return all() >>> SLOT_BITS != 0;
    }

    private long all() {
        return memory.bytes().getLong(offset);
    }

    private long store(long value) {
        memory.bytes().putLong(offset, value);
        return 0;
    }

    @Override
    public void putLongRelease(long value) {
        memory.access(() -> {
            int shift = SLOT_BITS;
            while ((all() >>> shift & SLOT_MASK) != 0) {
                shift += SLOT_BITS;
            }
            if (shift > PENDING_MAX * SLOT_BITS) {
                throw new IllegalStateException("too many stores are pending");
            }
            return store(all() | (value & VALUE_MASK | PENDING) << shift);
        });
    }

    @Override
    public long getLongAcquire() {
        return memory.access(() -> all() & VALUE_MASK);
    }

    @Override
    public long getLongVolatile() {
        return getLongAcquire();
    }

    @Override
    public boolean compareAndSetLong(long expected, long update) {
        throw new UnsupportedOperationException("a word with one writer");
    }
}
