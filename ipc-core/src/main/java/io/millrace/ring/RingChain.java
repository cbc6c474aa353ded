package io.millrace.ring;

import io.millrace.format.AnnotatedDump;
import io.millrace.format.CorruptSegmentException;
import io.millrace.memory.Region;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;

/**
 * A queue of messages that grows: MPMC rings, one behind the other. When the last one has no room, whoever notices
 * makes a larger one and ends the last by naming its follower; when all of the first is over, it is removed.
 *
 * <p>What an {@link MpmcRing} promises holds for the whole chain: order, delivery, death of anybody at any instant.
 * Only messages that its first ring takes can be written.
 *
 * <p><b>Who may call it:</b> any number of threads and processes; producers and consumers are for one thread at a time.
 *
 * <p><b>Limits:</b> of bytes for all rings together, and of items that nobody has taken. Both are derived from what is
 * there and not counted, so no death can change them.
 *
 * <p><b>Errors:</b> {@link UncheckedIOException} if a ring cannot be opened or removed. That a file system is full only
 * means that there is no room.
 *
 * <p><b>Cost:</b> that of a ring; to grow costs the writing of a new file.
 */
public final class RingChain {
    /** Data area of the first ring in bytes, unless another is asked for. */
    public static final int CAPACITY = 1 << 20;

    /** A ring is twice as large as the one before it, up to this. */
    private static final int CAPACITY_MAX = 1 << 26;
    /** The longest message is a small part of the first ring: some others fit beside it. */
    private static final int MESSAGES_IN_RING_MIN = 4;
    static final int NONE = 0;

    private final Region anchor;
    private final RingStore store;
    private final Map<Integer, MpmcRing> open = new ConcurrentHashMap<>();

    private RingChain(Region anchor, RingStore store) {
        this.anchor = anchor;
        this.store = store;
    }

    /** How many bytes of shared memory a chain needs beside its rings. */
    public static int anchorLength() {
        return ChainLayout.LAYOUT.length();
    }

    /**
     * Fills the anchor of a new chain, and makes its first ring.
     *
     * @param anchor zeroed, {@link #anchorLength} bytes that nobody else uses before this returns
     * @param names gives each ring's file, by its id
     * @param capacity of the first ring's data area in bytes, at least 1024 granules
     * @param itemsMax limit of the items that nobody has taken, up to 2^29, or 0 for none
     * @param bytesMax limit of the bytes of all rings' data areas together, at least the capacity
     * @throws IllegalArgumentException if an argument is out of range
     * @throws IOException if the first ring cannot be made; nothing is left behind
     */
    public static RingChain create(Region anchor, IntFunction<Path> names, Owner creator, ChainOptions options)
        throws IOException {
        return create(anchor, new FileRingStore(names), creator, options.geometry(), options);
    }

    static RingChain create(Region anchor, RingStore store, Owner creator, MpmcGeometry first, ChainOptions options)
        throws IOException {
        anchor.putLongPlain(ChainLayout.BYTES_MAX, options.bytesMax());
        anchor.putIntPlain(ChainLayout.GRANULE_LENGTH, first.granuleLength());
        anchor.putIntPlain(ChainLayout.DELIVERIES_MAX, first.deliveriesMax());
        anchor.putIntPlain(ChainLayout.ITEMS_MAX, options.itemsMax());
        anchor.putIntPlain(ChainLayout.CAPACITY, first.capacity());
        anchor.putIntPlain(ChainLayout.FIRST, 1);
        anchor.putIntPlain(ChainLayout.LAST_ID, 1);
        RingChain chain = new RingChain(anchor, store);
        MpmcRing ring = store.create(1, first, creator.id());
        if (ring == null) {
            throw new IOException("no room for the first ring of a queue, " + first.bodyLength()
                + " bytes; make room, or give the queue a smaller capacity");
        }
        chain.open.put(1, ring);
        return chain;
    }

    /**
     * A chain that somebody created; the arguments are those of {@code create}.
     *
     * @param file that the anchor is in, for messages
     * @param names may throw if somebody has removed all rings; whoever needs one then gets that exception
     * @throws CorruptSegmentException if the anchor does not make sense
     */
    public static RingChain open(Region anchor, Path file, IntFunction<Path> names) throws CorruptSegmentException {
        try {
            new ChainOptions(anchor.getIntPlain(ChainLayout.CAPACITY), anchor.getIntPlain(ChainLayout.GRANULE_LENGTH),
                anchor.getIntPlain(ChainLayout.DELIVERIES_MAX), anchor.getIntPlain(ChainLayout.ITEMS_MAX),
                anchor.getLongPlain(ChainLayout.BYTES_MAX));
        } catch (IllegalArgumentException e) {
            throw new CorruptSegmentException(file, e.getMessage());
        }
        return new RingChain(anchor, new FileRingStore(names));
    }

