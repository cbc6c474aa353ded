package io.millrace.pipe;

import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntSupplier;

/** How the threads of a handle wait for messages; there is one way to spare for the usual case that one thread does. */
final class Waits {
    private final Receiver receiver;
    private final AtomicReference<WaitingRead> spare = new AtomicReference<>();

    Waits(Receiver receiver) {
        this.receiver = receiver;
    }

    /** Makes the attempt until it achieves something; whether it did in time. */
    boolean await(IntSupplier attempt, long timeoutNanos) throws InterruptedException {
        if (attempt.getAsInt() > 0) {
            return true;
        }
        WaitingRead waiting = take();
        try {
            return waiting.await(attempt, timeoutNanos) > 0;
        } finally {
            spare.set(waiting);
        }
    }

    /** Waits until there are messages and passes them on; how many there were. */
    int read(MessageHandler handler, int limit, long timeoutNanos) throws EndOfStreamException, InterruptedException {
        int read = receiver.tryRead(null, handler, limit);
        if (read > 0 || timeoutNanos <= 0) {
            return read;
        }
        WaitingRead waiting = take();
        try {
            return waiting.read(handler, limit, timeoutNanos);
        } finally {
            spare.set(waiting);
        }
    }

    private WaitingRead take() {
        WaitingRead waiting = spare.getAndSet(null);
        return waiting != null ? waiting : new WaitingRead(receiver, receiver.newWaiter());
    }
}
