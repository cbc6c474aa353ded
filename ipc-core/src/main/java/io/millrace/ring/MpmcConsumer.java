package io.millrace.ring;

import io.millrace.memory.Region;
import io.millrace.memory.RegionWindow;
import java.util.function.Consumer;

/**
 * A reading end of an {@link MpmcRing}, one of any number that compete for the records.
 *
 * <p><b>Who may call it:</b> one thread at a time; the handle may pass from thread to thread with the usual care.
 *
 * <p><b>Delivery:</b> a record is over when its handler has returned or thrown, or when {@link TakenRecord#release} was
 * called. If the owner dies before, the record comes again, to anybody, with {@link TakenRecord#deliveries} counted
 * up; a record that several owners in a row took and died is dropped, see {@link MpmcRing#create}.
 *
 * <p><b>Empty:</b> there was nothing to take: no record, or the next one is still being written, or its writer died.
 * {@link MpmcRing#repair} helps in the last case.
 *
 * <p><b>Cost:</b> lock-free. Uncontended one CAS a record, and one for every 16 granules; nothing is allocated, no
 * system call is made.
 */
public final class MpmcConsumer implements AutoCloseable {
    private final MpmcRecords records;
    private final Region body;
    private final Owner owner;
    final Hand hand;
    private final RegionWindow window;
    private final TakenRecord taken;

    private long header;
    /** The beginning of the payload, read for its cache line only. A field, so that no compiler drops the load. */
    long touched;
    private long returnedSeen;
    private int next;
    private boolean reading;
    private volatile boolean closed;

    MpmcConsumer(Region body, MpmcRecords records, Owner owner) {
        this.body = body;
        this.records = records;
        this.owner = owner;
        this.hand = new Hand(records, owner.id());
        this.window = body.newWindow();
        this.taken = new TakenRecord(this, window.view());
        this.returnedSeen = -1; // differs from any: what came back before this consumer did is looked for
        owner.hands().add(hand, this);
    }

    /**
     * Takes records, one after the other, and passes them to a handler until there is none or the limit is reached.
     *
     * <p>A handler that throws ends the call: its record is over, and so are those before it; the exception is passed
     * on. (Otherwise a message that its handler cannot bear would come again for ever.)
     *
     * @param limit at least 1
     * @return how many records were passed on; 0 if there was none
     * @throws CorruptRecordException if a record is damaged: one with a damaged header is over, a damaged control
     *     word stays, and so does everything behind it
     * @throws IllegalStateException if the handle is closed, a record is in hand, or the call comes from a handler
     */
    public int read(RecordHandler handler, int limit) {
        checkReady();
        if (limit < 1) {
            throw new IllegalArgumentException("limit of records to read: actual " + limit + ", expected at least 1");
        }
        int count = 0;
        boolean done = false;
        reading = true;
        try {
            while (count < limit && take()) {
                count++;
                int type = openPayload(); // a damaged record is over when this throws
                try {
                    handler.onRecord(type, window.view());
                } finally {
                    release();
                }
            }
            done = true;
        } finally {
            reading = false;
            if (!done) {
                hand.abandoned = true; // first of all and without a call: there may be no stack left for one
                putDown();
            }
        }
        return count;
    }

    /**
     * Takes a record to be read in place, and kept for as long as is needed. Its space, and all behind it, is used
     * again only after it was released: a ring whose oldest record is kept fills up.
     *
     * @return this consumer's record, in hand, or null if there is none
     * @throws IllegalStateException if the last one is still in hand, or the handle is closed
     */
    public TakenRecord tryTake() {
        checkReady();
        boolean done = false;
        try {
            boolean found = take();
            if (found) {
                taken.open(openPayload(), ControlWord.deliveries(hand.word()));
            }
            done = true;
            return found ? taken : null;
        } finally {
            if (!done) {
                hand.abandoned = true; // first of all and without a call: there may be no stack left for one
                putDown();
            }
        }
    }

    /**
     * Takes a record and passes it to a handler. When that returns or throws, the record is over, unless the handler
     * has given it back or holds it.
     *
     * @return false if there is none
     * @throws IllegalStateException if the handle is closed, a record is in hand, or the call comes from a handler
     */
    public boolean tryTake(Consumer<? super TakenRecord> handler) {
        checkReady();
        boolean done = false;
        reading = true;
        try {
            boolean found = take();
            if (found) {
                taken.open(openPayload(), ControlWord.deliveries(hand.word()));
                try {
                    handler.accept(taken);
                } finally {
                    taken.close();
                }
            }
            done = true;
            return found;
        } finally {
            reading = false;
            if (!done) {
                hand.abandoned = true; // first of all and without a call: there may be no stack left for one
                putDown();
            }
        }
    }

