package io.millrace.domain;

import java.nio.file.FileSystemException;
import java.nio.file.Path;

/** A shared object belongs to another domain than the one in whose directory it is: it was copied or left over. */
public final class WrongDomainException extends FileSystemException {
    private static final long serialVersionUID = 1L;

    WrongDomainException(Path object, Object actual, Object expected) {
        super(object.toString(), null, "domain of the object: actual " + actual + ", expected " + expected
            + "; it was copied here or is left over, and nobody can tell who of its users lives: remove the file");
    }
}
