package io.millrace.queue;

/** There was no room in a queue in the time given; the message says which limit it has reached. */
public final class QueueFullException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    QueueFullException(String message) {
        super(message);
    }
}
