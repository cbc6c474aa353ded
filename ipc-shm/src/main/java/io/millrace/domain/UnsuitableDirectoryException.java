package io.millrace.domain;

import java.nio.file.Path;

/** What is to be a domain is not a directory, or one that others could write to whom nobody has let in. */
public final class UnsuitableDirectoryException extends DomainException {
    private static final long serialVersionUID = 1L;

    UnsuitableDirectoryException(Path directory, String what, String actual, String expected) {
        super(directory, what + ": actual " + actual + ", expected " + expected + "; choose another directory, by"
            + " the argument, the property " + DomainDirectory.PROPERTY + " or the environment variable "
            + DomainDirectory.VARIABLE);
    }
}
