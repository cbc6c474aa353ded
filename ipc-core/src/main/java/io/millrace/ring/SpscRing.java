package io.millrace.ring;

import io.millrace.format.AnnotatedDump;
import io.millrace.format.CorruptSegmentException;
import io.millrace.format.Segment;
import io.millrace.memory.Region;
import java.io.IOException;
import java.nio.file.Path;

/**
 * A ring of variable-length messages from one producer to one consumer, in this process or in two.
 *
 * <p><b>Who may call it:</b> any number of processes open one ring. Producer and consumer are roles that one owner has
 * at a time, in all processes together; a second claim fails with {@link RoleTakenException}.
 *
 * <p><b>Memory consistency effects:</b> what the producer did before it published a record happens before the handler
 * of that record; what the handler did happens before the producer's next write into the same space.
 *
 * <p><b>Order and delivery:</b> first in, first out. A record is delivered once; see {@link SpscConsumer} for what a
 * consumer that died had in hand.
 *
 * <p><b>Death of a peer:</b> a producer that dies leaves what it published, and nothing of what it had not; a consumer
 * that dies leaves everything that it had not given back. The ring needs no repair: whoever takes the role of a dead
 * owner, see {@link Owner}, finds its position from what is there.
 *
 * <p><b>Close:</b> gives back the roles taken through this handle and lets go of the mapping. The file stays until
 * somebody deletes it. After close every call throws {@link IllegalStateException}.
 *
 * <p><b>Cost:</b> reading and writing are wait-free, O(bytes copied), allocate nothing and make no system call. Taking
 * the producer's role walks over the records in the ring.
 *
 * <p>The protocol is {@code docs/protocols/spsc-ring.md}, the bytes are {@code docs/format.md}.
 */
public final class SpscRing implements AutoCloseable {
    /** Capacity of the data area in bytes: the least. */
    public static final int CAPACITY_MIN = SpscLayout.CAPACITY_MIN;
    /** Capacity of the data area in bytes: the most. */
    public static final int CAPACITY_MAX = SpscLayout.CAPACITY_MAX;

    private static final int LOOKS_MAX = 8;
    private static final int DUMPED_RECORDS_MAX = 64;

    private final Segment segment;
    private final Region body;
    private final int capacity;
    private SpscProducer producer;
    private SpscConsumer consumer;
    private volatile boolean closed;

    private SpscRing(Segment segment, Region body, int capacity) {
        this.segment = segment;
        this.body = body;
        this.capacity = capacity;
    }

    /**
     * Makes a ring in a new file.
     *
     * @param capacity of the data area in bytes, {@value SpscLayout#CAPACITY_MIN} to {@value SpscLayout#CAPACITY_MAX};
     *     rounded up to a power of two
     * @throws IllegalArgumentException if the capacity is out of range
     * @throws java.nio.file.FileAlreadyExistsException if the name is taken
     * @throws io.millrace.memory.InsufficientSpaceException if the file system has no room
     * @throws IOException if the file cannot be made; nothing is left behind
     */
    public static SpscRing create(Path path, long capacity) throws IOException {
        return create(path, capacity, 0);
    }

    /** The same, starting at any position that is a multiple of 8: for tests, which must not all start at zero. */
    static SpscRing create(Path path, long capacity, long position) throws IOException {
        int rounded = roundedCapacity(capacity);
        Segment segment = Segment.create(path, SpscLayout.KIND, (long) SpscLayout.DATA + rounded,
            body -> initialise(body, rounded, position));
        return new SpscRing(segment, segment.body(), rounded);
    }

    /**
     * Opens a ring that somebody created.
     *
     * @throws io.millrace.format.SegmentFormatException if the file is not such a ring
     * @throws IOException if the file cannot be opened
     */
    public static SpscRing open(Path path) throws IOException {
        Segment segment = Segment.open(path, SpscLayout.KIND);
        try {
            return new SpscRing(segment, segment.body(), checkedCapacity(segment));
        } catch (IOException | RuntimeException | Error e) {
            segment.close();
            throw e;
        }
    }

