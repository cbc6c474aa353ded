package io.millrace.pipe;

import io.millrace.domain.IncomingHandles;
import io.millrace.memory.Region;
import io.millrace.ring.Owner;
import io.millrace.ring.RecordHandler;
import io.millrace.ring.SpscConsumer;
import io.millrace.ring.SpscRing;
import java.io.IOException;

/** A lane as its receiver reads it. Used by whoever has the receiver's turn. */
final class LaneReader {
    private final SpscRing ring;
    private final Owner owner;
    private final Assembly assembly = new Assembly();
    private final RecordHandler handler = this::onRecord;
    private SpscConsumer consumer;
    private Sink sink;
    private int lengthMax;
    /** Of the records of a call, those that have ended no message. */
    private int parts;
    private boolean hasRead;

    LaneReader(SpscRing ring, int ownerId) {
        this.ring = ring;
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
     * Passes on so many messages at most; none only if there is no record left.
     *
     * @param longest a longer message is refused, and is over
     * @return how many
     */
    int read(Sink to, int limit, int longest) {
        sink = to;
        lengthMax = longest;
        hasRead = true; // also if a handler throws
        boolean any = false;
        try {
            int records;
            do {
                parts = 0;
                records = consumer.read(handler, limit);
                any |= records > 0;
            } while (records > 0 && records == parts);
            hasRead = any;
            return records - parts;
        } finally {
            sink = null;
        }
    }

    /** Whether records were read since this was last asked: then there is room in the lane. */
    boolean hasRead() {
        boolean was = hasRead;
        hasRead = false;
        return was;
    }

    /** Whether there is anything to be read, and be it a part of a message; asked by any thread. */
    boolean hasNext() {
        return consumer.hasNext();
    }

    /** Forgets a message that has begun and will not end. */
    void drop() {
        assembly.drop();
    }

    /** Whether a message has begun and not ended. */
    boolean isAmidst() {
        return assembly.isOpen();
    }

    private void onRecord(int type, Region payload) {
        if ((type & RecordType.WHOLE) == RecordType.WHOLE) {
            assembly.drop();
            if (payload.length() > lengthMax) {
                throw new CorruptMessageException("length of a message", payload.length(), "at most " + lengthMax);
            }
            int tickets = ticketsLength(type, payload);
            sink.accept(RecordType.withoutPart(type),
                tickets == 0 ? payload : payload.slice(0, payload.length() - tickets));
        } else if (RecordType.isFirst(type)) {
            parts++;
            assembly.begin(type, payload, sink.takesArrays(), lengthMax);
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
        ring.close();
    }
}
