package io.millrace.codec;

/**
 * A message is not what its codec writes: too short or too long, malformed, or of a class that is unknown here or not
 * welcome. Nothing outside the message was read. The carrier of the message says what becomes of it.
 */
public final class DecodingException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** With a reason that names the codec, what was found and what was expected. */
    public DecodingException(String message) {
        super(message);
    }

    /** With what decoding threw. */
    public DecodingException(String message, Throwable cause) {
        super(message, cause);
    }

    static DecodingException length(Codec<?> codec, int actual, String expected) {
        return new DecodingException("length of a message of codec " + codec.id() + ": actual " + actual
            + " bytes, expected " + expected);
    }
}
