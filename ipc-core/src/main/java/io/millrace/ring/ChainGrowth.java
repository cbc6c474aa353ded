package io.millrace.ring;

import io.millrace.memory.Region;
import java.io.IOException;
import java.io.UncheckedIOException;

/** How a chain gets a further ring: made complete under a new id, then linked in one CAS, or taken away again. */
final class ChainGrowth {
    /** A ring is twice as large as the one before it, up to this. */
    private static final int CAPACITY_MAX = 1 << 26;

    private final RingChain chain;
    private final Region anchor;
    private final RingStore store;

    ChainGrowth(RingChain chain, Region anchor, RingStore store) {
        this.chain = chain;
        this.anchor = anchor;
        this.store = store;
    }

    /**
     * Ends a ring by naming a new, larger one.
     *
     * @return the id of the ring that follows now, whoever made it; 0 if there is no room for one
     */
    int grow(MpmcRing full, SpaceClaimer space, Owner creator) {
        chain.retire();
        try {
            MpmcRing ring = createSuccessor(full, creator);
            if (ring == null) {
                return RingChain.NONE;
            }
            try {
                link(full, space, ring);
            } finally {
                if (space.next() != ring.chainId()) { // which is told by the change itself, whatever failed after it
                    store.remove(ring.chainId());
                    ring.close();
                }
            }
            return space.next();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void link(MpmcRing full, SpaceClaimer space, MpmcRing ring) {
        int items;
        do {
            items = full.items();
            ring.startAt(items);
            if (space.tryEnd(ring.chainId(), items)) {
                chain.add(ring);
            }
        } while (space.next() == RingChain.NONE);
    }

    private MpmcRing createSuccessor(MpmcRing full, Owner creator) throws IOException {
        int least = chain.capacity();
        long room = chain.bytesMax() - chain.sum(ring -> ring.geometry().capacity());
        int wanted = Math.max(least, (int) Math.min(CAPACITY_MAX, 2L * full.geometry().capacity()));
        while (wanted > least && wanted > room) {
            wanted /= 2;
        }
        if (wanted > room && !full.isWornOut()) {
            return null;
        }
        int id = handOutId(full.chainId());
        for (; wanted >= least; wanted /= 2) {
            MpmcRing ring = store.create(id, full.geometry().withCapacity(wanted), creator.id());
            if (ring != null) {
                return ring.inChain(id);
            }
        }
        takeBackId(id);
        return null;
    }

    private int handOutId(int last) {
        // SYNC chain-id ↔ ChainGrowth.takeBackId: nothing is ordered, ids are handed out; otherwise two would have
        // one.
        int id = anchor.getAndAddInt(ChainLayout.LAST_ID, 1) + 1;
        RingChain.checkFollows(last, id);
        return id;
    }

    /** Whoever is kept waiting tries again and again: ids that nothing was made with must not run out by that. */
    private void takeBackId(int id) {
        // SYNC chain-id ↔ ChainGrowth.handOutId: nothing is ordered, an id is taken back only if no later one was
        // handed out; otherwise that one would be handed out twice.
        anchor.compareAndSetInt(ChainLayout.LAST_ID, id, id - 1);
    }
}
