package io.millrace.ring;

import io.millrace.format.AnnotatedDump;
import io.millrace.format.Segment;
import io.millrace.memory.Region;
import java.io.IOException;
import java.nio.file.Path;

/**
 * A ring of variable-length messages from any number of producers to any number of competing consumers, in any number
 * of processes, any of which may die at any instant.
 *
 * <p><b>Who may call it:</b> any number of threads and processes; each end is for one thread at a time.
 *
 * <p><b>Memory consistency effects:</b> what a producer did before it published a record happens before whatever the
 * consumer does that took it; what that one did before it released the record happens before the next claim of its
 * space.
 *
 * <p><b>Order and delivery:</b> records are taken in the order of their claims, so the messages of one producer are
 * taken in its order. A published record is delivered once, unless the consumer that has it in hand dies or gives it
 * back; then it comes again, before newer ones, and says so.
 *
 * <p><b>Death:</b> what an owner had in its hands stays there until somebody calls {@link #repair}, which anybody may
 * who is kept waiting. A claim becomes padding, a taken record is published again or, after as many deaths as the
 * ring's limit says, dropped and counted. The ring has no other state that could be left half-way.
 *
 * <p><b>Close:</b> of this handle; its ends must have been closed before. The file stays until somebody deletes it.
 *
 * <p><b>Cost:</b> lock-free; {@code repair} walks over all records in the ring.
 *
 * <p>The protocol is {@code docs/protocols/mpmc-ring.md}, the bytes are {@code docs/format.md}.
 */
public final class MpmcRing implements AutoCloseable {
    /** Bytes in a granule, unless others are asked for: a short message. */
    public static final int GRANULE_LENGTH = 32;
    /** How many owners may die over one record before it is dropped, unless another number is asked for. */
    public static final int DELIVERIES_MAX = ControlWord.DELIVERIES_MAX;

    private static final int DUMPED_RECORDS_MAX = 64;
    private static final int NOBODY = 0;

    private final Segment segment;
    private final Region body;
    private final MpmcGeometry geometry;
    private int chainId;
    private volatile boolean closed;

    private MpmcRing(Segment segment, Region body, MpmcGeometry geometry) {
        this.segment = segment;
        this.body = body;
        this.geometry = geometry;
    }

    /** Makes a ring in a new file, with the usual granules and limit of deliveries. */
    public static MpmcRing create(Path path, long capacity) throws IOException {
        return create(path, capacity, GRANULE_LENGTH, DELIVERIES_MAX);
    }

    /**
     * Makes a ring in a new file.
     *
     * @param capacity of the data area in bytes, at least 1024 granules; rounded up to a power of two
     * @param granuleLength in bytes, a power of two from 16 to 65536. A record takes whole granules; each granule costs
     *     16 bytes more for its control word and its header
     * @param deliveriesMax 1 to 3: a record is dropped when so many owners in a row took it and died; 1 delivers at
     *     most once
     * @throws IllegalArgumentException if an argument is out of range
     * @throws java.nio.file.FileAlreadyExistsException if the name is taken
     * @throws io.millrace.memory.InsufficientSpaceException if the file system has no room
     * @throws IOException if the file cannot be made; nothing is left behind
     */
    public static MpmcRing create(Path path, long capacity, int granuleLength, int deliveriesMax) throws IOException {
        MpmcGeometry geometry = MpmcGeometry.of(capacity, granuleLength, deliveriesMax, 0);
        return create(path, geometry, geometry.granules(), 0, NOBODY);
    }

    /** The same, starting at any position from the second lap on, and at any number of items. */
    static MpmcRing create(Path path, MpmcGeometry geometry, long position, int items, int creator)
        throws IOException {
        String maker = creator == NOBODY ? "" : Integer.toString(creator);
        Segment segment = Segment.create(path, maker, MpmcLayout.KIND, geometry.bodyLength(), body -> {
            geometry.initialise(body, position, items);
            body.putIntPlain(MpmcLayout.CREATOR, creator);
        });
        return new MpmcRing(segment, segment.body(), geometry);
    }

    /**
     * Opens a ring that somebody created.
     *
     * @throws io.millrace.format.SegmentFormatException if the file is not such a ring
     * @throws IOException if the file cannot be opened
     */
    public static MpmcRing open(Path path) throws IOException {
        Segment segment = Segment.open(path, MpmcLayout.KIND);
        try {
            return new MpmcRing(segment, segment.body(), MpmcGeometry.readChecked(segment));
        } catch (IOException | RuntimeException | Error e) {
            segment.close();
            throw e;
        }
    }

    /** Makes a ring in private memory, between threads of this process; the arguments are those of {@code create}. */
    public static MpmcRing allocate(long capacity, int granuleLength, int deliveriesMax) {
        MpmcGeometry geometry = MpmcGeometry.of(capacity, granuleLength, deliveriesMax, 0);
        return allocate(geometry, geometry.granules(), 0);
    }

    /** The same, starting at any position from the second lap on, and at any number of items. */
    static MpmcRing allocate(MpmcGeometry geometry, long position, int items) {
        Region body = Region.allocate((int) geometry.bodyLength());
        geometry.initialise(body, position, items);
        return new MpmcRing(null, body, geometry);
    }

    /** A ring over memory that was initialised before. */
    static MpmcRing over(Region body) {
        return new MpmcRing(null, body, MpmcGeometry.read(body));
    }

    /**
     * A further writing end.
     *
     * @throws IllegalArgumentException if the owner's id is beyond what a control word holds, 2^26 - 1
     */
    public MpmcProducer producer(Owner owner) {
        checkOpen();
        return new MpmcProducer(body, records(), checked(owner), messageLengthMax());
    }

