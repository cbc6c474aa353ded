package io.millrace.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is not made and not opened: one exception that says why, and nothing changed or left behind. */
class MappedFileRefusalTest {
    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(longs = {0, -1, Long.MIN_VALUE, MappedFile.LENGTH_MAX + 1L, 3L << 30, 1L << 32,
        Long.MAX_VALUE})
    void anImpossibleLengthIsRefusedWithTheActualAndTheExpectedLength(long length) {
        assertThatThrownBy(() -> MappedFile.createUnpublished(directory.resolve("f"), length))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining("actual " + length + " bytes")
            .hasMessageContaining("expected 1 to " + MappedFile.LENGTH_MAX);
        assertThat(names()).isEmpty();
    }

    @Test
    void aPathWithoutAFileNameIsRefused() {
        assertThatThrownBy(() -> MappedFile.createUnpublished(Path.of("/"), 100))
            .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("'/'");
    }

    @Test
    void aDirectoryThatDoesNotExistCannotHoldAFile() {
        assertThatThrownBy(() -> MappedFile.createUnpublished(directory.resolve("no/f"), 100))
            .isInstanceOf(NoSuchFileException.class);
        assertThat(names()).isEmpty();
    }

    @Test
    void aFileIsNoDirectoryToCreateIn() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "content");
        assertThatThrownBy(() -> MappedFile.createUnpublished(file.resolve("f"), 100))
            .isInstanceOf(FileSystemException.class);
        assertThat(names()).containsExactly("file");
        assertThat(Files.readString(file)).isEqualTo("content");
    }

    @Test
    void aNameThatNothingHasIsNoSuchFile() {
        assertThatThrownBy(() -> MappedFile.open(directory.resolve("missing")))
            .isInstanceOf(NoSuchFileException.class)
            .hasMessageContaining("missing");
        assertThat(names()).isEmpty();
    }

    @Test
    void aDirectoryIsNotOpened() {
        assertNotRegular(directory, "a directory");
    }

    @Test
    void aLinkIsNotOpenedWhereverItLeads() throws IOException {
        Path target = Files.writeString(directory.resolve("target"), "content");
        assertNotRegular(Files.createSymbolicLink(directory.resolve("live"), target), "a symbolic link");
        assertNotRegular(Files.createSymbolicLink(directory.resolve("dangling"), Path.of("nowhere")),
            "a symbolic link");
        assertNotRegular(Files.createSymbolicLink(directory.resolve("loop"), Path.of("loop")),
            "a symbolic link");
        assertThat(Files.readString(target)).isEqualTo("content");
        assertThat(names()).containsExactly("dangling", "live", "loop", "target");
    }

    @Test
    void aFifoIsRefusedAndNotWaitedFor() throws InterruptedException {
        Path fifo = directory.resolve("fifo");
        Commands.assumeRuns("mkfifo", fifo.toString());
        assertNotRegular(fifo, "a FIFO");
    }

    @Test
    void aDeviceIsNotOpened() {
        Path device = Path.of("/dev/zero");
        assumeTrue(Files.exists(device));
        assertNotRegular(device, "device");
    }

    @Test
    void anEmptyFileIsNotOpened() throws IOException {
        Path empty = Files.createFile(directory.resolve("empty"));
        assertThatThrownBy(() -> MappedFile.open(empty)).isInstanceOf(FileSystemException.class)
            .hasMessageContaining("actual 0 bytes")
            .hasMessageContaining("expected 1 to " + MappedFile.LENGTH_MAX);
        assertThat(Files.size(empty)).isZero();
    }

    @Test
    void aFileTooLongToMapIsNotOpenedAndKeepsItsLength() throws IOException {
        for (long length : new long[] {MappedFile.LENGTH_MAX + 1L, 3L << 30, (1L << 32) + 1}) {
            Path path = sparse(length);
            assertThatThrownBy(() -> MappedFile.open(path)).isInstanceOf(FileSystemException.class)
                .hasMessageContaining("actual " + length + " bytes")
                .hasMessageContaining("expected 1 to " + MappedFile.LENGTH_MAX);
            assertThat(Files.size(path)).isEqualTo(length);
        }
    }

    @Test
    void theLongestFileCanBeOpenedUpToItsLastWord() throws IOException {
        Path path = sparse(MappedFile.LENGTH_MAX);
        try (MappedFile file = MappedFile.open(path)) {
            Region region = file.region();
            assertThat(region.length()).isEqualTo(MappedFile.LENGTH_MAX);
            assertThat(region.getLongVolatile(MappedFile.LENGTH_MAX - Long.BYTES)).isZero();
            assertThatThrownBy(() -> region.getLongPlain(MappedFile.LENGTH_MAX - Long.BYTES + 1))
                .isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> region.getIntPlain(Integer.MAX_VALUE))
                .isInstanceOf(IndexOutOfBoundsException.class);
        }
        assertThat(Files.size(path)).isEqualTo(MappedFile.LENGTH_MAX);
    }

    @Test
    void aFileOfAnotherUserIsNotOpened() throws IOException {
        assumeTrue(Commands.isRoot(), "only root can give a file away");
        Path path = Files.writeString(directory.resolve("theirs"), "content");
        Files.setAttribute(path, "unix:uid", Commands.OTHER_USER);
        assertThatThrownBy(() -> MappedFile.open(path)).isInstanceOf(AccessDeniedException.class)
            .hasMessageContaining("actual uid " + Commands.OTHER_USER).hasMessageContaining("expected uid 0");
        assertThat(Files.readString(path)).isEqualTo("content");
    }

    @Test
    void aFullFileSystemIsAnExceptionAtOnceWithWhatWasNeededAndWhatThereIs() throws Exception {
        onSmallFileSystem(small -> {
            for (long length : new long[] {2 << 20, 1_100_000, MappedFile.LENGTH_MAX}) {
                assertThatThrownBy(() -> MappedFile.createUnpublished(small.resolve("f"), length))
                    .isInstanceOf(InsufficientSpaceException.class)
                    .hasMessageContaining("needed " + length + " bytes")
                    .hasMessageContaining("usable " + (1 << 20) + " bytes")
                    .hasMessageContaining("--shm-size")
                    .hasCauseInstanceOf(IOException.class);
                assertThat(Directories.names(small)).isEmpty();
            }
        });
    }

    @Test
    void whatFitsExactlyIsMadeAndTheNextByteIsNot() throws Exception {
        onSmallFileSystem(small -> {
            try (MappedFile file = MappedFile.createUnpublished(small.resolve("all"), 1 << 20)) {
                file.publish();
                assertThatThrownBy(() -> MappedFile.createUnpublished(small.resolve("one more"), 1))
                    .isInstanceOf(InsufficientSpaceException.class)
                    .hasMessageContaining("needed 1 bytes").hasMessageContaining("usable 0 bytes");
                assertThat(Directories.names(small)).containsExactly("all");
                file.region().fill(0, 1 << 20, (byte) 1);
                assertThat(Files.readAllBytes(file.path())).containsOnly(1);
            }
        });
    }

    private interface Body {
        void on(Path small) throws IOException;
    }

    private void onSmallFileSystem(Body body) throws IOException, InterruptedException {
        assumeTrue(Commands.isRoot(), "only root can mount");
        Path small = Files.createDirectory(directory.resolve("small"));
        Commands.assumeRuns("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", small.toString());
        try {
            body.on(small);
        } finally {
            // Lazily, because a mapping that is not collected yet keeps it busy.
            assertThat(Commands.runs("umount", "-l", small.toString())).isTrue();
        }
    }

    private Path sparse(long length) throws IOException {
        Path path = directory.resolve("sparse" + length);
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
            file.setLength(length);
        }
        return path;
    }

    private static void assertNotRegular(Path path, String kind) {
        assertThatThrownBy(() -> MappedFile.open(path)).isInstanceOf(NotRegularFileException.class)
            .hasMessageContaining(path.toString()).hasMessageContaining(kind)
            .hasMessageContaining("expected a regular file");
    }

    private List<String> names() {
        return Directories.names(directory);
    }
}