    /**
     * Makes a ring in private memory, between threads of this process.
     *
     * @param capacity as for {@link #create(Path, long)}
     */
    public static SpscRing allocate(long capacity) {
        return allocate(capacity, 0);
    }

    /** The same, starting at any position that is a multiple of 8: for tests. */
    static SpscRing allocate(long capacity, long position) {
        int rounded = roundedCapacity(capacity);
        Region body = Region.allocate(SpscLayout.DATA + rounded);
        initialise(body, rounded, position);
        return new SpscRing(null, body, rounded);
    }

    /**
     * Takes the producer's role.
     *
     * @throws RoleTakenException if an owner has it that is not known to be dead
     * @throws CorruptRecordException if the ring is damaged; the role stays free
     */
    public synchronized SpscProducer producer(Owner owner) {
        checkOpen();
        Role.PRODUCER.claim(body, owner);
        try {
            producer = new SpscProducer(body, capacity, owner.id());
            return producer;
        } catch (CorruptRecordException e) {
            Role.PRODUCER.release(body, owner.id());
            throw e;
        }
    }

    /**
     * Takes the consumer's role.
     *
     * @throws RoleTakenException if an owner has it that is not known to be dead
     * @throws CorruptRecordException if the ring is damaged; the role stays free
     */
    public synchronized SpscConsumer consumer(Owner owner) {
        checkOpen();
        Role.CONSUMER.claim(body, owner);
        try {
            consumer = new SpscConsumer(body, capacity, owner.id());
            return consumer;
        } catch (CorruptRecordException e) {
            Role.CONSUMER.release(body, owner.id());
            throw e;
        }
    }

    /** Length of the data area in bytes, a power of two. Each message takes 8 bytes more and is aligned to 8. */
    public int capacity() {
        checkOpen();
        return capacity;
    }

    /** Longest message in bytes: {@code capacity / 2 - 8}, so that an empty ring takes it wherever its lap stands. */
    public int messageLengthMax() {
        checkOpen();
        return messageLengthMax(capacity);
    }

    /** The word of the signal that a producer raises after it published, if its consumer may be asleep. */
    public Region dataSignalWord() {
        checkOpen();
        return body.slice(SpscLayout.DATA_SIGNAL, Integer.BYTES);
    }

    /** The word of the signal that a consumer raises after it read, if its producer may be asleep. */
    public Region spaceSignalWord() {
        checkOpen();
        return body.slice(SpscLayout.SPACE_SIGNAL, Integer.BYTES);
    }

    /**
     * The ring as annotated hexadecimal text: headers, then the unread records, 64 at the most. Reads only, and may be
     * called at any time: a record that is read and overwritten meanwhile ends the text.
     */
    public String dump() {
        checkOpen();
        StringBuilder text = new StringBuilder(segment == null ? "" : segment.dumpHeader());
        text.append(AnnotatedDump.of(body, 0, SpscLayout.LAYOUT));
        int[] dumped = {0};
        try {
            walk(SpscLayout.consumed(body), (position, offset, header) -> {
                text.append("position ").append(position).append(", type ").append(RecordHeader.type(header))
                    .append(", ").append(RecordHeader.recordLength(header) - RecordHeader.LENGTH).append(" bytes\n")
                    .append(AnnotatedDump.of(body, offset, RecordHeader.layout(header)));
                return ++dumped[0] < DUMPED_RECORDS_MAX;
            });
        } catch (CorruptRecordException e) {
            text.append(e.getMessage()).append('\n');
        }
        return text.toString();
    }

    /**
     * Passes all unread records to a handler, and changes nothing. Any thread of any process may
     * call it at any time: a record that is passed may have been read meanwhile, and overwritten.
     *
     * @return whether every record that was unread during the whole call was passed on; false if the ring is damaged,
     *     or is read so quickly that it cannot be told
     */
    public boolean inspect(RecordHandler handler) {
        checkOpen();
        for (int attempt = 0; attempt < LOOKS_MAX; attempt++) {
            long from = SpscLayout.consumed(body);
            boolean whole = passAll(from, handler);
            if (SpscLayout.consumed(body) == from) {
                return whole;
            }
        }
        return false;
    }

