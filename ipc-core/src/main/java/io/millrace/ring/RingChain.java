package io.millrace.ring;

import io.millrace.format.AnnotatedDump;
import io.millrace.format.CorruptSegmentException;
import io.millrace.memory.Region;
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
import java.util.function.ToLongFunction;

/**
 * A queue of messages that grows: MPMC rings, one behind the other. When the last one has no room, whoever notices
 * makes a larger one and ends the last by naming its follower; when all of the first is over, it is removed.
 *
 * <p>What an {@link MpmcRing} promises holds for the whole chain: order, delivery, death of anybody at any instant.
 * Only messages that its first ring takes can be written.
 *
 * <p><b>Who may call it:</b> any number of threads and processes; producers and consumers are for one thread at a
 * time.
 *
 * <p><b>Limits:</b> of bytes for all rings together, and of items that nobody has taken. Both are derived from what
 * is there and not counted, so no death can change them.
 *
 * <p><b>Errors:</b> {@link UncheckedIOException} if a ring cannot be opened or removed. That a file system is full
 * only means that there is no room. To grow costs the writing of a new file.
 */
public final class RingChain {
    /** Data area of the first ring in bytes, unless another is asked for. */
    public static final int CAPACITY = 1 << 20;

    /** The longest message is a small part of the first ring: some others fit beside it. */
    private static final int MESSAGES_IN_RING_MIN = 4;
    static final int NONE = 0;
    private static final int LOOKS_MAX = 1000;

    private final Region anchor;
    private final RingStore store;
    // Read once, so that what was checked is what is used.
    private final int capacity;
    private final int granuleLength;
    private final int messageLengthMax;
    private final int itemsMax;
    private final long bytesMax;
    private final Map<Integer, MpmcRing> open = new ConcurrentHashMap<>();
    /** In {@code open} there is none before this one; {@link #NONE} if that is not known. */
    private volatile int allFrom = NONE;

    private RingChain(Region anchor, RingStore store) {
        this.anchor = anchor;
        this.store = store;
        this.capacity = anchor.getIntPlain(ChainLayout.CAPACITY);
        this.granuleLength = anchor.getIntPlain(ChainLayout.GRANULE_LENGTH);
        this.messageLengthMax = (int) Math.min(capacity / MESSAGES_IN_RING_MIN,
            (long) ControlWord.SPAN_MAX * granuleLength);
        this.itemsMax = anchor.getIntPlain(ChainLayout.ITEMS_MAX);
        this.bytesMax = anchor.getLongPlain(ChainLayout.BYTES_MAX);
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
        chain.open.put(1, ring.inChain(1));
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
        RingChain chain = new RingChain(anchor, new FileRingStore(names));
        try {
            new ChainOptions(chain.capacity, chain.granuleLength, anchor.getIntPlain(ChainLayout.DELIVERIES_MAX),
                chain.itemsMax, chain.bytesMax);
        } catch (IllegalArgumentException e) {
            throw new CorruptSegmentException(file, e.getMessage());
        }
        return chain;
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
        return messageLengthMax;
    }

    /** Limit of the items that nobody has taken, 0 for none. */
    public int itemsMax() {
        return itemsMax;
    }

    /** Limit of the bytes of all rings together. */
    public long bytesMax() {
        return bytesMax;
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
     * How many items are there that nobody has taken, such as it was at one instant of this call; or more, if others
     * take so fast that this call met no such instant. Items that are being written count, and so do those of producers
     * that died in the middle, until somebody passes them.
     */
    public int size() {
        HeadCursor cursor = new HeadCursor(this);
        int after = cursor.items();
        int size = 0;
        for (int i = 0; i < LOOKS_MAX; i++) {
            int before = after;
            MpmcRecords records = forEachRing(ring -> { }).records();
            size = Math.max(0, records.itemsBetween(before, records.itemsIn(records.settleTail())));
            after = cursor.items();
            if (before == after) {
                break; // the head only goes on: it was there when the tail was looked at
            }
        }
        return itemsMax == 0 ? size : Math.min(size, itemsMax);
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
                    ring = follower(ring, next);
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
        int repaired = (int) sum(ring -> ring.repair(self));
        retire();
        return repaired;
    }

    /**
     * The same for one that is kept waiting, at the least cost: a claim of the dead behind records that wait for a
     * consumer keeps nobody waiting yet, and is left.
     */
    public int repairToHead(Owner self) {
        int repaired = (int) sum(ring -> ring.repairToHead(self));
        retire();
        return repaired;
    }

    /** How many records were dropped because too many owners died over them, in the rings that are still there. */
    public long dropped() {
        return sum(MpmcRing::dropped);
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

    @Override
    public String toString() {
        return "RingChain[" + size() + " items, rings from " + first() + " on]";
    }

    /** The id of the first ring that is not over. */
    int first() {
        // SYNC chain-first ↔ RingChain.retire: the end of the ring before it; otherwise this thread could take that
        // one for the last.
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
            MpmcRing other = open.putIfAbsent(id, ring.inChain(id));
            allFrom = NONE;
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
                throw RingStore.missing(id);
            }
        }
    }

    /**
     * The ring behind one, or null if it was removed because it is over: then the chain is to be followed from its
     * first ring on.
     *
     * @throws CorruptRecordException if it is none that can follow
     * @throws UncheckedIOException if it is missing though it is not over
     */
    MpmcRing follower(MpmcRing ring, int next) {
        checkFollows(ring.chainId(), next);
        MpmcRing follower = ring(next);
        // The chain passes a ring before that goes: one that is missing and was not passed is not coming back.
        if (follower == null && first() - next <= 0) {
            throw RingStore.missing(next);
        }
        return follower;
    }

    static void checkFollows(int id, int next) {
        if (next - id <= 0) {
            throw CorruptRecordException.follower(id, next);
        }
    }

    /** Keeps a ring open that this process has just linked. */
    void add(MpmcRing ring) {
        open.putIfAbsent(ring.chainId(), ring);
    }

    ChainGrowth growth() {
        return new ChainGrowth(this, anchor, store);
    }

    /** Data area of the first ring in bytes; there is none smaller. */
    int capacity() {
        return capacity;
    }

    /** Adds up over all rings. */
    long sum(ToLongFunction<MpmcRing> part) {
        long[] sum = {0};
        forEachRing(ring -> sum[0] += part.applyAsLong(ring));
        return sum[0];
    }

    /** Returns the last ring. */
    private MpmcRing forEachRing(Consumer<MpmcRing> action) {
        MpmcRing ring = firstRing();
        while (true) {
            action.accept(ring);
            int next = ring.next();
            if (next == NONE) {
                return ring;
            }
            MpmcRing follower = follower(ring, next);
            ring = follower == null ? firstRing() : follower;
        }
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
            int next = ring.next();
            if (next == NONE || !ring.isOver()) {
                dropPassed(id);
                return;
            }
            checkFollows(id, next);
            // SYNC chain-first ↔ RingChain.first: the chain goes on at the next ring, before this one's name goes;
            // otherwise a newcomer could look for a name that is not there any more.
            if (anchor.compareAndSetInt(ChainLayout.FIRST, id, next)) {
                forget(id);
            }
        }
    }

    /** Lets go of the rings that the chain has passed, by whomever: they are not followed any more. */
    private void dropPassed(int first) {
        if (first != allFrom) {
            allFrom = first;
            open.keySet().removeIf(known -> known - first < 0);
        }
    }

    private void forget(int id) {
        try {
            store.remove(id);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
