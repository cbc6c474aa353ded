package io.millrace.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Each way in which a file is not the segment asked for: its own exception, with what is there and what
 * should be.
 */
class SegmentErrorTest {
    private static final SegmentKind KIND = new SegmentKind("test-kind", 2, 3);
    private static final int LENGTH = SegmentFile.HEADER_LENGTH + 100;

    @TempDir
    private Path directory;

    private Path path;
    private SegmentFile file;

    @BeforeEach
    void createASegment() throws IOException {
        path = directory.resolve("segment");
        Segment.create(path, KIND, 100, body -> { }).close();
        file = SegmentFile.read(path);
    }

    @Test
    void anUntouchedSegmentIsOpened() throws IOException {
        file.seal().write(path);
        assertOpens();
    }

    @Test
    void aFileThatStartsOtherwiseIsNotASegment() throws IOException {
        file.putText(SegmentFile.MAGIC, "MILLSTON").write(path);
        assertRefused(NotASegmentException.class, "actual start \"MILLSTON\"", "expected \"MILLRACE\"");
    }

    @Test
    void bytesThatCannotBePrintedShowAsDotsInTheMessage() throws IOException {
        file.putText(SegmentFile.MAGIC, "\177ELF\2\1\33\377").write(path);
        assertRefused(NotASegmentException.class, "actual start \".ELF....\"", "expected \"MILLRACE\"");
    }

    @Test
    void aFileWhoseMagicWasNeverWrittenIsNotASegment() throws IOException {
        file.putLong(SegmentFile.MAGIC, 0).write(path);
        assertRefused(NotASegmentException.class, "actual start \"\"", "expected \"MILLRACE\"");
    }

    @Test
    void aFileShorterThanTheMagicIsNotASegment() throws IOException {
        for (int length = 1; length < 8; length++) {
            file.withLength(length).write(path);
            assertRefused(NotASegmentException.class, "expected \"MILLRACE\"");
            SegmentFile.of("MILLRACE".substring(0, length).getBytes(StandardCharsets.US_ASCII)).write(path);
            assertRefused(NotASegmentException.class, "\"" + "MILLRACE".substring(0, length) + "\"");
        }
    }

    @Test
    void aFileShorterThanTheHeaderIsTruncated() throws IOException {
        for (int length = SegmentFile.HEADER_LENGTH - 1; length >= 8; length--) {
            file.withLength(length).write(path);
            assertRefused(TruncatedSegmentException.class, "actual " + length + " bytes", "expected 128");
        }
    }

    @Test
    void aFileThatWasCutOrExtendedIsTruncated() throws IOException {
        for (int length : new int[] {LENGTH - 1, SegmentFile.HEADER_LENGTH, LENGTH + 1, LENGTH + 5000}) {
            file.withLength(length).write(path);
            assertRefused(TruncatedSegmentException.class, "actual " + length + " bytes",
                "expected " + LENGTH);
        }
    }

    @Test
    void aLengthThatNoFileCanHaveIsNotBelieved() throws IOException {
        for (long length : new long[] {0, -1, Long.MIN_VALUE, Long.MAX_VALUE, LENGTH + (1L << 32)}) {
            file.putLong(SegmentFile.FILE_LENGTH, length).seal().write(path);
            assertRefused(TruncatedSegmentException.class, "actual " + LENGTH + " bytes",
                "expected " + length);
        }
    }

    @Test
    void aSegmentOfTheOtherByteOrderIsForeignWhateverItsOtherFieldsSay() throws IOException {
        ByteOrder here = ByteOrder.nativeOrder();
        ByteOrder other = here == ByteOrder.BIG_ENDIAN ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
        file.putInt(SegmentFile.BYTE_ORDER, 0x04030201).write(path);
        assertRefused(ForeignByteOrderException.class, "actual " + other, "expected " + here);
        file.putInt(SegmentFile.CHECKSUM, Integer.reverseBytes(file.checksum()))
            .putInt(SegmentFile.FORMAT_VERSION, Integer.reverseBytes(3))
            .putLong(SegmentFile.FILE_LENGTH, Long.reverseBytes(LENGTH)).write(path);
        assertRefused(ForeignByteOrderException.class, "actual " + other, "expected " + here);
    }

