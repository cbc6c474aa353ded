package io.millrace.format;

import java.nio.file.Path;

/** The segment was written in a format that this program does not know yet. */
public final class FormatTooNewException extends SegmentFormatException {
    private static final long serialVersionUID = 1L;

    FormatTooNewException(Path file, int actual, SegmentKind kind) {
        super(file, "format version of " + kind.name() + ": actual " + actual
            + ", expected " + kind.oldestVersion() + " to " + kind.currentVersion()
            + "; too new: update this program");
    }
}
