package io.millrace.domain;

import java.nio.file.FileSystemException;
import java.nio.file.Path;

/**
 * A directory cannot be used as a domain, or no longer. The subclass says why, the message what was found, what was
 * expected and what to do.
 */
public abstract class DomainException extends FileSystemException {
    private static final long serialVersionUID = 1L;

    DomainException(Path file, String reason) {
        super(file.toString(), null, reason);
    }
}
