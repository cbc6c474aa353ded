package io.millrace.ring;

/** Writes identified messages in all the ways by turns: copied, in place, and after an abort. */
final class IdentifiedWriter {
    private static final int WAYS = 5;

    private final MpmcProducer producer;
    private final IdentifiedMessages messages;
    private final int sender;
    private long next;

    IdentifiedWriter(MpmcProducer producer, int sender, int lengthMax) {
        this.producer = producer;
        this.messages = new IdentifiedMessages(lengthMax);
        this.sender = sender;
    }

    /** How many messages are published, and the number of the next. */
    long next() {
        return next;
    }

    /** Publishes the next message; false if there is no room. */
    boolean tryWrite() {
        long identity = IdentifiedMessages.identity(sender, next);
        int type = messages.type(identity);
        int length = messages.length(identity);
        boolean written = switch ((int) (next % WAYS)) {
            case 0 -> tryCommit(identity, type, length);
            case 1 -> tryAbort(type, length) && tryCommit(identity, type, length);
            default -> producer.tryWrite(type, messages.bytes(identity), 0, length);
        };
        next += written ? 1 : 0;
        return written;
    }

    private boolean tryAbort(int type, int length) {
        MpmcClaim claim = producer.tryClaim(type, length);
        if (claim == null) {
            return false;
        }
        claim.payload().fill(0, length, (byte) -1);
        claim.abort();
        return true;
    }

    private boolean tryCommit(long identity, int type, int length) {
        MpmcClaim claim = producer.tryClaim(type, length);
        if (claim == null) {
            return false;
        }
        messages.fill(identity, claim.payload());
        claim.commit();
        return true;
    }
}
