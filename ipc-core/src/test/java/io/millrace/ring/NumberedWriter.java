package io.millrace.ring;

/** Writes numbered messages in all the ways by turns: copied, in place, in batches, and after an abort. */
final class NumberedWriter {
    /** The most messages that one call publishes. */
    static final int BATCH = 3;

    private static final int WAYS = 7;

    private final SpscProducer producer;
    private final NumberedMessages messages;
    private long next;

    NumberedWriter(SpscProducer producer, NumberedMessages messages, long first) {
        this.producer = producer;
        this.messages = messages;
        this.next = first;
    }

    /** The number of the next message; all before it are published. */
    long next() {
        return next;
    }

    /** Writes one message or a few; false if there is no room for them now. */
    boolean tryWrite() {
        switch ((int) (next % WAYS)) {
            case 0:
                return tryWriteBatch();
            case 1:
                return tryCommit();
            case 2:
                Claim claim = producer.tryClaim(messages.type(next), messages.length(next));
                if (claim == null) {
                    return false;
                }
                claim.payload().fill(0, claim.payload().length(), (byte) -1);
                claim.abort();
                return tryCopy();
            default:
                return tryCopy();
        }
    }

    private boolean tryCopy() {
        boolean written =
            producer.tryWrite(messages.type(next), messages.bytes(next), 0, messages.length(next));
        next += written ? 1 : 0;
        return written;
    }

    private boolean tryCommit() {
        Claim claim = producer.tryClaim(messages.type(next), messages.length(next));
        if (claim == null) {
            return false;
        }
        messages.fill(next, claim.payload());
        claim.commit();
        next++;
        return true;
    }

    private boolean tryWriteBatch() {
        for (int i = 0; i < BATCH; i++) {
            Claim claim = producer.tryClaim(messages.type(next + i), messages.length(next + i));
            if (claim == null) {
                break;
            }
            messages.fill(next + i, claim.payload());
            claim.append();
        }
        int published = producer.publish();
        next += published;
        return published != 0;
    }
}