    private boolean passAll(long from, RecordHandler handler) {
        try {
            walk(from, (position, offset, header) -> {
                if (RecordHeader.type(header) != RecordHeader.PADDING) {
                    handler.onRecord(RecordHeader.type(header), body.slice(offset + RecordHeader.LENGTH,
                        RecordHeader.recordLength(header) - RecordHeader.LENGTH));
                }
                return true;
            });
            return true;
        } catch (CorruptRecordException e) {
            return false;
        }
    }

    /** What one who walks does at each record; whether he goes on. */
    private interface Step {
        boolean at(long position, int offset, long header);
    }

    private void walk(long from, Step step) {
        long position = from;
        boolean goesOn = true;
        while (goesOn) {
            int index = (int) position & (capacity - 1);
            // SYNC publish-record ↔ SpscProducer.publish: payload after control word; otherwise who walks could see
            // the bytes of an older record.
            long header = body.getLongAcquire(SpscLayout.DATA + index);
            if (header == RecordHeader.NOT_YET) {
                return;
            }
            int length = RecordHeader.check(header, position, index, capacity);
            goesOn = step.at(position, SpscLayout.DATA + index, header);
            position += length;
            if (position - from >= capacity) {
                throw CorruptRecordException.endlessChain(from, position, capacity);
            }
        }
    }

    /**
     * Gives back the roles that were taken through this handle, and lets go of the mapping. Called while no
     * other thread is inside a call of the two ends. Idempotent.
     *
     * @throws IllegalStateException if the call comes from a handler; nothing was changed
     */
    @Override
    public synchronized void close() throws IOException {
        if (consumer != null) {
            consumer.close(); // first, because it may refuse
        }
        closed = true;
        if (producer != null) {
            producer.close();
        }
        if (segment != null) {
            segment.close();
        }
    }

    @Override
    public String toString() {
        String where = segment == null ? "private memory" : segment.path().toString();
        return "SpscRing[" + where + (closed ? ", closed" : ", " + capacity + " bytes, producer: "
            + Role.PRODUCER.holder(body) + ", consumer: " + Role.CONSUMER.holder(body)) + "]";
    }

    static int messageLengthMax(int capacity) {
        return capacity / 2 - RecordHeader.LENGTH;
    }

    private void checkOpen() {
        if (closed) {
            throw new IllegalStateException(this + " is closed");
        }
    }

    private static void initialise(Region body, int capacity, long position) {
        body.putIntPlain(SpscLayout.CAPACITY, capacity);
        body.putLongPlain(SpscLayout.CONSUMED, position);
    }

    private static int roundedCapacity(long capacity) {
        if (capacity < CAPACITY_MIN || capacity > CAPACITY_MAX) {
            throw new IllegalArgumentException("capacity of a ring: actual " + capacity + " bytes, expected "
                + CAPACITY_MIN + " to " + CAPACITY_MAX);
        }
        int floor = Integer.highestOneBit((int) capacity);
        return floor == capacity ? floor : floor << 1;
    }

    private static int checkedCapacity(Segment segment) throws CorruptSegmentException {
        Region body = segment.body();
        if (body.length() < SpscLayout.DATA) {
            throw new CorruptSegmentException(segment.path(),
                "length of the body: actual " + body.length() + ", expected at least " + SpscLayout.DATA);
        }
        int capacity = body.getIntPlain(SpscLayout.CAPACITY);
        if (capacity < CAPACITY_MIN || Integer.bitCount(capacity) != 1 || capacity != body.length() - SpscLayout.DATA) {
            throw new CorruptSegmentException(segment.path(), "capacity: actual " + capacity + ", expected "
                + (body.length() - SpscLayout.DATA) + ", and a power of two of at least " + CAPACITY_MIN);
        }
        return capacity;
    }
}
