package io.millrace.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.format.CorruptSegmentException;
import io.millrace.format.Segment;
import io.millrace.format.SegmentKind;
import io.millrace.format.WrongKindException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Rings in files: how they are made, what cannot be opened, and a damaged geometry. */
@Timeout(60)
class MpmcRingFileTest {
    private static final int CAPACITY = 1 << 16;
    private static final RecordHandler IGNORE = (type, payload) -> { };

    @TempDir
    Path directory;
    private Path file;

    @BeforeEach
    void nameTheFile() {
        file = directory.resolve("ring");
    }

    @Test
    void aRingHasTheUsualGranulesAndLimitUnlessOthersAreAskedFor() throws IOException {
        try (MpmcRing ring = MpmcRing.create(file, CAPACITY)) {
            assertThat(ring.capacity()).isEqualTo(CAPACITY);
            assertThat(ring.messageLengthMax()).isEqualTo(1023 * 32);
            assertThat(ring.dump()).contains("granules = 2048", "granuleLength = 32", "deliveriesMax = 3");
        }
    }

    @Test
    void capacityIsRoundedUpToAPowerOfTwo() throws IOException {
        long[][] askedAndGot = {{16384, 16384}, {16385, 32768}, {32767, 32768}, {32769, 65536}, {100_000, 131_072}};
        for (long[] pair : askedAndGot) {
            try (MpmcRing ring = MpmcRing.create(directory.resolve("r" + pair[0]), pair[0], 16, 1)) {
                assertThat(ring.capacity()).isEqualTo((int) pair[1]);
                assertThat(ring.messageLengthMax()).isEqualTo((int) pair[1] / 2 - 16);
            }
            assertThat(MpmcRing.allocate(pair[0], 16, 1).capacity()).isEqualTo((int) pair[1]);
        }
    }

    @Test
    void theLongestMessageIsBoundedByTheSpanAsWell() throws IOException {
        try (MpmcRing ring = MpmcRing.create(file, 1 << 22, 16, 3)) {
            int longest = ControlWord.SPAN_MAX * 16;
            assertThat(ring.messageLengthMax()).isEqualTo(longest);
            byte[] message = new byte[longest];
            message[longest - 1] = 1;
            MpmcProducer producer = ring.producer(Owner.of(1));
            MpmcConsumer consumer = ring.consumer(Owner.of(2));
            for (int i = 0; i < 9; i++) {
                assertThat(producer.tryWrite(7, message, 0, longest)).as("message %d", i).isTrue();
                assertThat(consumer.read((type, payload) ->
                    assertThat(payload.getBytePlain(longest - 1)).isEqualTo((byte) 1), 10)).isEqualTo(1);
            }
        }
    }

    @Test
    void aCapacityOutOfRangeIsRefusedAndNoFileIsMade() {
        for (int granuleLength : new int[] {16, 64, 65536}) {
            long least = 1024L * granuleLength;
            for (long capacity : new long[] {least - 1, 0, -1, Long.MIN_VALUE, (1L << 29) + 1, 1L << 32,
                Long.MAX_VALUE}) {
                String range = least + " to " + (1 << 29);
                assertThatIllegalArgumentException().isThrownBy(() -> MpmcRing.create(file, capacity, granuleLength, 3))
                    .withMessageContainingAll("actual " + capacity, range);
                assertThatIllegalArgumentException().isThrownBy(() -> MpmcRing.allocate(capacity, granuleLength, 3))
                    .withMessageContainingAll("actual " + capacity, range);
            }
        }
        assertThat(file).doesNotExist();
    }

    @Test
    void aGranuleThatIsNoPowerOfTwoInItsRangeIsRefused() {
        for (int length : new int[] {0, 1, 8, 15, 17, 24, 1 << 17, -16, Integer.MIN_VALUE, Integer.MAX_VALUE}) {
            assertThatIllegalArgumentException().isThrownBy(() -> MpmcRing.create(file, 1 << 26, length, 3))
                .withMessageContainingAll("granule: actual " + length, "16 to 65536");
        }
        assertThat(file).doesNotExist();
    }

    @Test
    void aLimitOfDeliveriesThatCannotBeCountedIsRefused() {
        for (int limit : new int[] {0, -1, 4, Integer.MAX_VALUE}) {
            assertThatIllegalArgumentException().isThrownBy(() -> MpmcRing.create(file, CAPACITY, 64, limit))
                .withMessageContainingAll("deliveries: actual " + limit, "1 to 3");
            assertThatIllegalArgumentException().isThrownBy(() -> MpmcRing.allocate(CAPACITY, 64, limit))
                .withMessageContainingAll("deliveries: actual " + limit, "1 to 3");
        }
        assertThat(file).doesNotExist();
    }

