package io.millrace.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Hostile content: a file opens as the segment asked for or is refused with a typed error, and there is no
 * third way.
 */
class SegmentFuzzTest {
    private static final SegmentKind KIND = new SegmentKind("test-kind", 2, 3);
    private static final int LENGTH = SegmentFile.HEADER_LENGTH + 100;
    private static final int ROUNDS = 1_500;

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
    void everyFlippedBitOfTheHeaderIsNoticed() throws IOException {
        for (int offset = 0; offset < SegmentFile.HEADER_LENGTH; offset++) {
            for (int bit = 0; bit < Byte.SIZE; bit++) {
                file.flip(offset, 1 << bit).write(path);
                Class<?> expected = offset < SegmentFile.BYTE_ORDER
                    ? NotASegmentException.class : CorruptSegmentException.class;
                assertThatThrownBy(() -> Segment.open(path, KIND)).as("bit %d of byte %d", bit, offset)
                    .isExactlyInstanceOf(expected);
                file.flip(offset, 1 << bit);
            }
        }
    }

    @Test
    void everyFlippedByteOfTheHeaderIsNoticed() throws IOException {
        for (int offset = 0; offset < SegmentFile.HEADER_LENGTH; offset++) {
            file.flip(offset, 0xFF).write(path);
            assertThat(openAnyhow("byte " + offset)).isNotEqualTo("opened");
            file.flip(offset, 0xFF);
        }
    }

    @Test
    void aFlippedByteUnderARightChecksumIsRefusedWhereverAFieldIsRestricted() throws IOException {
        for (int offset = 0; offset < SegmentFile.HEADER_LENGTH; offset++) {
            byte[] before = file.bytes().array();
            file.flip(offset, 0xFF).seal().write(path);
            boolean free = offset >= SegmentFile.CREATION_ID
                || offset >= SegmentFile.CHECKSUM && offset < SegmentFile.FILE_LENGTH;
            String outcome = openAnyhow("byte " + offset);
            assertThat(outcome.equals("opened")).as("byte %d: %s", offset, outcome).isEqualTo(free);
            file = SegmentFile.of(before);
        }
    }

    @Test
    void randomHeadersAreRefused() throws IOException {
        long seed = 20_260_101;
        Random random = new Random(seed);
        for (int round = 0; round < ROUNDS; round++) {
            byte[] bytes = new byte[SegmentFile.HEADER_LENGTH];
            random.nextBytes(bytes);
            SegmentFile.of(bytes).write(path);
            assertThat(openAnyhow("seed " + seed + " round " + round)).isEqualTo("NotASegmentException");
        }
    }

    @Test
    void randomHeadersBehindTheMagicAreRefused() throws IOException {
        long seed = 20_260_102;
        Random random = new Random(seed);
        for (int round = 0; round < ROUNDS; round++) {
            byte[] bytes = new byte[SegmentFile.HEADER_LENGTH];
            random.nextBytes(bytes);
            SegmentFile.of(bytes).putText(SegmentFile.MAGIC, "MILLRACE").write(path);
            assertThat(openAnyhow("seed " + seed + " round " + round)).isEqualTo("CorruptSegmentException");
        }
    }

    @Test
    void randomFieldsUnderARightChecksumOpenOrAreRefusedWithATypedError() throws IOException {
        long seed = 20_260_103;
        Random random = new Random(seed);
        Map<String, Integer> outcomes = new HashMap<>();
        byte[] right = file.bytes().array();
        for (int round = 0; round < ROUNDS; round++) {
            file = SegmentFile.of(right);
            for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
                int offset = SegmentFile.BYTE_ORDER + 4 * random.nextInt(30);
                file.putInt(offset, random.nextBoolean() ? random.nextInt() : random.nextInt(5) - 1);
            }
            file.seal().write(path);
            outcomes.merge(openAnyhow("seed " + seed + " round " + round), 1, Integer::sum);
        }
        // Were one missing, the changes would be too wild to get past the first check.
        assertThat(outcomes).containsKeys("opened", "CorruptSegmentException", "WrongKindException",
            "FormatTooOldException", "FormatTooNewException", "TruncatedSegmentException");
    }

    @Test
    void randomFilesOfRandomLengthAreRefused() throws IOException {
        long seed = 20_260_104;
        Random random = new Random(seed);
        for (int round = 0; round < ROUNDS; round++) {
            byte[] bytes = new byte[1 + random.nextInt(1 << random.nextInt(14))];
            random.nextBytes(bytes);
            SegmentFile.of(bytes).write(path);
            assertThat(openAnyhow("seed " + seed + " round " + round)).isEqualTo("NotASegmentException");
        }
    }

    @Test
    void segmentsCutOrExtendedAtRandomAreRefused() throws IOException {
        long seed = 20_260_105;
        Random random = new Random(seed);
        byte[] right = file.bytes().array();
        for (int round = 0; round < ROUNDS; round++) {
            int length = 1 + random.nextInt(3 * LENGTH);
            SegmentFile.of(right).withLength(length).write(path);
            String expected = length == LENGTH ? "opened"
                : length < 8 ? "NotASegmentException" : "TruncatedSegmentException";
            assertThat(openAnyhow("seed " + seed + " round " + round)).isEqualTo(expected);
        }
    }

    /**
     * "opened", or the simple name of the typed error; everything else fails the test and says how to repeat
     * it.
     */
    private String openAnyhow(String how) throws IOException {
        try (Segment segment = Segment.open(path, KIND)) {
            segment.body();
            return "opened";
        } catch (SegmentFormatException e) {
            assertThat(e).as(how).hasMessageStartingWith(path.toString());
            return e.getClass().getSimpleName();
        } catch (RuntimeException | Error e) {
            return fail(how, e);
        }
    }
}
