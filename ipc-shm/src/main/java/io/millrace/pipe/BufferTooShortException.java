package io.millrace.pipe;

/** A message did not fit into the buffer that was given for it. It was received, and is here. */
public final class BufferTooShortException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient byte[] message;

    BufferTooShortException(byte[] message, int room) {
        super("room for a message: actual " + room + " bytes, expected at least " + message.length
            + "; message() has the message");
        this.message = message;
    }

    /** The whole message. */
    public byte[] message() {
        return message.clone();
    }
}
