package io.millrace.pipe;

/** What lies in a pipe is no message: its memory is damaged. What is behind it can be received. */
public final class CorruptMessageException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    CorruptMessageException(String what, long actual, String expected) {
        super(what + ": actual " + actual + ", expected " + expected);
    }
}
