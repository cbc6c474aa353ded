package io.millrace.pipe;

import java.io.EOFException;

/** Everything was received that was sent, and there is nobody any more who could send. */
public final class EndOfStreamException extends EOFException {
    private static final long serialVersionUID = 1L;

    EndOfStreamException(String connection) {
        super(connection + ": the other end is closed, or its holders have died, and all that they sent was received");
    }
}
