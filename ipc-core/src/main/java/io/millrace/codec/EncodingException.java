package io.millrace.codec;

/** An item cannot be turned into a message. Nothing was sent; the thread that gave the item is told. */
public final class EncodingException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    /** With a reason that names the item's class and what is wrong with it. */
    public EncodingException(String message) {
        super(message);
    }

    /** With what the item's own code threw. */
    public EncodingException(String message, Throwable cause) {
        super(message, cause);
    }
}
