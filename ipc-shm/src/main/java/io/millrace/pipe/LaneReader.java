package io.millrace.pipe;

import io.millrace.domain.IncomingHandles;
import io.millrace.memory.Region;
import io.millrace.ring.Owner;
import io.millrace.ring.RecordHandler;
import io.millrace.ring.SpscConsumer;
import io.millrace.ring.SpscRing;
import java.io.IOException;

/** A lane as its receiver reads it. Used by whoever has the receiver's turn. */
final class LaneReader implements RecordHandler {
    private final SpscRing ring;
    private final Owner owner;
    private final Assembly assembly;
    private final RecordHandler toSink = this::passToSink;
    private final Inbox inbox;
    private SpscConsumer consumer;
    private Sink sink;
    /** Of the records of a call, those that have ended no message. */
    private int parts;

    LaneReader(SpscRing ring, int ownerId, Inbox inbox) {
        this.ring = ring;
        this.inbox = inbox;
        this.sink = inbox.inPlace;
        this.assembly = new Assembly(inbox);
        // Who has the turn knows that nobody else reads, whoever has read before.
        this.owner = new Owner(ownerId, before -> true);
        this.consumer = ring.consumer(owner);
    }

    /** Begins anew where somebody else has stopped. */
    void resume() {
        assembly.drop();
        consumer.close();
        consumer = ring.consumer(owner);
    }

    /**
     * Passes on so many messages at most, to the handler in the inbox; none only if there is no record left.
     *
     * @return how many
     */
    int readInPlace(int limit) {
        parts = 0;
        int records = consumer.read(this, limit);
        return parts == 0 ? records : readOn(this, records, limit);
    }

    /** The same to a sink. */
    int read(Sink to, int limit) {
        sink = to;
        parts = 0;
        try {
            int records = consumer.read(toSink, limit);
            return parts == 0 ? records : readOn(toSink, records, limit);
        } finally {
            sink = inbox.inPlace; // a message may be as long as all of the heap
        }
    }

    /** Goes on if there were only parts of a message. */
    private int readOn(RecordHandler to, int first, int limit) {
        int records = first;
        while (records > 0 && records == parts) {
            parts = 0;
            records = consumer.read(to, limit);
        }
        return records - parts;
    }

    /** Whether there is anything to be read, and be it a part of a message; asked by any thread. */
    boolean hasNext() {
        return consumer.hasNext();
    }

    /** Forgets a message that has begun and will not end. */
    void drop() {
        assembly.drop();
    }

    /** Passes it on in place, in the usual case with as few steps as may be. */
    @Override
    public void onRecord(int type, Region payload) {
        if (RecordType.isWholeWithoutHandles(type) && inbox.isUsual(payload.length())) {
            inbox.inPlace.handler().onMessage(payload);
        } else {
            passToSink(type, payload);
        }
    }

    private void passToSink(int type, Region payload) {
        if (RecordType.isWhole(type)) {
            assembly.drop();
            if (payload.length() > inbox.lengthMax()) {
                throw new CorruptMessageException("length of a message", payload.length(),
                    "at most " + inbox.lengthMax());
            }
            int tickets = ticketsLength(type, payload);
            sink.accept(RecordType.withoutPart(type),
                tickets == 0 ? payload : payload.slice(0, payload.length() - tickets));
        } else if (RecordType.isFirst(type)) {
            parts++;
            assembly.begin(type, payload, sink.takesArrays());
        } else if (!assembly.add(type, payload)) {
            parts++;
        } else {
            assembly.passTo(sink, ticketsLength(type, payload));
        }
    }

    /** How much of a message's last record is not content. */
    private static int ticketsLength(int type, Region last) {
        return RecordType.hasHandles(type) ? last.length() - IncomingHandles.contentLength(last) : 0;
    }

    void close() throws IOException {
        drop();
        ring.close();
    }
}
