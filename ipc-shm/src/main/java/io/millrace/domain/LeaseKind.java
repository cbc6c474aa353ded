package io.millrace.domain;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;

/** How a participant holds its lease. */
enum LeaseKind {
    /** A lock of an open file description: nothing but the end of the process, or its own close, frees it. */
    OFD {
        @Override
        Lease open(Path lockFile) throws IOException {
            return new OfdLease(lockFile);
        }
    },
    /**
     * A lock of the process, for where native code cannot be called: may be lost by a living process, so a note says
     * which process it is.
     */
    CHANNEL {
        @Override
        Lease open(Path lockFile) throws IOException {
            return new ChannelLease(lockFile);
        }
    };

    /** {@code ofd} or {@code channel}; without it, OFD where native code can be called. */
    static final String PROPERTY = "millrace.lease";

    abstract Lease open(Path lockFile) throws IOException;

    String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    static LeaseKind chosen() {
        String wish = System.getProperty(PROPERTY);
        if (wish == null) {
            return LibC.isAvailable() ? OFD : CHANNEL;
        }
        for (LeaseKind kind : values()) {
            if (kind.text().equals(wish)) {
                return kind;
            }
        }
        throw new IllegalArgumentException(
            "property " + PROPERTY + ": actual '" + wish + "', expected 'ofd' or 'channel'");
    }
}
