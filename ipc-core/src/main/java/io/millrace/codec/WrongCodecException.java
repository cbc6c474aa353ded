package io.millrace.codec;

import java.nio.file.FileSystemException;
import java.nio.file.Path;

/** A segment was made with another codec than the one it is opened with. Nothing was changed. */
public final class WrongCodecException extends FileSystemException {
    private static final long serialVersionUID = 1L;

    WrongCodecException(Path file, String actual, String expected) {
        super(file.toString(), null, "codec of the segment: actual " + actual + ", expected " + expected
            + "; open it with the codec that it was made with");
    }
}
