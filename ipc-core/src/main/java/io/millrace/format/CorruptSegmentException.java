package io.millrace.format;

import java.nio.file.Path;

/** The header, or the description of the body, contradicts itself. */
public final class CorruptSegmentException extends SegmentFormatException {
    private static final long serialVersionUID = 1L;

    /** For the package that knows the body; {@code contradiction} says what was found and what was expected. */
    public CorruptSegmentException(Path file, String contradiction) {
        super(file, "damaged: " + contradiction + "; create the segment again");
    }
}
