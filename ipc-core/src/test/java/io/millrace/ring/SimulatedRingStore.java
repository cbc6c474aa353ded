package io.millrace.ring;

import io.millrace.memory.Region;

/** Rings in slots of one region: behind the anchor a word for each slot, that tells whether its ring has its name. */
final class SimulatedRingStore implements RingStore {
    private static final long NAMED = 1;

    private final Region memory;
    private final MpmcGeometry geometry;
    private final int slots;
    private final boolean namesLate;

    /** One that names late gives a ring its name only when the next is made: wrong, and to be found. */
    SimulatedRingStore(Region memory, MpmcGeometry geometry, int slots, boolean namesLate) {
        this.namesLate = namesLate;
        this.memory = memory;
        this.geometry = geometry;
        this.slots = slots;
    }

    static int length(MpmcGeometry geometry, int slots) {
        return RingChain.anchorLength() + slots * (Long.BYTES + (int) geometry.bodyLength());
    }

    /** The anchor of the chain. */
    Region anchor() {
        return memory.slice(0, RingChain.anchorLength());
    }

    @Override
    public MpmcRing create(int id, MpmcGeometry wanted, int creator) {
        if (id > slots) {
            return null;
        }
        geometry.initialise(body(id), geometry.granules() * 2L - 1, 0);
        memory.putLongRelease(name(namesLate && id > 1 ? id - 1 : id), NAMED);
        return MpmcRing.over(body(id));
    }

    @Override
    public MpmcRing open(int id) {
        return memory.getLongAcquire(name(id)) == NAMED ? MpmcRing.over(body(id)) : null;
    }

    @Override
    public void remove(int id) {
        memory.putLongRelease(name(id), 0);
    }

    /** How many rings have their name. */
    int named() {
        int count = 0;
        for (int id = 1; id <= slots; id++) {
            count += (int) memory.getLongAcquire(name(id));
        }
        return count;
    }

    private int name(int id) {
        return RingChain.anchorLength() + (id - 1) * Long.BYTES;
    }

    private Region body(int id) {
        int length = (int) geometry.bodyLength();
        return memory.slice(RingChain.anchorLength() + slots * Long.BYTES + (id - 1) * length, length);
    }
}
