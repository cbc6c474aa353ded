package io.millrace.ring;

import io.millrace.format.AnnotatedDump;
import io.millrace.format.CorruptSegmentException;
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
    /** Bytes in a granule, unless others are asked for: a short message and its header. */
    public static final int GRANULE_LENGTH = 64;
    /** How many owners may die over one record before it is dropped, unless another number is asked for. */
    public static final int DELIVERIES_MAX = ControlWord.DELIVERIES_MAX;

    private static final int DUMPED_RECORDS_MAX = 64;

    private final Segment segment;
    private final Region body;
    private final int granules;
    private final int granuleLength;
    private final int deliveriesMax;
    private volatile boolean closed;

    private MpmcRing(Segment segment, Region body) {
        this.segment = segment;
        this.body = body;
        this.granules = body.getIntPlain(MpmcLayout.GRANULES);
        this.granuleLength = body.getIntPlain(MpmcLayout.GRANULE_LENGTH);
        this.deliveriesMax = body.getIntPlain(MpmcLayout.DELIVERIES_MAX);
    }

    /** Makes a ring in a new file, with the usual granules and limit of deliveries. */
    public static MpmcRing create(Path path, long capacity) throws IOException {
        return create(path, capacity, GRANULE_LENGTH, DELIVERIES_MAX);
    }

    /**
     * Makes a ring in a new file.
     *
     * @param capacity of the data area in bytes, at least 1024 granules; rounded up to a power of two
     * @param granuleLength in bytes, a power of two from 16 to 65536. A record takes whole granules, with 8 bytes for
     *     its header; each granule costs 8 bytes more for its control word
     * @param deliveriesMax 1 to 3: a record is dropped when so many owners in a row took it and died; 1 delivers at
     *     most once
     * @throws IllegalArgumentException if an argument is out of range
     * @throws java.nio.file.FileAlreadyExistsException if the name is taken
     * @throws io.millrace.memory.InsufficientSpaceException if the file system has no room
     * @throws IOException if the file cannot be made; nothing is left behind
     */
    public static MpmcRing create(Path path, long capacity, int granuleLength, int deliveriesMax) throws IOException {
        int granules = checkedGranules(capacity, granuleLength);
        return create(path, granules, granuleLength, deliveriesMax, granules);
    }

    /** The same, starting at any position from the second lap on: for tests, which must not all start alike. */
    static MpmcRing create(Path path, int granules, int granuleLength, int deliveriesMax, long position)
        throws IOException {
        checkDeliveriesMax(deliveriesMax);
        Segment segment = Segment.create(path, MpmcLayout.KIND, MpmcLayout.bodyLength(granules, granuleLength),
            body -> initialise(body, granules, granuleLength, deliveriesMax, position));
        return new MpmcRing(segment, segment.body());
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
            checkGeometry(segment);
            return new MpmcRing(segment, segment.body());
        } catch (IOException | RuntimeException | Error e) {
            segment.close();
            throw e;
        }
    }

    /** Makes a ring in private memory, between threads of this process; the arguments are those of {@code create}. */
    public static MpmcRing allocate(long capacity, int granuleLength, int deliveriesMax) {
        int granules = checkedGranules(capacity, granuleLength);
        return allocate(granules, granuleLength, deliveriesMax, granules);
    }

    /** The same, starting at any position from the second lap on: for tests. */
    static MpmcRing allocate(int granules, int granuleLength, int deliveriesMax, long position) {
        checkDeliveriesMax(deliveriesMax);
        Region body = Region.allocate((int) MpmcLayout.bodyLength(granules, granuleLength));
        initialise(body, granules, granuleLength, deliveriesMax, position);
        return new MpmcRing(null, body);
    }

    /** A ring over memory that was initialised before. */
    static MpmcRing over(Region body) {
        return new MpmcRing(null, body);
    }

    /**
     * A further writing end.
     *
     * @throws IllegalArgumentException if the owner's id is beyond what a control word holds, 2^26 - 1
     */
    public MpmcProducer producer(Owner owner) {
        checkOpen();
        return new MpmcProducer(body, records(), checkedId(owner), messageLengthMax());
    }

    /**
     * A further reading end.
     *
     * @throws IllegalArgumentException if the owner's id is beyond what a control word holds, 2^26 - 1
     */
    public MpmcConsumer consumer(Owner owner) {
        checkOpen();
        return new MpmcConsumer(body, records(), checkedId(owner));
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
        return new MpmcRepair(records(), self.isDead(), deliveriesMax).run();
    }

    /** Length of the data area in bytes, a power of two. */
    public int capacity() {
        checkOpen();
        return granules * granuleLength;
    }

    /** Longest message in bytes: what fits in half the ring but one granule, so that it fits wherever a lap stands. */
    public int messageLengthMax() {
        checkOpen();
        long spanMax = Math.min(granules / 2 - 1, ControlWord.SPAN_MAX);
        return (int) (spanMax * granuleLength) - MpmcLayout.RECORD_HEADER_LENGTH;
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
            long at = records.position(MpmcLayout.RECLAIMED);
            for (int i = 0; i < DUMPED_RECORDS_MAX; i++) {
                long word = records.word(at);
                if (!ControlWord.isOfLap(word, records.lap(at))) {
                    break;
                }
                text.append("position ").append(at).append(": ").append(ControlWord.describe(word)).append('\n');
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
        return "MpmcRing[" + where + (closed ? ", closed" : ", " + granules + " granules of " + granuleLength
            + " bytes, tail " + body.getLongPlain(MpmcLayout.TAIL) + ", head " + body.getLongPlain(MpmcLayout.HEAD))
            + "]";
    }

    private MpmcRecords records() {
        return new MpmcRecords(body, granules, granuleLength);
    }

    private void checkOpen() {
        if (closed) {
            throw new IllegalStateException(this + " is closed");
        }
    }

    static void initialise(Region body, int granules, int granuleLength, int deliveriesMax, long position) {
        body.putIntPlain(MpmcLayout.GRANULES, granules);
        body.putIntPlain(MpmcLayout.GRANULE_LENGTH, granuleLength);
        body.putIntPlain(MpmcLayout.DELIVERIES_MAX, deliveriesMax);
        body.putLongPlain(MpmcLayout.TAIL, position);
        body.putLongPlain(MpmcLayout.HEAD, position);
        body.putLongPlain(MpmcLayout.RECLAIMED, position);
    }

    private static int checkedId(Owner owner) {
        if (owner.id() > ControlWord.OWNER_MAX) {
            throw new IllegalArgumentException(
                "owner id: actual " + owner.id() + ", expected 1 to " + ControlWord.OWNER_MAX + " in this ring");
        }
        return owner.id();
    }

    private static void checkDeliveriesMax(int deliveriesMax) {
        if (deliveriesMax < 1 || deliveriesMax > ControlWord.DELIVERIES_MAX) {
            throw new IllegalArgumentException("limit of deliveries: actual " + deliveriesMax + ", expected 1 to "
                + ControlWord.DELIVERIES_MAX);
        }
    }

    private static int checkedGranules(long capacity, int granuleLength) {
        if (Integer.bitCount(granuleLength) != 1 || granuleLength < MpmcLayout.GRANULE_LENGTH_MIN
            || granuleLength > MpmcLayout.GRANULE_LENGTH_MAX) {
            throw new IllegalArgumentException("length of a granule: actual " + granuleLength
                + " bytes, expected a power of two from " + MpmcLayout.GRANULE_LENGTH_MIN + " to "
                + MpmcLayout.GRANULE_LENGTH_MAX);
        }
        long least = (long) MpmcLayout.GRANULES_MIN * granuleLength;
        long most = Long.highestOneBit(Segment.BODY_LENGTH_MAX) / 2;
        if (capacity < least || capacity > most) {
            throw new IllegalArgumentException("capacity of a ring with granules of " + granuleLength
                + " bytes: actual " + capacity + " bytes, expected " + least + " to " + most);
        }
        long floor = Long.highestOneBit(capacity);
        return (int) ((floor == capacity ? floor : floor << 1) / granuleLength);
    }

    private static void checkGeometry(Segment segment) throws CorruptSegmentException {
        Region body = segment.body();
        if (body.length() < MpmcLayout.WORDS) {
            throw new CorruptSegmentException(segment.path(),
                "length of the body: actual " + body.length() + ", expected at least " + MpmcLayout.WORDS);
        }
        int granules = body.getIntPlain(MpmcLayout.GRANULES);
        int granuleLength = body.getIntPlain(MpmcLayout.GRANULE_LENGTH);
        int deliveriesMax = body.getIntPlain(MpmcLayout.DELIVERIES_MAX);
        if (Integer.bitCount(granules) != 1 || granules < MpmcLayout.GRANULES_MIN
            || Integer.bitCount(granuleLength) != 1 || granuleLength < MpmcLayout.GRANULE_LENGTH_MIN
            || granuleLength > MpmcLayout.GRANULE_LENGTH_MAX
            || MpmcLayout.bodyLength(granules, granuleLength) != body.length()
            || deliveriesMax < 1 || deliveriesMax > ControlWord.DELIVERIES_MAX) {
            throw new CorruptSegmentException(segment.path(), "geometry: actual " + granules + " granules of "
                + granuleLength + " bytes and " + deliveriesMax + " deliveries in a body of " + body.length()
                + " bytes, expected powers of two that fill the body, and 1 to " + ControlWord.DELIVERIES_MAX);
        }
    }
}
