package io.millrace.domain;

import java.nio.file.Path;

/**
 * All ids of the domain were handed out, and they cannot be handed out anew, because somebody takes part, or something
 * in the directory may name an old id.
 */
public final class DomainExhaustedException extends DomainException {
    private static final long serialVersionUID = 1L;

    DomainExhaustedException(Path directory) {
        super(directory, "owner ids: all " + Domain.OWNER_ID_MAX + " were handed out; they are used anew when a"
            + " participant joins that is alone, and the directory holds no shared objects");
    }
}
