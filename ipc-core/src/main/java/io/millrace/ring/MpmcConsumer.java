package io.millrace.ring;

import io.millrace.memory.Region;
import io.millrace.memory.RegionWindow;

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
 * <p><b>Cost:</b> lock-free. Uncontended three CAS a record; nothing is allocated, no system call is made.
 */
public final class MpmcConsumer implements AutoCloseable {
    private final MpmcRecords records;
    private final Region body;
    private final int ownerId;
    private final RegionWindow window;
    private final TakenRecord taken;

    private long position;
    private long word;
    private long returnedSeen;
    private boolean reading;
    private volatile boolean closed;

    MpmcConsumer(Region body, MpmcRecords records, int ownerId) {
        this.body = body;
        this.records = records;
        this.ownerId = ownerId;
        this.window = body.newWindow();
        this.taken = new TakenRecord(this, window.view());
        this.returnedSeen = -1; // differs from any: what came back before this consumer did is looked for
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
        reading = true;
        try {
            while (count < limit && take()) {
                count++;
                int type = openPayload(); // a damaged record is over when this throws
                try {
                    handler.onRecord(type, window.view());
                } finally {
                    window.clear();
                    end(ControlWord.withState(word, ControlWord.DONE, records.lap(position)));
                }
            }
        } finally {
            reading = false;
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
        if (!take()) {
            return null;
        }
        taken.open(openPayload(), ControlWord.deliveries(word));
        return taken;
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
            closed = true;
        }
    }

    @Override
    public String toString() {
        return "MpmcConsumer[owner " + ownerId + (closed ? ", closed]"
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
            long head = records.position(MpmcLayout.HEAD);
            long lap = records.lap(head);
            long seen = records.word(head);
            if (ControlWord.isOfLap(seen, lap)) {
                int state = ControlWord.state(seen);
                if (state == ControlWord.PUBLISHED) {
                    if (takeAt(head, seen)) {
                        records.help(MpmcLayout.HEAD, head, word);
                        return true;
                    }
                } else if (state != ControlWord.CLAIMED) {
                    records.help(MpmcLayout.HEAD, head, seen);
                } else if (records.position(MpmcLayout.HEAD) == head) {
                    return false;
                }
            } else if (!ControlWord.isBeforeLap(seen, lap)) {
                records.checkMoved(MpmcLayout.HEAD, head, seen);
            } else if (records.position(MpmcLayout.HEAD) == head) {
                return false;
            }
        }
    }

    /** Looks for a record behind head that was published again, the oldest first. */
    private boolean takeReturned() {
        long at = records.position(MpmcLayout.RECLAIMED);
        long head = records.position(MpmcLayout.HEAD);
        while (at < head) {
            long seen = records.word(at);
            if (!records.isCurrent(at)) {
                at = records.position(MpmcLayout.RECLAIMED);
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
        long mine = ControlWord.withOwner(seen, ControlWord.TAKEN, ownerId, records.lap(at));
        if (!records.change(at, seen, mine)) {
            return false;
        }
        position = at;
        word = mine;
        return true;
    }

    /** Shows the payload of the record just taken; returns its type. */
    private int openPayload() {
        int offset = records.dataOffset(position);
        long header = body.getLongPlain(offset);
        int length = RecordHeader.recordLength(header);
        int type = RecordHeader.type(header);
        if (length < 0 || type < 0 || records.span(length) != ControlWord.span(word)) {
            end(ControlWord.withState(word, ControlWord.DONE, records.lap(position)));
            throw new CorruptRecordException("header of a record", position, "type " + type + " and length " + length,
                "type 0 or more and a length that takes " + ControlWord.span(word) + " granules");
        }
        window.moveTo(offset + MpmcLayout.RECORD_HEADER_LENGTH, length);
        return type;
    }

    void release() {
        window.clear();
        end(ControlWord.withState(word, ControlWord.DONE, records.lap(position)));
    }

    void giveBack() {
        window.clear();
        end(ControlWord.returned(word, records.lap(position)));
        records.announceReturned();
    }

    private void end(long to) {
        if (!records.change(position, word, to)) {
            throw new OwnerLostException(ownerId, position, ControlWord.describe(records.word(position)));
        }
    }

    private void checkReady() {
        if (closed) {
            throw new IllegalStateException("the consumer is closed");
        }
        if (reading) {
            throw new IllegalStateException("a call within a handler; return from it first");
        }
        if (taken.isOpen()) {
            throw new IllegalStateException("a record is in hand; release it or give it back first");
        }
    }
}
