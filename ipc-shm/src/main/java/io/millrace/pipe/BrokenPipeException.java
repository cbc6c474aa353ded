package io.millrace.pipe;

import java.io.IOException;

/** There is nobody any more who could receive what is sent. */
public final class BrokenPipeException extends IOException {
    private static final long serialVersionUID = 1L;

    BrokenPipeException(String connection) {
        super(connection + ": the other end is closed, or its holders have died; nothing was sent");
    }
}
