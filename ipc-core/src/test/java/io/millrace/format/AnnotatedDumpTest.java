package io.millrace.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.millrace.memory.Region;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AnnotatedDumpTest {
    private static final SegmentKind KIND = new SegmentKind("test-kind", 1, 3);
    private static final UUID ID = UUID.fromString("00112233-4455-6677-8899-aabbccddeeff");

    @Test
    void theHeaderLooksAsItAlwaysDid() throws IOException {
        assumeTrue(ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN,
            "the expected dump is of a little-endian machine");
        Region file = Region.allocate(228);
        SegmentHeader.write(file, KIND, ID);
        assertThat(AnnotatedDump.of(file, 0, SegmentHeader.LAYOUT)).isEqualTo(golden());
    }

    @Test
    void aStructureIsDumpedFromWhereItBegins() {
        Layout layout = Layout.named("pair").longField("a", "w", "m").intField("b", "w", "m").build();
        Region region = Region.allocate(64);
        region.putLongPlain(16, -5);
        region.putIntPlain(24, 7);
        assertThat(AnnotatedDump.of(region, 16, layout)).startsWith("pair\n")
            .contains("@0 a = -5", "@8 b = 7");
    }

    @Test
    void aStructureThatIsNotInsideTheRegionIsRefused() {
        Region region = Region.allocate(64);
        for (int offset : new int[] {-1, 1, 64, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
            assertThatThrownBy(() -> AnnotatedDump.of(region, offset, SegmentHeader.LAYOUT))
                .as("at %d", offset).isInstanceOf(IndexOutOfBoundsException.class);
        }
    }

    @Test
    void aSegmentDumpsItsOwnHeader(@TempDir Path directory) throws IOException {
        try (Segment segment = Segment.create(directory.resolve("segment"), KIND, 100, body -> { })) {
            String hex = segment.creationId().toString().replace("-", "").replaceAll("..(?=.)", "$0 ");
            assertThat(segment.dumpHeader()).startsWith("segment header\n")
                .contains("@0 magic = MILLRACE", "@16 kind = test-kind", "@40 fileLength = 228", hex);
        }
    }

    private static String golden() throws IOException {
        try (InputStream text = AnnotatedDumpTest.class.getResourceAsStream("segment-header.txt")) {
            assertThat(text).isNotNull();
            return new String(text.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
