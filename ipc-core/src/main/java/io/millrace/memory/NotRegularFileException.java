package io.millrace.memory;

import java.nio.file.FileSystemException;
import java.nio.file.Path;

/** Something other than a regular file has the name: a directory, a symbolic link, a FIFO, a socket or a device. */
public final class NotRegularFileException extends FileSystemException {
    private static final long serialVersionUID = 1L;

    NotRegularFileException(Path file, String actual) {
        super(file.toString(), null, "kind of file: actual " + actual + ", expected a regular file");
    }
}
