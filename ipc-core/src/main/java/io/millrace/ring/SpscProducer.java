package io.millrace.ring;

import io.millrace.memory.CircularRegion;
import io.millrace.memory.Region;
import org.agrona.DirectBuffer;

/**
 * The writing end of an {@link SpscRing}.
 *
 * <p>A message has a type, zero or more, which the ring carries and does not look at, and 0 to
 * {@link SpscRing#messageLengthMax} bytes.
 *
 * <table>
 *   <caption>Ways to write</caption>
 *   <tr><th></th><th>visible at once</th><th>visible with the rest of a batch</th></tr>
 *   <tr><td>copies</td><td>{@code tryWrite}</td><td>{@link #tryClaim}, copy, {@link Claim#append}</td></tr>
 *   <tr><td>in place</td><td>{@link #tryClaim}, {@link Claim#commit}</td><td>{@link #tryClaim},
 *       {@link Claim#append}</td></tr>
 * </table>
 *
 * A batch becomes visible as a whole, by one store, with {@link #publish} or the next message that is written; what was
 * not published when the producer closes or dies never existed.
 *
 * <p><b>Who may call it:</b> one thread at a time; the handle may pass from thread to thread with the usual care.
 *
 * <p><b>Full:</b> the operation returns false or null and changes nothing. A batch that fills the ring must be
 * published before the consumer can make room.
 *
 * <p><b>Death of the consumer:</b> is not noticed here; the ring fills up.
 */
public final class SpscProducer implements AutoCloseable {
    /*
     * Position and visibility.
     *
     * The consumer finds "nothing there yet" at `published`; the next record goes to `pending`. They differ while a
     * batch is being built. The control word of the batch's first record is held back in `firstHeader`, those of the
     * others are written as they come: behind a word that says "nothing there yet" nobody looks at them. Publishing is
     * one release store of the held-back word.
     *
     * Invariant, at every instant and whatever dies: the word at `published` is zero. So before a record can become
     * visible, the word behind it is zeroed, which is why a record needs the space of one word more than it takes.
     */
    private static final int SPARE = RecordHeader.LENGTH;

    /*
     * How far behind the last record a word is touched once the record is out: one cache line. The line that the next
     * short message reaches into is in this processor's hands then, and fetching it is off the way of that message to
     * its reader. Measured in docs/decisions/0003-spsc-publication.md.
     */
    private static final int TOUCH_AHEAD = 64;

    private final Region body;
    private final CircularRegion data;
    private final int capacity;
    private final int mask;
    private final int messageLengthMax;
    private final int ownerId;
    private final Claim claim;

    private long published;
    private long pending;
    private long firstHeader;
    private long consumedSeen;
    /** How far a record may reach by the last look: behind it the lap ends, or no room is known. */
    private long roomEnd;
    private int appended;

    SpscProducer(Region body, int capacity, int ownerId) {
        this.body = body;
        this.data = CircularRegion.over(body, SpscLayout.DATA, capacity);
        this.capacity = capacity;
        this.mask = capacity - 1;
        this.messageLengthMax = SpscRing.messageLengthMax(capacity);
        this.ownerId = ownerId;
        this.claim = new Claim(this, data);
        this.consumedSeen = SpscLayout.consumed(body);
        this.published = findEnd(consumedSeen);
        this.pending = published;
        this.roomEnd = published;
    }

    /** Writes and publishes a message; false if there is no room. */
    public boolean tryWrite(int type, byte[] source, int offset, int length) {
        if (!reserve(type, length)) {
            return false;
        }
        body.putBytes(payloadOffset(), source, offset, length);
        commit(header(type, length));
        return true;
    }

    /** Writes and publishes a message; false if there is no room. */
    public boolean tryWrite(int type, Region source, int offset, int length) {
        if (!reserve(type, length)) {
            return false;
        }
        body.putBytes(payloadOffset(), source, offset, length);
        commit(header(type, length));
        return true;
    }

    /** Writes and publishes a message; false if there is no room. */
    public boolean tryWrite(int type, DirectBuffer source, int offset, int length) {
        if (!reserve(type, length)) {
            return false;
        }
        body.putBytes(payloadOffset(), source, offset, length);
        commit(header(type, length));
        return true;
    }

    /**
     * Takes space to be filled in place.
     *
     * @return this producer's claim, open, or null if there is no room
     * @throws MessageTooLongException if the ring can never hold the message
     * @throws IllegalArgumentException if the type is negative
     * @throws IllegalStateException if the last claim is still open, or the handle is closed
     */
    public Claim tryClaim(int type, int length) {
        if (!reserve(type, length)) {
            return null;
        }
        claim.open(header(type, length), pending);
        return claim;
    }

    /** This producer's claim, be it open or not: always the same. */
    public Claim claim() {
        return claim;
    }

    /**
     * Makes everything visible that was appended since the last time.
     *
     * @return how many messages that were; possibly none
     */
    public int publish() {
        checkReady();
        return publishAppended();
    }

    private int publishAppended() {
        if (firstHeader != RecordHeader.NOT_YET) {
            publish(firstHeader, pending);
            firstHeader = RecordHeader.NOT_YET;
        }
        int count = appended;
        appended = 0;
        return count;
    }

