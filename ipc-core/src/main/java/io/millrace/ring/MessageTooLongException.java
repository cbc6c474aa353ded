package io.millrace.ring;

/** A message is longer than the ring can ever hold; nothing was written. */
public final class MessageTooLongException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    MessageTooLongException(int length, int lengthMax, int capacity) {
        super("length of a message: actual " + length + " bytes, expected 0 to " + lengthMax
            + " in a ring of " + capacity + " bytes; send it in parts, or create a larger ring");
    }
}