    /** Gives back a record in hand, for others to take. Called by the consumer's thread. Idempotent. */
    @Override
    public void close() {
        if (!closed) {
            if (reading) {
                throw new IllegalStateException("close() within a handler; return from it first");
            }
            if (taken.isOpen()) {
                taken.giveBack();
            }
            owner.hands().remove(hand);
            closed = true;
        }
    }

    @Override
    public String toString() {
        return "MpmcConsumer[owner " + owner.id() + (closed ? ", closed]"
            : ", returns seen " + returnedSeen + (taken.isOpen() ? ", record in hand]" : "]"));
    }

    private boolean take() {
        long returned = records.returned();
        if (returned != returnedSeen) {
            if (takeReturned()) {
                return true;
            }
            returnedSeen = returned; // as it was before we looked
        }
        while (true) {
            long head = records.settleHead();
            long seen = records.settledWord();
            if (!ControlWord.isOfLap(seen, records.lap(records.positionIn(head)))) {
                return false;
            }
            if (ControlWord.state(seen) != ControlWord.PUBLISHED) {
                if (ControlWord.state(seen) == ControlWord.END) {
                    next = ControlWord.next(seen);
                }
                return false;
            }
            if (takeAt(records.positionIn(head), seen)) {
                records.passHead(head, seen);
                return true;
            }
        }
    }

    /**
     * What follows this ring if all its records were taken and it is ended, as far as this consumer has seen; else 0.
     */
    int next() {
        return next;
    }

    /** Looks for a record behind head that was published again, the oldest first. */
    private boolean takeReturned() {
        long at = records.reclaimed();
        long head = records.positionIn(records.hint(MpmcLayout.HEAD));
        while (at < head) {
            long seen = records.word(at);
            if (!records.isCurrent(at)) {
                at = records.reclaimed();
            } else if (!ControlWord.isOfLap(seen, records.lap(at))) {
                throw records.foreign(at, seen, ""); // else a damaged head could lead us round and round
            } else if (ControlWord.state(seen) != ControlWord.PUBLISHED) {
                at += records.checkedSpan(at, seen);
            } else if (takeAt(at, seen)) {
                return true;
            }
        }
        return false;
    }

    private boolean takeAt(long at, long seen) {
        records.checkedSpan(at, seen);
        // Before the CAS, at which the processor stops: so the cache lines travel together. The word vouches for both.
        header = body.getLongPlain(records.headerOffset(at));
        touched = body.getLongPlain(records.payloadOffset(at));
        return hand.take(at, seen, ControlWord.withOwner(seen, ControlWord.TAKEN, owner.id(), records.lap(at)));
    }

    /** Shows the payload of the record just taken; returns its type. */
    private int openPayload() {
        int offset = records.payloadOffset(hand.position());
        int length = RecordHeader.recordLength(header);
        int type = RecordHeader.type(header);
        int span = ControlWord.span(hand.word());
        if (!records.isSoundHeader(header, span)) {
            long position = hand.position();
            hand.pass(ControlWord.DONE);
            throw MpmcRecords.damagedHeader(position, header, span);
        }
        window.moveTo(offset, length);
        return type;
    }

    void release() {
        window.clear();
        hand.pass(ControlWord.DONE);
    }

    void giveBack() {
        window.clear();
        hand.giveBack();
    }

    HeldRecord hold() {
        return new HeldRecord(owner, this);
    }

    /** Lets another hand have the record. */
    Hand keep(Object keeper) {
        Hand kept = new Hand(records, owner.id());
        owner.hands().add(kept, keeper);
        window.clear();
        kept.takeFrom(hand);
        return kept;
    }

    /** After this thread lost control in the middle of an operation, which has failed. */
    private void putDown() {
        taken.lose();
        window.clear();
        owner.hands().putDownAbandoned();
    }

    private void checkReady() {
        if (closed) {
            throw new IllegalStateException("the consumer is closed");
        }
        if (reading) {
            throw new IllegalStateException("a call within a handler; return from it first");
        }
        if (hand.abandoned) {
            putDown();
        }
        if (taken.isOpen()) {
            throw new IllegalStateException("a record is in hand; release it or give it back first");
        }
    }
}