    /**
     * Forgets everything that was appended and not published.
     *
     * @return how many messages that were
     */
    public int discard() {
        checkReady();
        int count = appended;
        appended = 0;
        firstHeader = RecordHeader.NOT_YET;
        pending = published;
        roomEnd = published; // what was known may be of the lap behind
        return count;
    }

    /**
     * Aborts the claim if one is open, gives the role back, and forgets what was not published. Called by the
     * producer's thread. Idempotent.
     */
    @Override
    public void close() {
        if (!claim.isProducerClosed()) {
            claim.closeProducer(); // or it could still be committed, into memory that is a successor's by then
            Role.PRODUCER.release(body, ownerId);
        }
    }

    @Override
    public String toString() {
        return "SpscProducer[owner " + ownerId
            + (claim.isProducerClosed() ? ", closed]" : ", position " + published + ", " + appended + " appended]");
    }

    /** Makes room at {@code pending} for a record, with padding before it where the lap ends; whether there is some. */
    private boolean reserve(int type, int length) {
        checkReady();
        if (Integer.compareUnsigned(length, messageLengthMax) > 0) { // below zero, too
            throw new MessageTooLongException(length, messageLengthMax, capacity);
        }
        if (type < 0) {
            throw new IllegalArgumentException("type of a message: actual " + type + ", expected 0 or more");
        }
        int aligned = RecordHeader.aligned(RecordHeader.LENGTH + length);
        return aligned <= roomEnd - pending || makeRoom(aligned);
    }

    private static long header(int type, int length) {
        return RecordHeader.of(type, RecordHeader.LENGTH + length);
    }

    /** Apart, so that the usual case stays small: the lap ends, or the last look has seen too little room. */
    private boolean makeRoom(int aligned) {
        int toEnd = toEnd();
        int padding = aligned > toEnd ? toEnd : 0;
        int needed = padding + aligned + SPARE;
        if (needed > free() && needed > freeNow()) {
            return false;
        }
        if (padding != 0) {
            extend(RecordHeader.of(RecordHeader.PADDING, padding), padding);
        }
        roomEnd = pending + Math.min(toEnd(), free() - SPARE);
        return true;
    }

    /** From {@code pending} to the end of the lap. */
    private int toEnd() {
        return capacity - ((int) pending & mask);
    }

    /** Publishes the record at {@code pending}, which has its payload, and with it what was appended before. */
    void commit(long header) {
        if (firstHeader == RecordHeader.NOT_YET) {
            long end = pending + RecordHeader.aligned(RecordHeader.recordLength(header));
            data.putLongPlain(end, RecordHeader.NOT_YET);
            publish(header, end);
        } else {
            append(header);
            publishAppended();
        }
    }

    /** Adds the record at {@code pending}, which has its payload, to the batch. */
    void append(long header) {
        extend(header, RecordHeader.aligned(RecordHeader.recordLength(header)));
        appended++;
    }

    private void extend(long header, int alignedLength) {
        long end = pending + alignedLength;
        data.putLongPlain(end, RecordHeader.NOT_YET);
        if (firstHeader == RecordHeader.NOT_YET) {
            firstHeader = header;
        } else {
            data.putLongPlain(pending, header);
        }
        pending = end;
    }

    /** Makes everything up to {@code end} visible by writing the control word at {@code published}. */
    private void publish(long header, long end) {
        // SYNC publish-record ↔ SpscConsumer.headerAt: payloads, inner control words and the zero behind the last
        // record before this word; otherwise the consumer could read bytes that are not written yet.
        data.putLongRelease(published, header);
        published = end;
        pending = end;
        if (end + TOUCH_AHEAD - roomEnd <= 0) {
            data.putLongPlain(end + TOUCH_AHEAD, RecordHeader.NOT_YET); // any value will do
        }
    }

    private long free() {
        return capacity - (pending - consumedSeen);
    }

    private long freeNow() {
        long consumed = SpscLayout.consumed(body);
        if (consumed < consumedSeen || consumed > published) {
            throw new CorruptRecordException("consumed", consumed, Long.toString(consumed),
                consumedSeen + " to " + published);
        }
        consumedSeen = consumed;
        return free();
    }

    /** Where the first record goes: behind the last published one. Derived, so that no crash can falsify it. */
    private long findEnd(long consumed) {
        long position = consumed;
        while (true) {
            // SYNC publish-record ↔ SpscProducer.publish: of the last holder of the role, the chain before its
            // end; otherwise we could take the middle of a batch for free.
            long header = data.getLongAcquire(position);
            if (header == RecordHeader.NOT_YET) {
                return position;
            }
            position += RecordHeader.check(header, position, (int) position & mask, capacity);
            if (position - consumed >= capacity) {
                throw CorruptRecordException.endlessChain(consumed, position, capacity);
            }
        }
    }

    private int payloadOffset() {
        return SpscLayout.DATA + ((int) pending & mask) + RecordHeader.LENGTH;
    }

    private void checkReady() {
        if (!claim.isFree()) {
            throw new IllegalStateException(claim.isOpen() ? "a claim is open; commit, append or abort it first"
                : "the producer is closed");
        }
    }
}
