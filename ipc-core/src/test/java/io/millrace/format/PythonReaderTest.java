package io.millrace.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A reader written from the document alone agrees with the writer: about segments, and about what is none.
 */
class PythonReaderTest {
    private static final SegmentKind KIND = new SegmentKind("test-kind", 1, 3);
    private static final int LENGTH = SegmentFile.HEADER_LENGTH + 100;

    @TempDir
    private Path directory;

    private Path path;
    private SegmentFile file;
    private String creationId;

    @BeforeAll
    static void findPython() throws InterruptedException {
        boolean found;
        try {
            found = new ProcessBuilder("python3", "-c", "").start().waitFor() == 0;
        } catch (IOException e) {
            found = false;
        }
        assumeTrue(found, "no python3 here");
    }

    @BeforeEach
    void createASegment() throws IOException {
        path = directory.resolve("segment");
        try (Segment segment = Segment.create(path, KIND, 100, body -> body.fill(0, 100, (byte) 7))) {
            creationId = segment.creationId().toString();
        }
        file = SegmentFile.read(path);
    }

    @Test
    void theReaderPrintsEveryFieldOfAFreshSegment() throws Exception {
        String order = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN ? "little-endian" : "big-endian";
        Result result = read(path);
        assertThat(result.err()).isEmpty();
        assertThat(result.code()).isZero();
        assertThat(result.out().lines()).containsExactly("magic = MILLRACE", "byteOrder = " + order,
            "bodyOffset = 128", "kind = test-kind", "formatVersion = 3",
            String.format("checksum = %08x", file.checksum()), "fileLength = " + LENGTH,
                "creationId = " + creationId);
    }

    @Test
    void theReaderKnowsTheShortestBodyAndTheLongestKind() throws Exception {
        Path other = directory.resolve("other");
        Segment.create(other, new SegmentKind("sixteen-letters!", 1, Integer.MAX_VALUE), 1, body -> { })
            .close();
        assertThat(read(other).out()).contains("kind = sixteen-letters!\n", "formatVersion = 2147483647\n",
            "fileLength = 129\n");
    }

    @Test
    void theNamesAreTheOnesOfTheTable() throws Exception {
        List<String> names = read(path).out().lines().map(line -> line.substring(0, line.indexOf(" = ")))
            .toList();
        assertThat(names).isEqualTo(SegmentHeader.LAYOUT.fields().stream().map(Field::name).toList());
    }

    @Test
    void aTruncatedSegmentIsRefusedInOneLine() throws Exception {
        file.withLength(LENGTH - 1).write(path);
        assertRefused("truncated: actual length " + (LENGTH - 1) + ", expected " + LENGTH);
        file.withLength(100).write(path);
        assertRefused("truncated: actual length 100, expected at least 128");
    }

    @Test
    void whatIsNotASegmentIsRefusedInOneLine() throws Exception {
        Files.writeString(path, "#!/bin/sh\necho hello\n");
        assertRefused("not a segment", "#!/bin/s", "MILLRACE");
        Files.write(path, new byte[0]);
        assertRefused("not a segment");
        Files.delete(path);
        assertRefused("No such file");
        Files.createDirectory(path);
        assertRefused("directory");
    }

    @Test
    void aCorruptSegmentIsRefusedInOneLine() throws Exception {
        file.flip(SegmentFile.CREATION_ID, 1).write(path);
        assertRefused("corrupt: checksum", String.format("actually %08x", file.checksum()));
        file.putInt(SegmentFile.BODY_OFFSET, 136).seal().write(path);
        assertRefused("corrupt: bodyOffset is actually 136, expected 128");
        file.putText(SegmentFile.KIND, "\1").seal().write(path);
        assertRefused("corrupt: kind");
        file.putInt(SegmentFile.BYTE_ORDER, 7).seal().write(path);
        assertRefused("corrupt: byteOrder");
    }

    @Test
    void aHeaderOfTheOtherByteOrderCanBeRead() throws Exception {
        file.putInt(SegmentFile.BYTE_ORDER, 0x04030201)
            .putInt(SegmentFile.BODY_OFFSET, Integer.reverseBytes(128))
            .putInt(SegmentFile.FORMAT_VERSION, Integer.reverseBytes(3))
            .putLong(SegmentFile.FILE_LENGTH, Long.reverseBytes(LENGTH));
        file.putInt(SegmentFile.CHECKSUM, Integer.reverseBytes(file.checksum())).write(path);
        String other = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN ? "big-endian" : "little-endian";
        assertThat(read(path).out()).contains("byteOrder = " + other + "\n", "fileLength = " + LENGTH + "\n");
    }

    private void assertRefused(String... parts) throws Exception {
        Result result = read(path);
        assertThat(result.code()).isEqualTo(1);
        assertThat(result.out()).isEmpty();
        assertThat(result.err()).startsWith(path + ": ").contains(parts);
        assertThat(result.err().lines()).hasSize(1);
    }

    private Result read(Path segment) throws IOException, InterruptedException {
        String script = FormatDocument.file("read_segment.py").toString();
        Path out = directory.resolve("stdout");
        Path err = directory.resolve("stderr");
        int code = new ProcessBuilder("python3", script, segment.toString())
            .redirectOutput(out.toFile()).redirectError(err.toFile()).start().waitFor();
        return new Result(code, Files.readString(out, StandardCharsets.UTF_8),
            Files.readString(err, StandardCharsets.UTF_8));
    }

    private record Result(int code, String out, String err) { }
}