    static RingChain open(Region anchor, RingStore store) {
        return new RingChain(anchor, store);
    }

    /** A further writing end. */
    public ChainProducer producer(Owner owner) {
        return new ChainProducer(this, owner);
    }

    /** A further reading end. */
    public ChainConsumer consumer(Owner owner) {
        return new ChainConsumer(this, owner);
    }

    /** Longest message in bytes. */
    public int messageLengthMax() {
        int part = anchor.getIntPlain(ChainLayout.CAPACITY) / MESSAGES_IN_RING_MIN;
        int spanMax = ControlWord.SPAN_MAX * anchor.getIntPlain(ChainLayout.GRANULE_LENGTH);
        return Math.min(part, spanMax) - MpmcLayout.RECORD_HEADER_LENGTH;
    }

    /** Limit of the items that nobody has taken, 0 for none. */
    public int itemsMax() {
        return anchor.getIntPlain(ChainLayout.ITEMS_MAX);
    }

    /** Limit of the bytes of all rings together. */
    public long bytesMax() {
        return anchor.getLongPlain(ChainLayout.BYTES_MAX);
    }

    /** The word of the signal that is raised after something was published. */
    public Region dataSignalWord() {
        return anchor.slice(ChainLayout.DATA_SIGNAL, Integer.BYTES);
    }

    /** The word of the signal that is raised after something was taken or is over. */
    public Region spaceSignalWord() {
        return anchor.slice(ChainLayout.SPACE_SIGNAL, Integer.BYTES);
    }

    /**
     * How many items are there that nobody has taken, such as it was at one instant of this call. Items that are being
     * written count, and so do those of producers that died in the middle, until somebody passes them.
     */
    public int size() {
        int head = new HeadCursor(this).items();
        MpmcRecords records = lastRing().records();
        return Math.max(0, records.itemsBetween(head, records.itemsIn(records.settleTail())));
    }

    /** Whether there was an instant in this call at which no record was claimed, waiting or in anybody's hands. */
    public boolean isOver() {
        while (true) {
            MpmcRing ring = firstRing();
            while (ring != null) {
                MpmcRecords records = ring.records();
                long reclaimed = records.reclaimAll();
                long word = records.word(reclaimed);
                if (ControlWord.isBeforeLap(word, records.lap(reclaimed))) {
                    return true;
                }
                int next = records.nextAt(reclaimed, word);
                if (next == NONE) {
                    if (records.reclaimed() == reclaimed) {
                        return false;
                    }
                } else {
                    ring = ring(next);
                }
            }
        }
    }

    /**
     * Mends what dead owners left in their hands, in all rings, and removes the rings that are over.
     *
     * @return how many records were mended
     * @see MpmcRing#repair
     */
    public int repair(Owner self) {
        int[] repaired = {0};
        forEachRing(ring -> repaired[0] += ring.repair(self));
        retire();
        return repaired[0];
    }

    /** How many records were dropped because too many owners died over them, in the rings that are still there. */
    public long dropped() {
        long[] dropped = {0};
        forEachRing(ring -> dropped[0] += ring.dropped());
        return dropped[0];
    }

    /** The chain and its rings as annotated text; reads only. */
    public String dump() {
        return AnnotatedDump.of(anchor, 0, ChainLayout.LAYOUT) + new ChainLook(this).dump();
    }

    /**
     * Looks at all records and changes nothing, not even a hint. Damage is told and not thrown. Costs a walk over all
     * that is in the rings.
     *
     * @param unfinished gets the payload of every record that waits or is taken, to be looked at and not believed; of a
     *     chain in use also of some that are over by now, and some twice
     */
    public ChainStatus inspect(RecordHandler unfinished) {
        return new ChainLook(this).look(unfinished);
    }

    /**
     * Which of the given rings are not in the chain and never will be, so that their files can go: their makers died
     * before they could link them, or others before they could remove them. Changes nothing.
     */
    public List<Integer> unreachable(Collection<Integer> ids, IntPredicate isDead) {
        return new ChainLook(this).unreachable(ids, isDead);
    }

