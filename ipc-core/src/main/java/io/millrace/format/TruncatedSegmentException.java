package io.millrace.format;

import java.nio.file.Path;

/** The file is shorter or longer than its header says. */
public final class TruncatedSegmentException extends SegmentFormatException {
    private static final long serialVersionUID = 1L;

    TruncatedSegmentException(Path file, long actual, long expected) {
        super(file, "length of the file: actual " + actual + " bytes, expected " + expected
            + "; it was cut or extended, create the segment again");
    }
}
