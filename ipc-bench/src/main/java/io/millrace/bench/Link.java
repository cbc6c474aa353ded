package io.millrace.bench;

import java.io.IOException;

/**
 * One side's end of a connection between two JVMs, as a benchmark sees it: messages of one length, both ways, whose
 * content is given by their sequence number.
 */
interface Link extends AutoCloseable {
    /** Sends the message with this number; waits while there is no room. It may stay in a batch until flushed. */
    void send(long sequence) throws IOException, InterruptedException;

    /** Sends what a batch still holds back. */
    default void flush() throws IOException, InterruptedException { }

    /**
     * Waits for at least one message and passes on what is there to {@code check}.
     *
     * @param limit a link over a ring does not look for more, because the other side may be writing there; others pass
     *     on what has come together
     */
    void receive(PayloadCheck check, int limit) throws IOException, InterruptedException;

    @Override
    void close() throws IOException;
}
