package io.millrace.pipe;

import io.millrace.memory.Region;

/**
 * Room for a message that is written in place, see {@link Connection#claim}. There is one such object per connection,
 * good until {@link #send} or {@link #close}. For the thread that claimed; as long as it is open, the connection sends
 * nothing else.
 *
 * <p><b>Death:</b> nothing of a message that was not sent is ever seen.
 */
public abstract sealed class MessageClaim implements AutoCloseable permits Sender {
    MessageClaim() { }

    /**
     * The room, exactly as long as was asked for. What is in it at first is arbitrary.
     *
     * @throws IllegalStateException if the claim was sent or closed
     */
    public abstract Region payload();

    /**
     * Sends the message.
     *
     * @throws IllegalStateException if the claim was sent or closed
     */
    public abstract void send();

    /** Gives the room back if the message was not sent. Idempotent. */
    @Override
    public abstract void close();
}
