package io.millrace.ring;

import io.millrace.memory.Region;
import io.millrace.memory.RegionWindow;
import java.util.Objects;
import org.agrona.DirectBuffer;

/**
 * A writing end of an {@link MpmcRing}, one of any number.
 *
 * <p>A message has a type, zero or more, which the ring carries and does not look at, and 0 to
 * {@link MpmcRing#messageLengthMax} bytes. {@code tryWrite} copies it; {@link #tryClaim} hands out the space.
 *
 * <p><b>Who may call it:</b> one thread at a time; the handle may pass from thread to thread with the usual care.
 *
 * <p><b>Full:</b> the operation returns false or null. Others may have been served meanwhile.
 *
 * <p><b>Death of others:</b> is not noticed here; see {@link MpmcRing#repair}. This one's own death leaves what it
 * published, and a claim that others turn into padding.
 *
 * <p><b>Cost:</b> lock-free. Uncontended three CAS and the copy; nothing is allocated, no system call is made.
 */
public final class MpmcProducer implements AutoCloseable {
    /** Behind every claim a granule stays free, so that there is always a word by which a ring can be ended. */
    private static final int SPARE = 1;
    private static final int ONE_ITEM = 1;

    private final MpmcRecords records;
    private final Region body;
    private final int ownerId;
    private final int messageLengthMax;
    private final RegionWindow window;
    private final MpmcClaim claim;

    private long position;
    private long word;
    private volatile boolean closed;

    MpmcProducer(Region body, MpmcRecords records, int ownerId, int messageLengthMax) {
        this.body = body;
        this.records = records;
        this.ownerId = ownerId;
        this.messageLengthMax = messageLengthMax;
        this.window = body.newWindow();
        this.claim = new MpmcClaim(this, window.view());
    }

    /** Writes and publishes a message; false if there is no room. */
    public boolean tryWrite(int type, byte[] source, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, source.length);
        if (!reserve(type, length)) {
            return false;
        }
        body.putBytes(payloadOffset(), source, offset, length);
        publish();
        return true;
    }

    /** Writes and publishes a message; false if there is no room. */
    public boolean tryWrite(int type, Region source, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, source.length());
        if (!reserve(type, length)) {
            return false;
        }
        body.putBytes(payloadOffset(), source, offset, length);
        publish();
        return true;
    }

    /** Writes and publishes a message; false if there is no room. */
    public boolean tryWrite(int type, DirectBuffer source, int offset, int length) {
        source.boundsCheck(offset, length);
        if (!reserve(type, length)) {
            return false;
        }
        body.putBytes(payloadOffset(), source, offset, length);
        publish();
        return true;
    }

    /**
     * Takes space to be filled in place. Until it is committed or aborted no consumer gets past it: be quick.
     *
     * @return this producer's claim, open, or null if there is no room
     * @throws MessageTooLongException if the ring can never hold the message
     * @throws IllegalArgumentException if the type is negative
     * @throws IllegalStateException if the last claim is still open, or the handle is closed
     */
    public MpmcClaim tryClaim(int type, int length) {
        if (!reserve(type, length)) {
            return null;
        }
        window.moveTo(payloadOffset(), length);
        claim.open();
        return claim;
    }

    /** Aborts the claim if one is open. Called by the producer's thread. Idempotent. */
    @Override
    public void close() {
        if (!closed) {
            claim.close();
            closed = true;
        }
    }

    @Override
    public String toString() {
        return "MpmcProducer[owner " + ownerId + (closed ? ", closed]" : claim.isOpen() ? ", claiming]" : "]");
    }

    /** Claims a record; the CAS that claims the space also says whose it is. */
    private boolean reserve(int type, int length) {
        checkReady();
        if (length < 0 || length > messageLengthMax) {
            throw new MessageTooLongException(length, messageLengthMax, records.dataLength());
        }
        if (type < 0) {
            throw new IllegalArgumentException("type of a message: actual " + type + ", expected 0 or more");
        }
        int span = records.span(length);
        while (true) {
            long tail = records.position(MpmcLayout.TAIL);
            int toEnd = records.toEndOfLap(tail);
            boolean wraps = span > toEnd;
            if (!records.hasRoom(tail, (wraps ? toEnd : span) + SPARE)) {
                if (records.position(MpmcLayout.TAIL) == tail) {
                    return false;
                }
                continue;
            }
            long lap = records.lap(tail);
            long seen = records.word(tail);
            if (ControlWord.isOfLap(seen, lap)) {
                records.help(MpmcLayout.TAIL, tail, seen);
            } else if (!ControlWord.isBeforeLap(seen, lap)) {
                records.checkMoved(MpmcLayout.TAIL, tail, seen);
            } else if (wraps) {
                claimAt(tail, seen, ControlWord.padding(lap, toEnd));
            } else if (claimAt(tail, seen, ControlWord.claimed(ownerId, lap, span, ONE_ITEM))) {
                body.putLongPlain(records.dataOffset(tail), RecordHeader.of(type, length));
                return true;
            }
        }
    }

    private boolean claimAt(long tail, long seen, long mine) {
        if (!records.change(tail, seen, mine)) {
            return false;
        }
        position = tail;
        word = mine;
        records.help(MpmcLayout.TAIL, tail, mine);
        return true;
    }

    void publish() {
        end(ControlWord.PUBLISHED);
    }

    void abort() {
        end(ControlWord.PADDING);
    }

    void endClaim() {
        window.clear();
    }

    private void end(int state) {
        if (!records.change(position, word, ControlWord.withState(word, state, records.lap(position)))) {
            throw new OwnerLostException(ownerId, position, ControlWord.describe(records.word(position)));
        }
    }

    private int payloadOffset() {
        return records.dataOffset(position) + MpmcLayout.RECORD_HEADER_LENGTH;
    }

    private void checkReady() {
        if (closed) {
            throw new IllegalStateException("the producer is closed");
        }
        if (claim.isOpen()) {
            throw new IllegalStateException("a claim is open; commit or abort it first");
        }
    }
}
