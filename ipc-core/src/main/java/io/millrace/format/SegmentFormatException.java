package io.millrace.format;

import java.nio.file.FileSystemException;
import java.nio.file.Path;

/**
 * A file cannot be opened as the segment that was asked for. The subclass says why, the message what was found, what
 * was expected and what to do. Nothing was changed.
 */
public abstract class SegmentFormatException extends FileSystemException {
    private static final long serialVersionUID = 1L;

    SegmentFormatException(Path file, String reason) {
        super(file.toString(), null, reason);
    }
}
