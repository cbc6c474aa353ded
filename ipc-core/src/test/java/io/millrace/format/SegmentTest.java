package io.millrace.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.memory.MappedFile;
import io.millrace.memory.NotRegularFileException;
import io.millrace.memory.Region;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Creating and opening. What makes an opener refuse a file is in {@link SegmentErrorTest}. */
class SegmentTest {
    private static final SegmentKind KIND = new SegmentKind("test-kind", 1, 3);

    @TempDir
    private Path directory;

    @Test
    void aSegmentIsOpenedByItsNameAndHasTheBodyThatItsCreatorWrote() throws IOException {
        Path path = directory.resolve("segment");
        try (Segment created = Segment.create(path, KIND, 100, body -> body.putLongPlain(8, 42))) {
            assertThat(created.path()).isEqualTo(path);
            assertThat(created.body().length()).isEqualTo(100);
            try (Segment opened = Segment.open(path, KIND)) {
                assertThat(opened.path()).isEqualTo(path);
                assertThat(opened.creationId()).isEqualTo(created.creationId());
                assertThat(opened.body().length()).isEqualTo(100);
                assertThat(opened.body().getLongPlain(8)).isEqualTo(42);
                opened.body().putLongVolatile(16, 43);
                assertThat(created.body().getLongVolatile(16)).isEqualTo(43);
                assertThat(opened).hasToString(
                    "Segment[MappedFile[" + path + ", 228 bytes], " + created.creationId() + "]");
            }
        }
        assertThat(names()).containsExactly("segment");
    }

    @Test
    void theFileIsTheHeaderAndTheBodyAndNothingElse() throws IOException {
        Path path = directory.resolve("segment");
        UUID id = create(path);
        ByteBuffer bytes = SegmentFile.read(path).bytes();
        assertThat(bytes.capacity()).isEqualTo(SegmentFile.HEADER_LENGTH + 100);
        assertThat(text(bytes, SegmentFile.MAGIC, 8)).isEqualTo("MILLRACE");
        assertThat(bytes.getInt(SegmentFile.BYTE_ORDER)).isEqualTo(0x01020304);
        assertThat(bytes.getInt(SegmentFile.BODY_OFFSET)).isEqualTo(128);
        assertThat(text(bytes, SegmentFile.KIND, 16)).isEqualTo("test-kind" + "\0".repeat(7));
        assertThat(bytes.getInt(SegmentFile.FORMAT_VERSION)).isEqualTo(3);
        assertThat(bytes.getInt(SegmentFile.CHECKSUM)).isEqualTo(SegmentFile.read(path).checksum());
        assertThat(bytes.getLong(SegmentFile.FILE_LENGTH)).isEqualTo(228);
        ByteBuffer idBytes = bytes.slice(SegmentFile.CREATION_ID, 16);
        assertThat(new UUID(idBytes.getLong(), idBytes.getLong())).isEqualTo(id);
        assertThat(text(bytes, SegmentFile.PADDING, 64)).isEqualTo("\0".repeat(64));
        assertThat(text(bytes, SegmentFile.HEADER_LENGTH, 100)).isEqualTo("\0".repeat(100));
    }

    @Test
    void theInitialiserSeesAZeroBodyOfTheLengthAskedForAndNoFileOfTheNameYet() throws IOException {
        Path path = directory.resolve("segment");
        List<String> seen = new ArrayList<>();
        Segment.create(path, KIND, 4097, body -> {
            assertThat(body.length()).isEqualTo(4097);
            for (int i = 0; i < 4097; i++) {
                assertThat(body.getBytePlain(i)).isZero();
            }
            seen.addAll(names());
        }).close();
        assertThat(seen).singleElement().asString().startsWith(".segment.").endsWith(".tmp");
    }

    @Test
    void aFileThatDiesBeforeItsNameHasNoMagicYet() throws IOException {
        Path half = directory.resolve("half");
        Segment.create(directory.resolve("segment"), KIND, 100, body -> {
            try {
                Files.copy(directory.resolve(names().get(0)), half);
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }).close();
        assertThatThrownBy(() -> Segment.open(half, KIND)).isInstanceOf(NotASegmentException.class);
    }

    @Test
    void twoSegmentsThatHadOneNameInTurnDifferInTheirCreationId() throws IOException {
        Path path = directory.resolve("segment");
        Set<UUID> ids = new HashSet<>();
        for (int i = 0; i < 20; i++) {
            ids.add(create(path));
            Files.delete(path);
        }
        assertThat(ids).hasSize(20);
    }

    @Test
    void aNameThatIsTakenIsRefusedAndWhatHasItStaysAsItIs() throws IOException {
        Path path = directory.resolve("segment");
        UUID first = create(path);
        assertThatThrownBy(() -> create(path)).isInstanceOf(FileAlreadyExistsException.class);
        try (Segment opened = Segment.open(path, KIND)) {
            assertThat(opened.creationId()).isEqualTo(first);
        }
        assertThat(names()).containsExactly("segment");
    }

    @Test
    void anInitialiserThatThrowsLeavesNothingBehind() {
        List<Throwable> causes = List.of(new IllegalStateException("mine"), new AssertionError("mine"));
        for (Throwable cause : causes) {
            assertThatThrownBy(() -> Segment.create(directory.resolve("segment"), KIND, 100, body -> {
                body.putLongPlain(0, 1);
                if (cause instanceof Error error) {
                    throw error;
                }
                throw (RuntimeException) cause;
            })).isSameAs(cause);
            assertThat(names()).isEmpty();
        }
    }

    @Test
    void anInitialiserThatLeavesTheBodyThrowsAndLeavesNothingBehind() {
        assertThatThrownBy(() -> Segment.create(directory.resolve("segment"), KIND, 100,
            body -> body.putLongPlain(-64, 1))).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> Segment.create(directory.resolve("segment"), KIND, 100,
            body -> body.putLongPlain(93, 1))).isInstanceOf(IndexOutOfBoundsException.class);
        assertThat(names()).isEmpty();
    }

