package io.millrace.domain;

import java.nio.file.Path;

/**
 * Another copy of this library in this JVM takes part in the domain, and one of the two has a lease that the closing
 * of any other handle on the lock file in this process would drop.
 */
public final class DomainInUseException extends DomainException {
    private static final long serialVersionUID = 1L;

    DomainInUseException(Path directory, LeaseKind other, LeaseKind own) {
        super(directory, "another class loader of this JVM has joined with a lease of kind " + other.text()
            + ", and this one is to be of kind " + own.text() + "; two in one JVM must both be of kind "
            + LeaseKind.OFD.text() + ": load the library once, or let it call native code");
    }
}
