package io.millrace.domain;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.AnnotatedElementContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.TempDirFactory;

/** Directories for domains: where other tests have theirs, or in shared memory if that is no place for a domain. */
public final class SharedDirectory implements TempDirFactory {
    private static final String PREFIX = "millrace-test-";

    @Override
    public Path createTempDirectory(AnnotatedElementContext element, ExtensionContext extension) throws Exception {
        Path usual = Path.of(System.getProperty("java.io.tmpdir"));
        boolean fits = FileSystemTypes.ALLOWED.contains(FileSystemTypes.OF_MOUNTS.typeOf(usual));
        return Files.createTempDirectory(fits ? usual : Path.of("/dev/shm"), PREFIX);
    }
}
