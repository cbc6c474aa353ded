package io.millrace.queue;

/** There was no item in a queue in the time given. */
public final class QueueEmptyException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    QueueEmptyException(String message) {
        super(message);
    }
}
