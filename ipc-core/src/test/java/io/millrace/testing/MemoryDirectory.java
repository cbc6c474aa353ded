package io.millrace.testing;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.extension.AnnotatedElementContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.TempDirFactory;

/** Directories for domains: where other tests have theirs, or in shared memory if that is no place for a domain. */
public final class MemoryDirectory implements TempDirFactory {
    private static final List<String> FIT = List.of("tmpfs", "ext2", "ext3", "ext4", "xfs", "btrfs");

    @Override
    public Path createTempDirectory(AnnotatedElementContext element, ExtensionContext extension) throws Exception {
        Path usual = Path.of(System.getProperty("java.io.tmpdir"));
        return Files.createTempDirectory(FIT.contains(Files.getFileStore(usual).type()) ? usual : Path.of("/dev/shm"),
            "millrace-test-");
    }
}
