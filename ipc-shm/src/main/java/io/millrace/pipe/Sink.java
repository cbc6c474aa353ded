package io.millrace.pipe;

import io.millrace.memory.Region;

/** What becomes of a message that is received. Used for one message, by one thread. */
interface Sink {
    /** Which of the two it would rather be given a message in that came in parts; it may be given the other. */
    boolean takesArrays();

    /**
     * Called for the message, once.
     *
     * @param content which sort it is, see {@link RecordType}
     * @param message as long as it is; good during the call only
     */
    void accept(int content, Region message);

    /** Called in place of the other for a message that came in parts, and was put together in an array. */
    void accept(int content, byte[] message);
}
