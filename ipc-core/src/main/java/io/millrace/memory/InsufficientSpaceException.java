package io.millrace.memory;

import java.nio.file.FileSystemException;
import java.nio.file.Path;

/** A file could not be created in full because its file system has no room for it. Nothing was left behind. */
public final class InsufficientSpaceException extends FileSystemException {
    private static final long serialVersionUID = 1L;

    InsufficientSpaceException(Path file, long neededBytes, long usableBytes, Throwable cause) {
        super(file.toString(), null, "no room on the file system: needed " + neededBytes + " bytes, usable "
            + usableBytes + " bytes; remove what is no longer used, ask for less, or enlarge it"
            + " (in a container: --shm-size for /dev/shm)");
        initCause(cause);
    }
}
