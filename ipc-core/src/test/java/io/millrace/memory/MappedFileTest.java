package io.millrace.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The life of a mapped file: made, named, opened, closed. What it refuses is in {@link
 * MappedFileRefusalTest}.
 */
class MappedFileTest {
    @TempDir
    private Path directory;

    @Test
    void aNewFileHasATemporaryNameBesideItsTarget() throws IOException {
        try (MappedFile file = create("queue", 100)) {
            assertThat(names()).singleElement().asString()
                .matches("\\.queue\\.[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\\.tmp");
            assertThat(file.path()).isEqualTo(directory.resolve("queue"));
            assertThat(file).hasToString("MappedFile[" + file.path() + ", unpublished]");
        }
    }

    @Test
    void aPublishedFileHasItsNameAndNoOther() throws IOException {
        try (MappedFile file = create("queue", 100)) {
            file.publish();
            assertThat(names()).containsExactly("queue");
            assertThat(Files.getAttribute(file.path(), "unix:nlink")).isEqualTo(1);
            assertThat(file).hasToString("MappedFile[" + file.path() + ", 100 bytes]");
        }
        assertThat(names()).containsExactly("queue");
    }

    @Test
    void aFileHasExactlyTheLengthAskedForAndAllOfItIsWritten() throws IOException {
        for (long length : new long[] {1, 127, 4096, 4097, Region.COPY_CHUNK_LENGTH,
            2L * Region.COPY_CHUNK_LENGTH + 1}) {
            try (MappedFile file = create("of" + length, length)) {
                assertThat(file.region().length()).isEqualTo((int) length);
                file.publish();
                byte[] content = Files.readAllBytes(file.path());
                assertThat(content).hasSize((int) length).containsOnly(0);
            }
        }
    }

    @Test
    void onlyTheUserMayReadAndWriteTheFile() throws IOException {
        try (MappedFile file = create("private", 100)) {
            assertThat(modeOf(directory.resolve(names().get(0)))).isEqualTo("rw-------");
            file.publish();
            assertThat(modeOf(file.path())).isEqualTo("rw-------");
        }
    }

    @Test
    void closingAFileThatWasNeverPublishedRemovesIt() throws IOException {
        MappedFile file = create("never", 100);
        file.close();
        assertThat(names()).isEmpty();
        assertThatThrownBy(() -> MappedFile.open(file.path())).isInstanceOf(NoSuchFileException.class);
        file.close();
        assertThat(file).hasToString("MappedFile[" + file.path() + ", closed]");
    }

    @Test
    void anOpenedFileIsTheSameBytes() throws IOException {
        try (MappedFile created = create("queue", 100)) {
            created.region().putLongPlain(0, 42);
            created.publish();
            try (MappedFile opened = MappedFile.open(created.path())) {
                assertThat(opened.path()).isEqualTo(created.path());
                assertThat(opened.region().length()).isEqualTo(100);
                assertThat(opened.region().getLongPlain(0)).isEqualTo(42);
                opened.region().putLongPlain(8, 43);
                assertThat(created.region().getLongPlain(8)).isEqualTo(43);
            }
        }
        assertThat(names()).containsExactly("queue");
    }

    @Test
    void closingAnOpenedFileLeavesItInPlace() throws IOException {
        Path path = published("queue", 100);
        MappedFile opened = MappedFile.open(path);
        opened.close();
        opened.close();
        assertThat(names()).containsExactly("queue");
    }

    @Test
    void openingNeverChangesTheLengthOrTheContentOfAFile() throws IOException {
        for (int length : new int[] {1, 100, 4095, 4096, 4097, 10_000}) {
            Path path = directory.resolve("plain" + length);
            byte[] content = Contents.random(length);
            Files.write(path, content);
            try (MappedFile opened = MappedFile.open(path)) {
                assertThat(Contents.of(opened.region())).isEqualTo(content);
            }
            assertThat(Files.readAllBytes(path)).isEqualTo(content);
        }
    }

