package io.millrace.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.millrace.memory.Region;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;

/** Words that nobody following the protocol can have written: who meets one says which it is, at once. */
@Timeout(value = 30, threadMode = ThreadMode.SEPARATE_THREAD)
class MpmcRingDamageTest {
    private static final int GRANULES = 16;
    private static final int GRANULE_LENGTH = 16;
    private static final long START = 5 * GRANULES + 3;
    private static final RecordHandler IGNORE = (type, payload) -> { };
    private static final Owner SURVIVOR = new Owner(9, id -> true);

    private static final MpmcGeometry GEOMETRY =
        new MpmcGeometry(GRANULES, GRANULE_LENGTH, MpmcRing.DELIVERIES_MAX, 0);

    private final Region body = Region.allocate((int) GEOMETRY.bodyLength());
    private MpmcRecords records;
    private MpmcRing ring;
    private MpmcProducer producer;
    private MpmcConsumer consumer;

    @BeforeEach
    void startWithThreeRecords() {
        body.fill(0, body.length(), (byte) 0);
        GEOMETRY.initialise(body, START, 0);
        records = new MpmcRecords(body, GEOMETRY, body);
        ring = MpmcRing.over(body);
        producer = ring.producer(Owner.of(1));
        consumer = ring.consumer(Owner.of(2));
        for (int i = 0; i < 3; i++) {
            producer.tryWrite(i, new byte[4], 0, 4);
        }
    }

    @Test
    void aDamagedHeaderIsSkippedAndSaidOnceByBothWaysOfReading() {
        long[] headers = {-1, 0xFFFFFFFFL, Long.MIN_VALUE, Long.MAX_VALUE, RecordHeader.of(7, GRANULE_LENGTH + 1),
            RecordHeader.of(-1, 4), RecordHeader.of(7, Integer.MIN_VALUE), RecordHeader.of(7, Integer.MAX_VALUE)};
        for (long header : headers) {
            for (ThrowingCallable read : List.<ThrowingCallable>of(() -> consumer.read(IGNORE, 10),
                () -> consumer.tryTake())) {
                startWithThreeRecords();
                body.putLongVolatile(records.headerOffset(START), header);
                assertThatCorrupt(read, "header of a record at position " + START);
                assertThat(consumer.read(IGNORE, 10)).as("records behind it").isEqualTo(2);
                assertThat(consumer.read(IGNORE, 10)).isZero();
            }
        }
    }

    @Test
    void aDamagedHeaderBehindGoodRecordsLeavesThemRead() {
        body.putLongVolatile(records.headerOffset(START + 1), -1);
        int[] count = {0};
        assertThatCorrupt(() -> consumer.read((type, payload) -> count[0]++, 10), "header");
        assertThat(count[0]).isEqualTo(1);
        assertThat(consumer.read(IGNORE, 10)).isEqualTo(1);
    }

    @Test
    void aControlWordWithoutSpanOrWithTooMuchStopsWhoeverMeetsIt() {
        for (int state = ControlWord.CLAIMED; state <= 15; state++) {
            if (state == ControlWord.END) {
                continue; // has no span
            }
            for (int span : new int[] {0, GRANULES - 2, ControlWord.SPAN_MAX}) {
                startWithThreeRecords();
                long word = state == ControlWord.CLAIMED || state == ControlWord.TAKEN
                    ? ControlWord.withOwner((long) span << 14, state, 77, START / GRANULES)
                    : ControlWord.withState((long) span << 14, state, START / GRANULES);
                body.putLongVolatile(records.wordOffset(START), word);
                if (state == ControlWord.CLAIMED) {
                    assertThat(consumer.read(IGNORE, 10)).as("behind a claim").isZero();
                } else {
                    assertThatCorrupt(() -> consumer.read(IGNORE, 10), "control word at position " + START);
                }
                assertThatCorrupt(() -> ring.repair(SURVIVOR), "control word at position " + START);
                assertThat(ring.dump()).contains("control word at position " + START);
            }
        }
    }

    @Test
    void aTailThatLagsBehindTheSpaceGivenBackIsDamage() {
        for (int i = 0; i < 3 * GRANULES; i++) {
            assertThat(producer.tryWrite(7, new byte[4], 0, 4)).isTrue();
            consumer.read(IGNORE, 1);
        }
        body.putLongVolatile(MpmcLayout.TAIL, START);
        assertThat(consumer.read(IGNORE, 100)).isNotNegative();
        assertThatCorrupt(() -> {
            for (int i = 0; i < 3 * GRANULES; i++) {
                producer.tryWrite(7, new byte[4], 0, 4);
                consumer.read(IGNORE, 1);
            }
        }, "control word at position");
    }

    @Test
    void aHeadFarAheadLeadsNobodyRoundAndRound() {
        for (int i = 0; i < 3 * GRANULES; i++) {
            consumer.read(IGNORE, 10);
            producer.tryWrite(7, new byte[4], 0, 4);
        }
        for (long head : new long[] {1L << 40, Long.MAX_VALUE}) {
            body.putLongVolatile(MpmcLayout.HEAD, head);
            MpmcConsumer other = ring.consumer(Owner.of(3));
            assertThatCorrupt(() -> {
                for (int i = 0; i < 3 * GRANULES; i++) {
                    other.read(IGNORE, 1);
                }
            }, "control word at position");
            assertThat(ring.repair(SURVIVOR)).isZero();
        }
    }

    @Test
    void aWordOfALaterLapIsDamage() {
        body.putLongVolatile(records.wordOffset(START), ControlWord.withState(1 << 14, ControlWord.DONE, 1_000));
        assertThatCorrupt(() -> consumer.read(IGNORE, 10), "lap 1000, expected lap 5");
        body.putLongVolatile(records.wordOffset(START + 3), ControlWord.withState(1 << 14, ControlWord.DONE, 1_000));
        assertThatCorrupt(() -> producer.tryWrite(7, new byte[4], 0, 4), "lap 1000, expected lap 5");
    }

    private static void assertThatCorrupt(ThrowingCallable call, String word) {
        assertThatIllegalStateException().isThrownBy(call).isInstanceOf(CorruptRecordException.class)
            .withMessageContainingAll(word, "actual", "expected", "create it again");
    }
}
