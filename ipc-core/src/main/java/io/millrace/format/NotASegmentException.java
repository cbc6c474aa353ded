package io.millrace.format;

import java.nio.file.Path;

/** The file was not written by this library, or its creator died before the header was complete. */
public final class NotASegmentException extends SegmentFormatException {
    private static final long serialVersionUID = 1L;

    NotASegmentException(Path file, String actual) {
        super(file, "not a segment: actual start " + actual + ", expected \"" + SegmentHeader.MAGIC
            + "\"; give the path of a segment, or remove the file");
    }
}