    /**
     * A further reading end.
     *
     * @throws IllegalArgumentException if the owner's id is beyond what a control word holds, 2^26 - 1
     */
    public MpmcConsumer consumer(Owner owner) {
        checkOpen();
        return new MpmcConsumer(body, records(), checked(owner));
    }

    /**
     * Mends what dead owners left in their hands, so that those who wait for it can go on. Anybody may call it at any
     * time, any number at once; it waits for nobody.
     *
     * @param self whose {@code isDead} is asked about the owners found
     * @return how many records were mended
     * @throws CorruptRecordException if a control word is damaged
     */
    public int repair(Owner self) {
        checkOpen();
        return new MpmcRepair(records(), self, geometry.deliveriesMax()).runOverAll();
    }

    /** Mends only what keeps others waiting. */
    int repairToHead(Owner self) {
        return new MpmcRepair(records(), self, geometry.deliveriesMax()).runToHead();
    }

    /** Length of the data area in bytes, a power of two. */
    public int capacity() {
        checkOpen();
        return geometry.capacity();
    }

    /** Longest message in bytes: what fits in half the ring but one granule, so that it fits wherever a lap stands. */
    public int messageLengthMax() {
        checkOpen();
        return geometry.messageLengthMax();
    }

    /** The word of the signal that a producer raises after it published, if consumers may be asleep. */
    public Region dataSignalWord() {
        checkOpen();
        return body.slice(MpmcLayout.DATA_SIGNAL, Integer.BYTES);
    }

    /** The word of the signal that a consumer raises after it released, if producers may be asleep. */
    public Region spaceSignalWord() {
        checkOpen();
        return body.slice(MpmcLayout.SPACE_SIGNAL, Integer.BYTES);
    }

    /**
     * The ring as annotated text: headers, hints, then the control words of the records whose space is in use, 64 at
     * the most. Reads only, and may be called at any time; what changes meanwhile may show as it was or as it is.
     */
    public String dump() {
        checkOpen();
        StringBuilder text = new StringBuilder(segment == null ? "" : segment.dumpHeader());
        text.append(AnnotatedDump.of(body, 0, MpmcLayout.LAYOUT));
        try {
            MpmcRecords records = records();
            long at = records.reclaimed();
            for (int i = 0; i < DUMPED_RECORDS_MAX; i++) {
                long word = records.word(at);
                if (!ControlWord.isOfLap(word, records.lap(at))) {
                    break;
                }
                text.append("position ").append(at).append(": ").append(ControlWord.describe(word)).append('\n');
                if (ControlWord.state(word) == ControlWord.END) {
                    break;
                }
                at += records.checkedSpan(at, word);
            }
        } catch (CorruptRecordException e) {
            text.append(e.getMessage()).append('\n');
        }
        return text.toString();
    }

    /** Lets go of the mapping. Idempotent. */
    @Override
    public void close() throws IOException {
        closed = true;
        if (segment != null) {
            segment.close();
        }
    }

    @Override
    public String toString() {
        String where = segment == null ? "private memory" : segment.path().toString();
        return "MpmcRing[" + where + (closed ? ", closed" : ", " + geometry.granules() + " granules of "
            + geometry.granuleLength() + " bytes, tail " + shown(MpmcLayout.TAIL) + ", head " + shown(MpmcLayout.HEAD))
            + "]";
    }

    private long shown(int hint) {
        return body.getLongPlain(hint) >>> geometry.itemBits();
    }

    Region body() {
        return body;
    }

    MpmcGeometry geometry() {
        return geometry;
    }

    /** Says which ring of a chain it is, before others of this process have it. */
    MpmcRing inChain(int id) {
        chainId = id;
        return this;
    }

    /** Which ring of its chain it is; the ids grow along the chain. */
    int chainId() {
        return chainId;
    }

    /** The owner that made the ring for a chain. */
    int creator() {
        return body.getIntPlain(MpmcLayout.CREATOR);
    }

    /** What follows this ring if it is ended, else 0. */
    int next() {
        MpmcRecords records = records();
        long tail = records.settleTail();
        return records.nextAt(records.positionIn(tail), records.settledWord());
    }

    /** Whether the ring is ended and all its records are over. */
    boolean isOver() {
        MpmcRecords records = records();
        long reclaimed = records.reclaimAll();
        return records.nextAt(reclaimed, records.word(reclaimed)) != RingChain.NONE;
    }

    /** Whether its positions have run out: it must be ended, room or not. */
    boolean isWornOut() {
        MpmcRecords records = records();
        return records.isWornOut(records.positionIn(records.settleTail()));
    }

    /** The number of items before tail. */
    int items() {
        MpmcRecords records = records();
        return records.itemsIn(records.settleTail());
    }

    /** How many records were dropped. */
    long dropped() {
        // SYNC mpmc-returned ↔ MpmcWords.countDropped: nothing is ordered, any value will do; otherwise, if read
        // plainly, a loop that shows it could show the same for ever.
        return body.getLongAcquire(MpmcLayout.DROPPED);
    }

    /** Starts to count items from there; for a ring that nobody else uses yet. */
    void startAt(int items) {
        geometry.initialise(body, records().reclaimed(), items);
    }

    MpmcRecords records() {
        return new MpmcRecords(body, geometry, segment == null ? body : segment.creationId());
    }

    private void checkOpen() {
        if (closed) {
            throw new IllegalStateException(this + " is closed");
        }
    }

    private static Owner checked(Owner owner) {
        if (owner.id() > ControlWord.OWNER_MAX) {
            throw new IllegalArgumentException(
                "owner id: actual " + owner.id() + ", expected 1 to " + ControlWord.OWNER_MAX + " in this ring");
        }
        return owner;
    }
}