    @Test
    void anInterruptedCreatorLeavesNothingBehind() {
        Thread.currentThread().interrupt();
        try {
            assertThatThrownBy(() -> create(directory.resolve("segment"))).isInstanceOf(IOException.class);
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
        assertThat(names()).isEmpty();
    }

    @Test
    void aBodyOfAnImpossibleLengthIsRefusedWithTheActualAndTheExpectedLength() {
        for (long length : new long[] {0, -1, Long.MIN_VALUE, Segment.BODY_LENGTH_MAX + 1L, 3L << 30,
            Long.MAX_VALUE}) {
            assertThatThrownBy(() -> Segment.create(directory.resolve("segment"), KIND, length, body -> { }))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("actual " + length + " bytes")
                .hasMessageContaining("expected 1 to " + Segment.BODY_LENGTH_MAX);
        }
        assertThat(Segment.BODY_LENGTH_MAX).isEqualTo(MappedFile.LENGTH_MAX - 128);
        assertThat(names()).isEmpty();
    }

    @Test
    void theShortestBodyIsOneByte() throws IOException {
        Path path = directory.resolve("segment");
        try (Segment created = Segment.create(path, KIND, 1, body -> body.putBytePlain(0, (byte) 9));
             Segment opened = Segment.open(path, KIND)) {
            assertThat(created.body().length()).isOne();
            assertThat(opened.body().getBytePlain(0)).isEqualTo((byte) 9);
        }
    }

    @Test
    void exactlyOneOfSeveralConcurrentCreatorsWinsAndNothingElseIsLeft() throws Exception {
        int threads = 8;
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            for (int round = 0; round < 20; round++) {
                Path path = directory.resolve("round" + round);
                CyclicBarrier start = new CyclicBarrier(threads);
                Callable<UUID> creator = () -> {
                    start.await();
                    try {
                        return create(path);
                    } catch (FileAlreadyExistsException e) {
                        return null;
                    }
                };
                List<UUID> winners = new ArrayList<>();
                for (Future<UUID> result : executor.invokeAll(Collections.nCopies(threads, creator))) {
                    if (result.get() != null) {
                        winners.add(result.get());
                    }
                }
                try (Segment opened = Segment.open(path, KIND)) {
                    assertThat(winners).containsExactly(opened.creationId());
                }
                Files.delete(path);
                assertThat(names()).isEmpty();
            }
        } finally {
            executor.shutdownNow();
        }
    }

    @Test
    void afterCloseThereIsNoBodyAndNoDumpButTheIdentityIsKnown() throws IOException {
        Path path = directory.resolve("segment");
        Segment segment = Segment.create(path, KIND, 100, body -> { });
        Region kept = segment.body();
        UUID id = segment.creationId();
        segment.close();
        segment.close();
        assertThatThrownBy(segment::body).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(segment::dumpHeader).isInstanceOf(IllegalStateException.class);
        assertThat(segment.creationId()).isEqualTo(id);
        assertThat(segment.path()).isEqualTo(path);
        assertThat(kept.getLongPlain(0)).isZero();
    }

    @Test
    void whatIsNoFileAtAllIsReportedAsThat() throws IOException {
        assertThatThrownBy(() -> Segment.open(directory.resolve("missing"), KIND))
            .isInstanceOf(NoSuchFileException.class);
        assertThatThrownBy(() -> Segment.open(directory, KIND)).isInstanceOf(NotRegularFileException.class);
        Path empty = Files.createFile(directory.resolve("empty"));
        assertThatThrownBy(() -> Segment.open(empty, KIND)).isInstanceOf(FileSystemException.class)
            .hasMessageContaining("actual 0 bytes");
    }

    private static UUID create(Path path) throws IOException {
        try (Segment segment = Segment.create(path, KIND, 100, body -> { })) {
            return segment.creationId();
        }
    }

    private static String text(ByteBuffer bytes, int offset, int length) {
        byte[] characters = new byte[length];
        bytes.get(offset, characters);
        return new String(characters, StandardCharsets.ISO_8859_1);
    }

    private List<String> names() {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.map(entry -> entry.getFileName().toString()).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
