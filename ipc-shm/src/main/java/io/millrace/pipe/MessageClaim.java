package io.millrace.pipe;

import io.millrace.memory.Region;
import io.millrace.ring.Claim;

/**
 * Room for a message that is written in place, see {@link Connection#claim}. There is one such object per connection,
 * good until {@link #send} or {@link #close}. For the thread that claimed; as long as it is open, the connection sends
 * nothing else.
 *
 * <p><b>Death:</b> nothing of a message that was not sent is ever seen.
 */
public final class MessageClaim implements AutoCloseable {
    private final Sender sender;
    private Claim claim;

    MessageClaim(Sender sender) {
        this.sender = sender;
    }

    /** This over that claim; null over none. */
    MessageClaim over(Claim open) {
        if (open == null) {
            return null;
        }
        claim = open;
        return this;
    }

    /**
     * The room, exactly as long as was asked for. What is in it at first is arbitrary.
     *
     * @throws IllegalStateException if the claim was sent or closed
     */
    public Region payload() {
        return open().payload();
    }

    /**
     * Sends the message.
     *
     * @throws IllegalStateException if the claim was sent or closed
     */
    public void send() {
        open();
        claim = null;
        sender.finish(true);
    }

    /** Gives the room back if the message was not sent. Idempotent. */
    @Override
    public void close() {
        if (claim != null) {
            claim = null;
            sender.finish(false);
        }
    }

    private Claim open() {
        if (claim == null) {
            throw new IllegalStateException("the claim was sent or closed already");
        }
        return claim;
    }

    @Override
    public String toString() {
        return claim == null ? "MessageClaim[not open]" : "MessageClaim[" + claim.payload().length() + " bytes]";
    }
}
