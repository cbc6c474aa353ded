package io.millrace.process;

/** Stands for an exception of a child that cannot itself come to the parent; its text and stack are the child's. */
public final class ChildException extends RuntimeException {
    private static final long serialVersionUID = 1;

    ChildException(String message, Throwable cause) {
        super(message, cause);
    }
}
