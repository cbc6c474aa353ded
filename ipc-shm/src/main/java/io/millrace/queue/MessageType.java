package io.millrace.queue;

/** What a record of a queue's rings holds. */
final class MessageType {
    /** An encoded item. */
    static final int ITEM = 0;
    /** Null; no bytes. */
    static final int NULL = 1;
    /** An encoded item in a file of its own; the bytes are two ints, see {@link LargeMessages}. */
    static final int LARGE = 2;

    /** Behind the item, or the two ints, are the tickets of handles. */
    static final int WITH_HANDLES = 1 << 4;

    private MessageType() { }
}
