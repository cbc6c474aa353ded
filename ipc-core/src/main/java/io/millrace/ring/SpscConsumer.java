package io.millrace.ring;

import io.millrace.memory.CircularRegion;
import io.millrace.memory.LongWord;
import io.millrace.memory.Region;

/**
 * The reading end of an {@link SpscRing}.
 *
 * <p><b>Who may call it:</b> one thread at a time; the handle may pass from thread to thread with the usual care.
 *
 * <p><b>Delivery:</b> a record counts as read when its handler has returned or thrown. The space of the records that
 * one call read is given back at the end of the call, all at once; if the process dies within the call, the next
 * consumer gets the records of that call again, from the first.
 *
 * <p><b>Death of the producer:</b> is not noticed here; what it published can be read, and then the ring is empty.
 */
public final class SpscConsumer implements AutoCloseable {
    private static final int READY = 0;
    private static final int READING = 1;
    private static final int CLOSED = 2;

    private final Region body;
    private final CircularRegion data;
    private final int capacity;
    private final int mask;
    private final int ownerId;
    private final LongWord freed;

    private long consumed;
    /** What may be done: one word, so that a read costs one look. */
    private int state = READY;

    SpscConsumer(Region body, int capacity, int ownerId) {
        this.body = body;
        this.data = CircularRegion.over(body, SpscLayout.DATA, capacity);
        this.capacity = capacity;
        this.mask = capacity - 1;
        this.ownerId = ownerId;
        this.freed = body.longWord(SpscLayout.CONSUMED);
        this.consumed = SpscLayout.consumed(body);
    }

    /**
     * Passes records to a handler until there is none or the limit is reached.
     *
     * <p>A handler that throws ends the call: its record counts as read, those before it too, those behind it stay;
     * the exception is passed on. (Otherwise a message that its handler cannot bear would come again for ever.)
     *
     * @param limit at least 1; small limits give space back sooner, large ones cost less per record; 1 is best for a
     *     reader that answers each message at once, because it does not look where the producer writes the next
     * @return how many records were passed on; 0 if there was none
     * @throws CorruptRecordException if the next record is damaged; it stays, and so does everything behind it
     * @throws IllegalStateException if the handle is closed, or the call comes from a handler
     */
    public int read(RecordHandler handler, int limit) {
        checkReady();
        if (limit < 1) {
            throw new IllegalArgumentException("limit of records to read: actual " + limit + ", expected at least 1");
        }
        long header = headerAt(consumed);
        if (header == RecordHeader.NOT_YET) {
            return 0;
        }
        // Padding is below zero, and not counted: behind it there may be the one.
        return limit == 1 && header > 0 ? readOne(header, handler) : readSome(header, handler, limit);
    }

    /**
     * What {@code readSome} would do, but without a loop, for which the compiler keeps more than it has registers: a
     * reader that answers each message at once answers a few per cent sooner (docs/decisions/0026).
     */
    private int readOne(long header, RecordHandler handler) {
        long position = consumed;
        int index = (int) position & mask;
        long next = position + RecordHeader.check(header, position, index, capacity);
        state = READING;
        try {
            data.moveView(position, RecordHeader.recordLength(header) - RecordHeader.LENGTH);
            handler.onRecord(RecordHeader.type(header), data.view());
        } finally {
            state = READY;
            free(next);
        }
        return 1;
    }

    private int readSome(long first, RecordHandler handler, int limit) {
        long header = first;
        long start = consumed;
        long position = start;
        int count = 0;
        state = READING;
        try {
            while (true) {
                long here = position;
                long next = here + RecordHeader.check(header, here, (int) here & mask, capacity);
                if (next - start >= capacity) {
                    throw CorruptRecordException.endlessChain(start, here, capacity);
                }
                position = next; // also if its handler throws
                if (header > 0) { // else it is padding
                    count++;
                    data.moveView(here, RecordHeader.recordLength(header) - RecordHeader.LENGTH);
                    handler.onRecord(RecordHeader.type(header), data.view());
                    if (count == limit) {
                        break;
                    }
                }
                header = headerAt(position);
                if (header == RecordHeader.NOT_YET) {
                    break;
                }
            }
        } finally {
            state = READY;
            free(position);
        }
        return count;
    }

    private long headerAt(long position) {
        // SYNC publish-record ↔ SpscProducer.publish: the control word before the payload; otherwise we could read
        // bytes that are not written yet, and a loop that looks again and again could wait for ever.
        return data.getLongAcquire(position);
    }

    /** Gives the space before that position back. */
    private void free(long position) {
        consumed = position;
        // SYNC free-space ↔ SpscLayout.consumed: our loads before the position; otherwise the producer could
        // overwrite a message while we read it.
        freed.putLongRelease(position);
    }

    /**
     * Whether something lies where the next record begins, be it padding or damage. Any thread may call it at any time;
     * of one whose turn it is not, the answer may be old.
     */
    public boolean hasNext() {
        return headerAt(consumed) != RecordHeader.NOT_YET;
    }

    /**
     * Gives the role back; what was not read stays for the next consumer. Called by the consumer's thread. Idempotent.
     *
     * @throws IllegalStateException if the call comes from a handler
     */
    @Override
    public void close() {
        if (state != CLOSED) {
            if (state == READING) {
                throw new IllegalStateException("close() within a handler; return from it first");
            }
            state = CLOSED;
            data.clearView();
            Role.CONSUMER.release(body, ownerId);
        }
    }

    @Override
    public String toString() {
        return "SpscConsumer[owner " + ownerId + (state == CLOSED ? ", closed]" : ", position " + consumed + "]");
    }

    private void checkReady() {
        if (state != READY) {
            throw new IllegalStateException(state == CLOSED ? "the consumer is closed"
                : "read() within a handler; return from it first");
        }
    }
}
