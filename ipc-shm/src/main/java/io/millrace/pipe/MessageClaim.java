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
    /** The record in the lane, in which there is room for the message; null before the first. */
    private Claim room;

    MessageClaim(Sender sender) {
        this.sender = sender;
    }

    /** Opens, with such room. */
    void open(Claim claimed) {
        if (room != claimed) { // a lane's is always the same, and storing a reference costs more than looking
            room = claimed;
        }
    }

    boolean isOpen() {
        return room != null && room.isOpen();
    }

    Claim room() {
        if (!isOpen()) {
            throw new IllegalStateException("the claim was sent or closed already");
        }
        return room;
    }

    /**
     * The room, exactly as long as was asked for. What is in it at first is arbitrary.
     *
     * @throws IllegalStateException if the claim was sent or closed
     */
    public Region payload() {
        return room().payload();
    }

    /**
     * Sends the message.
     *
     * @throws IllegalStateException if the claim was sent or closed
     */
    public void send() {
        sender.send(room());
    }

    /** Gives the room back if the message was not sent. Idempotent. */
    @Override
    public void close() {
        sender.drop();
    }

    @Override
    public String toString() {
        return isOpen() ? "MessageClaim[" + payload().length() + " bytes]" : "MessageClaim[not open]";
    }
}