    @Test
    void aFileThatIsThereIsNotReplaced() throws IOException {
        MpmcRing.create(file, CAPACITY).close();
        assertThatThrownBy(() -> MpmcRing.create(file, CAPACITY)).isInstanceOf(FileAlreadyExistsException.class);
    }

    @Test
    void aRingThatIsNotThereIsNotOpened() {
        assertThatThrownBy(() -> MpmcRing.open(file)).isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void aRingOutlivesItsHandles() throws IOException {
        try (MpmcRing ring = MpmcRing.create(file, CAPACITY)) {
            ring.producer(Owner.of(1)).tryWrite(7, new byte[3], 0, 3);
            ring.consumer(Owner.of(2)).tryTake();
            ring.producer(Owner.of(1)).tryWrite(7, new byte[4], 0, 4);
        }
        try (MpmcRing ring = MpmcRing.open(file)) {
            assertThat(ring.capacity()).isEqualTo(CAPACITY);
            MpmcConsumer consumer = ring.consumer(Owner.of(3));
            assertThat(consumer.read(IGNORE, 10)).isEqualTo(1);
            assertThat(ring.repair(new Owner(3, id -> id == 2))).isEqualTo(1);
            assertThat(consumer.read(IGNORE, 10)).isEqualTo(1);
        }
    }

    @Test
    void aRingThatIsOpenSurvivesTheRemovalOfItsFile() throws IOException {
        try (MpmcRing ring = MpmcRing.create(file, CAPACITY)) {
            MpmcProducer producer = ring.producer(Owner.of(1));
            Files.delete(file);
            producer.tryWrite(7, new byte[3], 0, 3);
            assertThat(ring.consumer(Owner.of(2)).read(IGNORE, 10)).isEqualTo(1);
        }
    }

    @Test
    void aSegmentOfAnotherKindIsRefused() throws IOException {
        Segment.create(file, new SegmentKind("another", 1, 1), 1 << 17, body -> { }).close();
        assertThatThrownBy(() -> MpmcRing.open(file)).isInstanceOf(WrongKindException.class)
            .hasMessageContainingAll("another", "mpmc-ring");
        Path spsc = directory.resolve("spsc");
        SpscRing.create(spsc, 1 << 16).close();
        assertThatThrownBy(() -> MpmcRing.open(spsc)).isInstanceOf(WrongKindException.class)
            .hasMessageContainingAll("spsc-ring", "mpmc-ring");
        Path mpmc = directory.resolve("mpmc");
        MpmcRing.create(mpmc, CAPACITY).close();
        assertThatThrownBy(() -> SpscRing.open(mpmc)).isInstanceOf(WrongKindException.class)
            .hasMessageContainingAll("spsc-ring", "mpmc-ring");
    }

    @Test
    void aBodyWithoutRoomForTheFieldsIsRefused() throws IOException {
        for (int length : new int[] {1, 4, MpmcLayout.RECORDS - 1, MpmcLayout.RECORDS, MpmcLayout.RECORDS + 1}) {
            Path shortFile = directory.resolve("short" + length);
            Segment.create(shortFile, MpmcLayout.KIND, length, body -> { }).close();
            assertThatThrownBy(() -> MpmcRing.open(shortFile)).isInstanceOf(CorruptSegmentException.class)
                .hasMessageContaining("create the segment again");
        }
    }

    @Test
    void aDamagedGeometryIsRefused() throws IOException {
        MpmcRing.create(file, CAPACITY).close();
        int[][] damages = {{MpmcLayout.GRANULES, 2048}, {MpmcLayout.GRANULE_LENGTH, 32},
            {MpmcLayout.DELIVERIES_MAX, 3}};
        for (int[] damage : damages) {
            for (int value : new int[] {0, -1, 4, 1023, 1025, 1024, 512, 1 << 30, Integer.MIN_VALUE,
                Integer.MAX_VALUE}) {
                put(damage[0], value);
                assertThatThrownBy(() -> MpmcRing.open(file)).isInstanceOf(CorruptSegmentException.class)
                    .hasMessageContainingAll("geometry: actual", String.valueOf(value), "expected powers of two");
            }
            put(damage[0], damage[1]);
            MpmcRing.open(file).close();
        }
        put(MpmcLayout.GRANULES, 1024);
        put(MpmcLayout.GRANULE_LENGTH, 64);
        assertThatThrownBy(() -> MpmcRing.open(file)).as("another shape of almost the same size")
            .isInstanceOf(CorruptSegmentException.class);
    }

    private void put(int bodyOffset, int value) throws IOException {
        try (Segment segment = Segment.open(file, MpmcLayout.KIND)) {
            segment.body().putIntVolatile(bodyOffset, value);
        }
    }
}
