package io.millrace.domain;

import io.millrace.memory.Region;
import io.millrace.memory.SimulatedMemory;

/** The locks of a few ids in one word of simulated memory, a byte for each: which actor has it. */
final class SimulatedLease extends Lease {
    /** Where the counter of ids is. */
    static final int IDS = 0;
    static final int LENGTH = 2 * Long.BYTES;
    static final int OWNERS_MAX = 0xFF;

    private static final int LOCKS = Long.BYTES;
    private static final int OWNER_MASK = 0xFF;
    private static final int LOW_IDS = 4;

    private final SimulatedMemory simulated;
    private final Region memory;
    private final int self;

    SimulatedLease(SimulatedMemory simulated, int self) {
        this.simulated = simulated;
        this.memory = simulated.region();
        this.self = self;
    }

    /** The first four ids have bytes of their own, and of the others those whose last two bits differ. */
    private static int shift(int id) {
        return (id <= LOW_IDS ? id - 1 : LOW_IDS + id % LOW_IDS) * Byte.SIZE;
    }

    private static long ownerOf(long locks, int shift) {
        return locks >>> shift & OWNER_MASK;
    }

    @Override
    boolean tryTake(int id) {
        while (true) {
            long locks = memory.getLongVolatile(LOCKS);
            if (ownerOf(locks, shift(id)) != 0) {
                return false;
            }
            if (memory.compareAndSetLong(LOCKS, locks, locks | (long) self << shift(id))) {
                return true;
            }
        }
    }

    @Override
    void release(int id) {
        memory.getAndAddLong(LOCKS, -((long) self << shift(id)));
        simulated.checkpoint(0); // who gives back begins again, and remembers nothing
    }

    @Override
    boolean isHeld(int id) {
        return ownerOf(memory.getLongVolatile(LOCKS), shift(id)) != 0;
    }

    @Override
    boolean isProvenAlone() {
        return memory.getLongVolatile(LOCKS) == 0;
    }

    @Override
    void close() {
        long locks = memory.getLongVolatile(LOCKS);
        for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE) {
            if (ownerOf(locks, shift) == self) {
                memory.getAndAddLong(LOCKS, -((long) self << shift));
            }
        }
    }
}
