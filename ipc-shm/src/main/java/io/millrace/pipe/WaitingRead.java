package io.millrace.pipe;

import io.millrace.wait.Waiter;
import java.util.function.IntSupplier;

/** One thread's way to wait for messages, and to read them in place; used again and again. */
final class WaitingRead implements IntSupplier {
    private final Receiver receiver;
    private final Waiter waiter;
    private MessageHandler handler;
    private int limit;
    private EndOfStreamException endOfStream;

    WaitingRead(Receiver receiver, Waiter waiter) {
        this.receiver = receiver;
        this.waiter = waiter;
    }

    /** Waits until an attempt achieves something, and returns what; zero or less if none did in time. */
    int await(IntSupplier attempt, long timeoutNanos) throws InterruptedException {
        return waiter.await(attempt, receiver.onSlice(), timeoutNanos);
    }

    /** Waits until there are messages and passes them on; how many there were. */
    int read(MessageHandler to, int messages, long timeoutNanos) throws EndOfStreamException, InterruptedException {
        handler = to;
        limit = messages;
        endOfStream = null;
        try {
            int read = await(this, timeoutNanos);
            if (endOfStream != null) {
                throw endOfStream;
            }
            return read;
        } finally {
            handler = null;
        }
    }

    @Override
    public int getAsInt() {
        try {
            return receiver.tryRead(null, handler, limit);
        } catch (EndOfStreamException e) {
            endOfStream = e;
            return 1;
        }
    }
}
