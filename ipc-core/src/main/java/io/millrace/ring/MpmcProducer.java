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
 * <p><b>Cost:</b> lock-free. Uncontended one CAS and the copy, and a few CAS for every 16 granules; nothing is
 * allocated, no system call is made.
 */
public final class MpmcProducer implements AutoCloseable {
    private static final int ONE_ITEM = 1;

    private final MpmcRecords records;
    private final Region body;
    private final Owner owner;
    private final int messageLengthMax;
    final Hand hand;
    private final SpaceClaimer space;
    private final RegionWindow window;
    private final MpmcClaim claim;

    private int claimedLength;
    private volatile boolean closed;

    MpmcProducer(Region body, MpmcRecords records, Owner owner, int messageLengthMax) {
        this.body = body;
        this.records = records;
        this.owner = owner;
        this.messageLengthMax = messageLengthMax;
        this.hand = new Hand(records, owner.id());
        this.space = new SpaceClaimer(records, hand, owner.id());
        this.window = body.newWindow();
        this.claim = new MpmcClaim(this, window.view());
        owner.hands().add(hand, this);
    }

    /** Writes and publishes a message; false if there is no room. */
    public boolean tryWrite(int type, byte[] source, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, source.length);
        checkMessage(type, length);
        boolean done = false;
        try {
            boolean written = reserve(type, length);
            if (written) {
                body.putBytes(payloadOffset(), source, offset, length);
                hand.pass(ControlWord.PUBLISHED);
            }
            done = true;
            return written;
        } finally {
            if (!done) {
                hand.abandoned = true; // first of all and without a call: there may be no stack left for one
                putDown();
            }
        }
    }

    /** Writes and publishes a message; false if there is no room. */
    public boolean tryWrite(int type, Region source, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, source.length());
        checkMessage(type, length);
        boolean done = false;
        try {
            boolean written = reserve(type, length);
            if (written) {
                body.putBytes(payloadOffset(), source, offset, length);
                hand.pass(ControlWord.PUBLISHED);
            }
            done = true;
            return written;
        } finally {
            if (!done) {
                hand.abandoned = true; // first of all and without a call: there may be no stack left for one
                putDown();
            }
        }
    }

    /** Writes and publishes a message; false if there is no room. */
    public boolean tryWrite(int type, DirectBuffer source, int offset, int length) {
        source.boundsCheck(offset, length);
        checkMessage(type, length);
        boolean done = false;
        try {
            boolean written = reserve(type, length);
            if (written) {
                body.putBytes(payloadOffset(), source, offset, length);
                hand.pass(ControlWord.PUBLISHED);
            }
            done = true;
            return written;
        } finally {
            if (!done) {
                hand.abandoned = true; // first of all and without a call: there may be no stack left for one
                putDown();
            }
        }
    }

    /**
     * Writes and publishes messages from the beginning of a batch, as many as there is room for, and removes them from
     * it. They stand one behind the other, and they cost one claim. If this process dies in the middle none of them
     * arrives.
     *
     * @return how many were written; 0 if there is no room
     * @throws MessageTooLongException if the ring can never hold the first message
     */
    public int tryWriteAll(MessageBatch batch) {
        if (batch.isEmpty()) {
            return 0;
        }
        checkMessage(batch.type(0), batch.length(0));
        boolean done = false;
        try {
            int count = reserveFor(batch);
            if (count > 0) {
                writeInner(batch, count);
                hand.pass(ControlWord.published(hand.lap(), records.span(batch.length(0))));
                batch.removeFirst(count);
            }
            done = true;
            return count;
        } finally {
            if (!done) {
                hand.abandoned = true; // first of all and without a call: there may be no stack left for one
                putDown();
            }
        }
    }

    /** Claims as many records as there is room for with one word; fewer if somebody else came first. */
    private int reserveFor(MessageBatch batch) {
        for (int most = Math.min(batch.size(), ControlWord.ITEMS_MAX); most > 0; most /= 2) {
            int count = 0;
            int span = 0;
            while (count < most) {
                int further = batch.length(count) > messageLengthMax ? Integer.MAX_VALUE
                    : span + records.span(batch.length(count));
                if (further > spanMax()) {
                    break;
                }
                span = further;
                count++;
            }
            if (count > 0 && space.claim(span, count)) {
                return count;
            }
        }
        return 0;
    }

    private int spanMax() {
        return records.span(messageLengthMax);
    }

    /** Writes all payloads, and the words of all records but the first. Nobody looks at them before the first word. */
    private void writeInner(MessageBatch batch, int count) {
        long at = hand.position();
        for (int i = 0; i < count; i++) {
            int length = batch.length(i);
            int span = records.span(length);
            body.putLongPlain(records.headerOffset(at), RecordHeader.of(batch.type(i), length));
            body.putBytes(records.payloadOffset(at), batch.bytes(), batch.offset(i),
                length);
            if (i > 0) {
                records.prepare(at, ControlWord.published(hand.lap(), span));
            }
            at += span;
        }
    }

    /**
     * Writes a message in place and publishes it; false if there is no room.
     *
     * @param lengthMax how much space the writer needs
     * @throws MessageTooLongException if the ring can never hold so much
     * @throws IllegalArgumentException if the writer says that it wrote more than that, or less than nothing
     */
    public boolean tryWrite(int type, int lengthMax, RecordWriter writer) {
        checkMessage(type, lengthMax);
        boolean done = false;
        try {
            boolean written = reserve(type, lengthMax);
            if (written) {
                window.moveTo(payloadOffset(), lengthMax);
                commit(checkedLength(writer.write(window.view()), lengthMax));
                window.clear();
            }
            done = true;
            return written;
        } finally {
            if (!done) {
                hand.abandoned = true; // first of all and without a call: there may be no stack left for one
                putDown();
            }
        }
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
        checkMessage(type, length);
        boolean done = false;
        try {
            boolean reserved = reserve(type, length);
            if (reserved) {
                window.moveTo(payloadOffset(), length);
                claim.open();
            }
            done = true;
            return reserved ? claim : null;
        } finally {
            if (!done) {
                hand.abandoned = true; // first of all and without a call: there may be no stack left for one
                putDown();
            }
        }
    }

    /** Aborts the claim if one is open. Called by the producer's thread. Idempotent. */
    @Override
    public void close() {
        if (!closed) {
            claim.close();
            owner.hands().remove(hand);
            closed = true;
        }
    }

    @Override
    public String toString() {
        return "MpmcProducer[owner " + owner.id() + (closed ? ", closed]" : claim.isOpen() ? ", claiming]" : "]");
    }

    /** Claims space, and tells why it could not. */
    SpaceClaimer space() {
        return space;
    }

    /** Claims a record and writes its header. */
    private boolean reserve(int type, int length) {
        if (!space.claim(records.span(length), ONE_ITEM)) {
            return false;
        }
        body.putLongPlain(records.headerOffset(hand.position()), RecordHeader.of(type, length));
        claimedLength = length;
        return true;
    }

    static int checkedLength(int length, int lengthMax) {
        if (length < 0 || length > lengthMax) {
            throw new IllegalArgumentException(
                "length of the message: actual " + length + ", expected 0 to " + lengthMax + " as claimed");
        }
        return length;
    }

    void commit(int length) {
        if (length != claimedLength) {
            int header = records.headerOffset(hand.position());
            body.putLongPlain(header, RecordHeader.of(RecordHeader.type(body.getLongPlain(header)), length));
        }
        hand.pass(ControlWord.PUBLISHED);
    }

    void abort() {
        hand.pass(ControlWord.PADDING);
    }

    void endClaim() {
        window.clear();
    }

    /** After this thread lost control in the middle of an operation, which has failed. */
    private void putDown() {
        claim.lose();
        window.clear();
        owner.hands().putDownAbandoned();
    }

    private int payloadOffset() {
        return records.payloadOffset(hand.position());
    }

    private void checkMessage(int type, int length) {
        if (closed) {
            throw new IllegalStateException("the producer is closed");
        }
        if (hand.abandoned) {
            putDown();
        }
        if (claim.isOpen()) {
            throw new IllegalStateException("a claim is open; commit or abort it first");
        }
        if (hand.isHolding()) {
            throw new IllegalStateException("a call within a writer; return from it first");
        }
        if (length < 0 || length > messageLengthMax) {
            throw new MessageTooLongException(length, messageLengthMax, records.dataLength());
        }
        if (type < 0) {
            throw new IllegalArgumentException("type of a message: actual " + type + ", expected 0 or more");
        }
    }
}
