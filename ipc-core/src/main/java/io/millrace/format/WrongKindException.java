package io.millrace.format;

import java.nio.file.Path;

/** The segment holds another kind of shared object than the one asked for. */
public final class WrongKindException extends SegmentFormatException {
    private static final long serialVersionUID = 1L;

    WrongKindException(Path file, String actual, String expected) {
        super(file, "kind of segment: actual " + actual + ", expected " + expected + "; open it as what it is");
    }
}
