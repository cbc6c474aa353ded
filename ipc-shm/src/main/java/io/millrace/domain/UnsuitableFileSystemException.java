package io.millrace.domain;

import java.nio.file.Path;
import java.util.Collection;

/**
 * The directory is on a file system whose locks or mappings may not reach every process that sees it. Nothing was
 * changed, but the directory may have been made.
 */
public final class UnsuitableFileSystemException extends DomainException {
    private static final long serialVersionUID = 1L;

    UnsuitableFileSystemException(Path directory, String actual, Collection<String> allowed) {
        super(directory, "type of the file system: actual " + actual + ", expected one of "
            + String.join(", ", allowed) + "; choose a directory under /dev/shm or on a local disk");
    }
}
