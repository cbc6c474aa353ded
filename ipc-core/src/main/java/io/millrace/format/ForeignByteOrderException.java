package io.millrace.format;

import java.nio.file.Path;

/** The segment was written on a machine of the other byte order. */
public final class ForeignByteOrderException extends SegmentFormatException {
    private static final long serialVersionUID = 1L;

    ForeignByteOrderException(Path file, String actual, String expected) {
        super(file, "byte order: actual " + actual + ", expected " + expected
            + "; segments are shared on one machine, create it again here");
    }
}
