package io.millrace.queue;

/** What lay in a queue's memory is no message of a queue. It was passed over. */
public final class CorruptMessageException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    CorruptMessageException(int type) {
        super("type of a message: actual " + type + ", expected " + MessageType.ITEM + ", " + MessageType.NULL + " or "
            + MessageType.LARGE + "; something else has written to the queue's files");
    }

    CorruptMessageException(int length, int expected) {
        super("length of a reference to a long message: actual " + length + ", expected " + expected
            + "; something else has written to the queue's files");
    }
}
