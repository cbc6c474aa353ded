package io.millrace.pipe;

import java.io.IOException;

/** The other side has not proven that it has the key, or has none, or asks for one. There is no connection. */
public final class AuthenticationException extends IOException {
    private static final long serialVersionUID = 1L;

    AuthenticationException(String message) {
        super(message);
    }
}