    /** Lets go of the rings' mappings. */
    void closeRings() throws IOException {
        for (MpmcRing ring : open.values()) {
            ring.close();
        }
        open.clear();
    }

    @Override
    public String toString() {
        return "RingChain[" + size() + " items, rings from " + first() + " on]";
    }

    /** The id of the first ring that is not over. */
    int first() {
        // SYNC chain-first ↔ RingChain.retire: the end of the ring before it; otherwise this thread could take that one
        // for the last.
        return anchor.getIntVolatile(ChainLayout.FIRST);
    }

    /** A ring of the chain, or null if it was removed: then the chain is to be followed from its first ring on. */
    MpmcRing ring(int id) {
        MpmcRing known = open.get(id);
        if (known != null) {
            return known;
        }
        try {
            MpmcRing ring = store.open(id);
            if (ring == null) {
                return null;
            }
            MpmcRing other = open.putIfAbsent(id, ring);
            if (other == null) {
                return ring;
            }
            ring.close();
            return other;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The first ring that is not over. */
    MpmcRing firstRing() {
        while (true) {
            int id = first();
            MpmcRing ring = ring(id);
            if (ring != null) {
                return ring;
            }
            if (first() == id) {
                throw new UncheckedIOException(new FileNotFoundException(
                    "ring " + id + ", the first of its chain, was removed by something else"));
            }
        }
    }

    private MpmcRing lastRing() {
        MpmcRing[] last = {null};
        forEachRing(ring -> last[0] = ring);
        return last[0];
    }

    private void forEachRing(Consumer<MpmcRing> action) {
        int id = first();
        while (id != NONE) {
            MpmcRing ring = ring(id);
            if (ring == null) {
                id = first();
            } else {
                action.accept(ring);
                id = ring.next();
            }
        }
    }

    /**
     * Ends a ring by naming a new, larger one.
     *
     * @return the id of the ring that follows now, whoever made it; 0 if there is no room for one
     */
    int grow(MpmcRing full, MpmcProducer producer, Owner creator) {
        retire();
        try {
            // SYNC chain-id ↔ RingChain.grow: nothing is ordered, ids are given out; otherwise two would have one.
            int id = anchor.getAndAddInt(ChainLayout.LAST_ID, 1) + 1;
            MpmcRing ring = createSuccessor(full, id, creator);
            if (ring == null) {
                return NONE;
            }
            boolean linked = false;
            try {
                linked = link(full, producer, ring, id);
            } finally {
                if (!linked) {
                    store.remove(id);
                    ring.close();
                }
            }
            return producer.next();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean link(MpmcRing full, MpmcProducer producer, MpmcRing ring, int id) {
        open.put(id, ring);
        int items;
        do {
            items = full.items();
            ring.startAt(items);
            if (producer.tryEnd(id, items)) {
                return true;
            }
        } while (producer.next() == NONE);
        open.remove(id);
        return false;
    }

    private MpmcRing createSuccessor(MpmcRing full, int id, Owner creator) throws IOException {
        long[] bytes = {0};
        forEachRing(ring -> bytes[0] += ring.geometry().capacity());
        long room = bytesMax() - bytes[0];
        int least = anchor.getIntPlain(ChainLayout.CAPACITY);
        int wanted = Math.max(least, (int) Math.min(CAPACITY_MAX, 2L * full.geometry().capacity()));
        while (wanted > least && wanted > room) {
            wanted /= 2;
        }
        for (; wanted >= least && wanted <= room; wanted /= 2) {
            MpmcRing ring = store.create(id, full.geometry().withCapacity(wanted), creator.id());
            if (ring != null) {
                return ring;
            }
        }
        return null;
    }

    /** Removes the first rings if they are over. */
    void retire() {
        while (true) {
            int id = first();
            MpmcRing ring = ring(id);
            if (ring == null) {
                firstRing(); // another one by now
                continue;
            }
            int next = ring.isOver() ? ring.next() : NONE;
            if (next == NONE) {
                open.values().removeIf(other -> other != ring && other.isOver()); // by others
                return;
            }
            // SYNC chain-first ↔ RingChain.first: the chain goes on at the next ring, before this one's name goes;
            // otherwise a newcomer could look for a name that is not there any more.
            if (anchor.compareAndSetInt(ChainLayout.FIRST, id, next)) {
                forget(id);
            }
        }
    }

    private void forget(int id) {
        try {
            store.remove(id);
            open.remove(id);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
