package io.millrace.format;

import java.nio.file.Path;

/** The segment was written in a format that this program no longer reads. */
public final class FormatTooOldException extends SegmentFormatException {
    private static final long serialVersionUID = 1L;

    FormatTooOldException(Path file, int actual, SegmentKind kind) {
        super(file, "format version of " + kind.name() + ": actual " + actual
            + ", expected " + kind.oldestVersion() + " to " + kind.currentVersion()
            + "; too old: create the segment again with this release");
    }
}
