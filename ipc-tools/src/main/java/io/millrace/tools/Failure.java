package io.millrace.tools;

import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;

/** An exception as one line for people. */
final class Failure {
    private Failure() { }

    static String describe(Exception exception) {
        if (exception instanceof UncheckedIOException) {
            return describe(((UncheckedIOException) exception).getCause());
        }
        String message = exception.getMessage();
        String kind = exception.getClass().getSimpleName();
        if (message == null) {
            return kind;
        }
        // Without a reason the message is the name of a file alone.
        boolean isBare = exception instanceof FileSystemException
            && ((FileSystemException) exception).getReason() == null;
        return (isBare ? kind + ": " + message : message).replace('\n', ' ');
    }
}
