package io.millrace.domain;

import java.nio.file.Path;

/**
 * The lock file or the table of the domain was removed or replaced, so that nobody can say any more who is dead.
 * Participants that are there go on working together; nobody can join, and no verdict <i>dead</i> is given. End them
 * all, remove the directory, and start again.
 */
public final class DomainVanishedException extends DomainException {
    private static final long serialVersionUID = 1L;

    DomainVanishedException(Path file, String found) {
        super(file, found + "; end all programs that use the domain, then remove its directory");
    }
}