    @Test
    void aByteOrderThatDoesNotExistIsDamageEvenUnderARightChecksum() throws IOException {
        file.putInt(SegmentFile.BYTE_ORDER, 0x02010403).seal().write(path);
        assertRefused(CorruptSegmentException.class, "byteOrder", "actual 02010403", "expected 01020304");
    }

    @Test
    void aWrongChecksumIsDamage() throws IOException {
        int right = file.checksum();
        file.putInt(SegmentFile.CHECKSUM, ~right).write(path);
        assertRefused(CorruptSegmentException.class, "checksum",
            String.format("%08x", right), String.format("%08x", ~right));
    }

    @Test
    void aBodyThatBeginsElsewhereIsDamage() throws IOException {
        for (int offset : new int[] {0, -1, 127, 136, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
            file.putInt(SegmentFile.BODY_OFFSET, offset).seal().write(path);
            assertRefused(CorruptSegmentException.class, "bodyOffset: actual " + offset, "expected 128");
        }
    }

    @Test
    void aVersionBeforeTheOldestIsTooOld() throws IOException {
        for (int version : new int[] {1, 0, -1, Integer.MIN_VALUE}) {
            file.putInt(SegmentFile.FORMAT_VERSION, version).seal().write(path);
            assertRefused(FormatTooOldException.class, "test-kind", "actual " + version, "expected 2 to 3",
                "too old");
        }
    }

    @Test
    void aVersionAfterTheCurrentIsTooNew() throws IOException {
        for (int version : new int[] {4, 5, Integer.MAX_VALUE}) {
            file.putInt(SegmentFile.FORMAT_VERSION, version).seal().write(path);
            assertRefused(FormatTooNewException.class, "test-kind", "actual " + version, "expected 2 to 3",
                "too new");
        }
    }

    @Test
    void everyVersionInTheRangeIsOpened() throws IOException {
        for (int version : new int[] {2, 3}) {
            file.putInt(SegmentFile.FORMAT_VERSION, version).seal().write(path);
            assertOpens();
        }
    }

    @Test
    void aSegmentOfAnotherKindIsNamedForWhatItIs() throws IOException {
        file.putText(SegmentFile.KIND, "other-kind").seal().write(path);
        assertRefused(WrongKindException.class, "actual other-kind", "expected test-kind");
    }

    @Test
    void aKindThatOnlyPrintsLikeTheOneAskedForIsDamage() throws IOException {
        SegmentKind dotted = new SegmentKind("a.b", 2, 3);
        for (String stored : new String[] {"a\1b", "a.b\0b", "a.b\0\0\0\0\0\0\0\0\0\0\0\0b", "a b",
            "a\377b"}) {
            file.putText(SegmentFile.KIND, "\0".repeat(16)).putText(SegmentFile.KIND, stored)
                .seal().write(path);
            assertThatThrownBy(() -> Segment.open(path, dotted))
                .isExactlyInstanceOf(CorruptSegmentException.class)
                .hasMessageContainingAll("kind: actual 61", "expected printable");
        }
        file.putText(SegmentFile.KIND, "\0".repeat(16)).putText(SegmentFile.KIND, "a.b").seal().write(path);
        Segment.open(path, dotted).close();
    }

    @Test
    void aKindThatFillsItsFieldIsOpened() throws IOException {
        SegmentKind longest = new SegmentKind("sixteen-letters!", 1, 1);
        Path other = directory.resolve("longest");
        Segment.create(other, longest, 1, body -> { }).close();
        Segment.open(other, longest).close();
        assertThatThrownBy(() -> Segment.open(other, KIND)).isInstanceOf(WrongKindException.class)
            .hasMessageContaining("actual sixteen-letters!,");
    }

    @Test
    void aRefusedFileIsNotChanged() throws IOException {
        file.putInt(SegmentFile.FORMAT_VERSION, 9).seal().write(path);
        byte[] before = Files.readAllBytes(path);
        assertRefused(FormatTooNewException.class, "actual 9");
        assertThat(Files.readAllBytes(path)).isEqualTo(before);
    }

    private void assertOpens() throws IOException {
        try (Segment segment = Segment.open(path, KIND)) {
            assertThat(segment.body().length()).isEqualTo(100);
        }
    }

    private void assertRefused(Class<? extends SegmentFormatException> type, String... parts) {
        assertThatThrownBy(() -> Segment.open(path, KIND)).isExactlyInstanceOf(type)
            .hasMessageStartingWith(path.toString()).hasMessageContainingAll(parts);
    }
}
