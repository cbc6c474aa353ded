package io.millrace.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
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
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Rings in files: what cannot be opened, and what is damaged. */
@Timeout(60)
class SpscRingFileTest {
    private static final int CAPACITY = 256;
    private static final RecordHandler IGNORE = (type, payload) -> { };

    @TempDir
    Path directory;
    private Path file;

    @BeforeEach
    void nameTheFile() {
        file = directory.resolve("ring");
    }

    @Test
    void aFileThatIsThereIsNotReplaced() throws IOException {
        SpscRing.create(file, CAPACITY).close();
        assertThatThrownBy(() -> SpscRing.create(file, CAPACITY))
            .isInstanceOf(FileAlreadyExistsException.class);
    }

    @Test
    void aRingThatIsNotThereIsNotOpened() {
        assertThatThrownBy(() -> SpscRing.open(file)).isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void aRingOutlivesItsHandles() throws IOException {
        try (SpscRing ring = SpscRing.create(file, CAPACITY)) {
            ring.producer(Owner.of(1)).tryWrite(7, new byte[3], 0, 3);
        }
        try (SpscRing ring = SpscRing.open(file)) {
            assertThat(ring.capacity()).isEqualTo(CAPACITY);
            assertThat(ring.consumer(Owner.of(2)).read(IGNORE, 10)).isEqualTo(1);
        }
    }

    @Test
    void aRingThatIsOpenSurvivesTheRemovalOfItsFile() throws IOException {
        try (SpscRing ring = SpscRing.create(file, CAPACITY)) {
            SpscProducer producer = ring.producer(Owner.of(1));
            Files.delete(file);
            producer.tryWrite(7, new byte[3], 0, 3);
            assertThat(ring.consumer(Owner.of(2)).read(IGNORE, 10)).isEqualTo(1);
        }
    }

    @Test
    void aSegmentOfAnotherKindIsRefused() throws IOException {
        Segment.create(file, new SegmentKind("another", 1, 1), 1024, body -> { }).close();
        assertThatThrownBy(() -> SpscRing.open(file)).isInstanceOf(WrongKindException.class)
            .hasMessageContainingAll("another", "spsc-ring");
    }

    @Test
    void aBodyWithoutRoomForTheFieldsIsRefused() throws IOException {
        for (int length : new int[] {1, 4, SpscLayout.DATA - 1, SpscLayout.DATA, SpscLayout.DATA + 1}) {
            Path shortFile = directory.resolve("short" + length);
            Segment.create(shortFile, SpscLayout.KIND, length, body -> { }).close();
            assertThatThrownBy(() -> SpscRing.open(shortFile)).isInstanceOf(CorruptSegmentException.class)
                .hasMessageContaining("create the segment again");
        }
    }

    @Test
    void aDamagedCapacityIsRefused() throws IOException {
        int[] capacities =
            {0, -1, 1, 32, CAPACITY / 2, CAPACITY + 1, CAPACITY * 2, 1 << 30, Integer.MIN_VALUE};
        SpscRing.create(file, CAPACITY).close();
        for (int capacity : capacities) {
            damageCapacity(capacity);
            assertThatThrownBy(() -> SpscRing.open(file)).isInstanceOf(CorruptSegmentException.class)
                .hasMessageContainingAll("capacity: actual " + capacity, "expected " + CAPACITY);
        }
    }

    @Test
    void aDamagedPositionIsRefusedAndTheRolesStayFree() throws IOException {
        try (SpscRing ring = SpscRing.create(file, CAPACITY)) {
            for (long position : new long[] {1, 7, -8, Long.MIN_VALUE, Long.MAX_VALUE}) {
                damage(SpscLayout.CONSUMED, position);
                assertThatCorrupt(() -> ring.producer(Owner.of(1)), "consumed");
                assertThatCorrupt(() -> ring.consumer(Owner.of(2)), "consumed");
                assertThat(ring).asString().contains("producer: nobody", "consumer: nobody");
                assertThat(ring.dump()).contains("consumed at position " + position + ": actual " + position);
            }
        }
    }

    @Test
    void aPositionThatRunsAwayFromTheProducerIsNotBelieved() throws IOException {
        try (SpscRing ring = SpscRing.create(file, CAPACITY, 1024)) {
            SpscProducer producer = ring.producer(Owner.of(1));
            for (int i = 0; i < CAPACITY / 16 - 1; i++) {
                assertThat(producer.tryWrite(7, new byte[8], 0, 8)).isTrue();
            }
            for (long position : new long[] {1024 - 8, 1024 + CAPACITY, 1024 + 1, 0, Long.MAX_VALUE & -8}) {
                damage(SpscLayout.CONSUMED, position);
                assertThatCorrupt(() -> producer.tryWrite(7, new byte[8], 0, 8), "consumed");
                assertThatCorrupt(() -> producer.tryClaim(7, 8), "consumed");
            }
            damage(SpscLayout.CONSUMED, 1024L + 16);
            assertThat(producer.tryWrite(7, new byte[8], 0, 8)).isTrue();
        }
    }

    @Test
    void aDamagedRecordStopsTheReaderBeforeIt() throws IOException {
        long[] controlWords = {1, 7, -1, RecordHeader.of(7, 0), RecordHeader.of(7, CAPACITY / 2 + 1),
            RecordHeader.of(7, -8), RecordHeader.of(-2, 16), RecordHeader.of(-1, 16), Long.MIN_VALUE,
            Long.MAX_VALUE};
        try (SpscRing ring = SpscRing.create(file, CAPACITY)) {
            SpscProducer producer = ring.producer(Owner.of(1));
            SpscConsumer consumer = ring.consumer(Owner.of(2));
            producer.tryWrite(7, new byte[8], 0, 8);
            producer.tryWrite(7, new byte[8], 0, 8);
            producer.close();
            for (long word : controlWords) {
                damage(SpscLayout.DATA + 16, word);
                int[] count = {0};
                for (int i = 0; i < 2; i++) {
                    assertThatCorrupt(() -> consumer.read((type, payload) -> count[0]++, 10), "control word");
                }
                assertThat(count[0]).as("good records before it").isLessThanOrEqualTo(1);
                assertThatCorrupt(() -> ring.producer(Owner.of(1)), "control word");
                assertThat(ring.dump()).contains("control word at position 16: actual type");
            }
        }
    }

    @Test
    void paddingThatWouldLeadNowhereIsDamage() throws IOException {
        try (SpscRing ring = SpscRing.create(file, CAPACITY)) {
            damage(SpscLayout.DATA, RecordHeader.of(RecordHeader.PADDING, CAPACITY));
            SpscConsumer consumer = ring.consumer(Owner.of(2));
            assertThatCorrupt(() -> consumer.read(IGNORE, 10), "control word");
        }
    }

    @Test
    void aChainThatLeadsBackIntoItselfIsDamageAndEndsTheCall() throws IOException {
        for (long start : new long[] {0, 8, 128}) {
            Path loop = directory.resolve("loop" + start);
            try (SpscRing ring = SpscRing.create(loop, CAPACITY, start)) {
                for (int at = 0; at < CAPACITY; at += 8) {
                    damage(loop, SpscLayout.DATA + at, RecordHeader.of(7, 8));
                }
                SpscConsumer consumer = ring.consumer(Owner.of(2));
                int[] count = {0};
                RecordHandler counting = (type, payload) -> count[0]++;
                assertThatCorrupt(() -> consumer.read(counting, Integer.MAX_VALUE), "chain");
                assertThat(count[0]).isEqualTo(CAPACITY / 8 - 1);
                assertThatCorrupt(() -> ring.producer(Owner.of(1)), "chain");
                assertThat(ring.dump()).contains("spsc-ring body");
            }
        }
    }

    private void damage(int bodyOffset, long value) throws IOException {
        damage(file, bodyOffset, value);
    }

    private void damageCapacity(int value) throws IOException {
        try (Segment segment = Segment.open(file, SpscLayout.KIND)) {
            segment.body().putIntVolatile(SpscLayout.CAPACITY, value);
        }
    }

    private static void damage(Path file, int bodyOffset, long value) throws IOException {
        try (Segment segment = Segment.open(file, SpscLayout.KIND)) {
            segment.body().putLongVolatile(bodyOffset, value);
        }
    }

    private static void assertThatCorrupt(ThrowingCallable call, String word) {
        assertThatIllegalStateException().isThrownBy(call).isInstanceOf(CorruptRecordException.class)
            .withMessageContainingAll(word, "actual", "expected", "create it again");
    }
}