    @Test
    void publishingOverANameThatIsTakenFailsAndDamagesNothing() throws IOException {
        Path taken = directory.resolve("taken");
        Files.writeString(taken, "somebody's");
        try (MappedFile file = create("taken", 100)) {
            assertThatThrownBy(file::publish).isInstanceOf(FileAlreadyExistsException.class);
            assertThat(Files.readString(taken)).isEqualTo("somebody's");
            file.region().putBytePlain(99, (byte) 1);
            Files.delete(taken);
            file.publish();
            assertThat(Files.readAllBytes(taken)).hasSize(100);
        }
        assertThat(names()).containsExactly("taken");
    }

    @Test
    void aFileThatCouldNotBePublishedIsRemovedWhenItIsClosed() throws IOException {
        Files.createDirectory(directory.resolve("taken"));
        try (MappedFile file = create("taken", 100)) {
            assertThatThrownBy(file::publish).isInstanceOf(FileAlreadyExistsException.class);
        }
        assertThat(names()).containsExactly("taken");
    }

    @Test
    void publishingOverALinkThatLeadsNowhereFailsToo() throws IOException {
        Files.createSymbolicLink(directory.resolve("link"), directory.resolve("nowhere"));
        try (MappedFile file = create("link", 100)) {
            assertThatThrownBy(file::publish).isInstanceOf(FileAlreadyExistsException.class);
        }
        assertThat(names()).containsExactly("link");
    }

    @Test
    void aFileIsPublishedOnce() throws IOException {
        try (MappedFile file = create("once", 100)) {
            file.publish();
            assertThatThrownBy(file::publish).isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("once");
            try (MappedFile opened = MappedFile.open(file.path())) {
                assertThatThrownBy(opened::publish).isInstanceOf(IllegalStateException.class);
            }
        }
        assertThat(names()).containsExactly("once");
    }

    @Test
    void afterCloseTheFileGivesNoRegionAndCannotBePublished() throws IOException {
        MappedFile file = create("closed", 100);
        file.close();
        assertThatThrownBy(file::region).isInstanceOf(IllegalStateException.class)
            .hasMessageContaining("closed");
        assertThatThrownBy(file::publish).isInstanceOf(IllegalStateException.class);
        assertThat(names()).isEmpty();
    }

    @Test
    void aRegionThatSomebodyKeptIsStillThereAfterCloseAndRemoval() throws IOException {
        MappedFile file = create("kept", 100);
        Region region = file.region();
        region.putLongPlain(8, 42);
        ByteBuffer buffer = region.slice(8, 8).byteBuffer();
        file.publish();
        file.close();
        Files.delete(file.path());
        file = null;
        // Twice, so that a mapping nobody holds would be found and then unmapped.
        System.gc();
        System.gc();
        assertThat(region.getLongPlain(8)).isEqualTo(42);
        region.putLongPlain(8, 43);
        region = null;
        System.gc();
        System.gc();
        assertThat(buffer.getLong(0)).isEqualTo(43);
    }

    @Test
    void anInterruptedThreadCreatesNothingAndStaysInterrupted() {
        Thread.currentThread().interrupt();
        try {
            assertThatThrownBy(() -> create("interrupted", 100))
                .isInstanceOf(ClosedByInterruptException.class);
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
        assertThat(names()).isEmpty();
    }

    @Test
    void anInterruptedThreadOpensNothingAndStaysInterrupted() throws IOException {
        Path path = published("queue", 100);
        Thread.currentThread().interrupt();
        try {
            assertThatThrownBy(() -> MappedFile.open(path)).isInstanceOf(ClosedByInterruptException.class);
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
        assertThat(Files.size(path)).isEqualTo(100);
        assertThat(names()).containsExactly("queue");
    }

    @Test
    void aRelativeNameIsAFileOfTheWorkingDirectory() throws IOException {
        Path relative = Path.of("").toAbsolutePath().relativize(directory.resolve("relative"));
        try (MappedFile file = MappedFile.createUnpublished(relative, 100)) {
            file.publish();
            assertThat(names()).containsExactly("relative");
        }
    }

    private MappedFile create(String name, long length) throws IOException {
        return MappedFile.createUnpublished(directory.resolve(name), length);
    }

    private Path published(String name, long length) throws IOException {
        try (MappedFile file = create(name, length)) {
            file.publish();
            return file.path();
        }
    }

    private List<String> names() {
        return Directories.names(directory);
    }

    private static String modeOf(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
