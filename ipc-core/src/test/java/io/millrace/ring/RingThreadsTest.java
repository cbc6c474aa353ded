package io.millrace.ring;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.ring.RingSubject.Handles;
import io.millrace.testing.Background;
import java.nio.file.Path;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A producer and a consumer at the same time. */
@Timeout(60)
class RingThreadsTest {
    private static final int COUNT = 300_000;
    private static final int COUNT_IN_SMALLEST = 20_000;
    private static final int LENGTH_MAX = 100;

    @TempDir
    Path directory;

    @ParameterizedTest
    @MethodSource("io.millrace.ring.RingSubject#places")
    void everyMessageOfASmallRingArrivesOnceInOrderAndWhole(RingSubject subject) throws Exception {
        passMessages(subject, 512, LENGTH_MAX, COUNT);
    }

    @ParameterizedTest
    @MethodSource("io.millrace.ring.RingSubject#places")
    void everyMessageOfALargeRingArrivesOnceInOrderAndWhole(RingSubject subject) throws Exception {
        passMessages(subject, 1 << 16, LENGTH_MAX, COUNT);
    }

    @ParameterizedTest
    @MethodSource("io.millrace.ring.RingSubject#places")
    void everyMessageOfTheSmallestRingArrivesOnceInOrderAndWhole(RingSubject subject) throws Exception {
        int capacity = SpscRing.CAPACITY_MIN;
        passMessages(subject, capacity, capacity / 2 - RecordHeader.LENGTH, COUNT_IN_SMALLEST);
    }

    private void passMessages(RingSubject subject, int capacity, int lengthMax, int count) throws Exception {
        try (Handles rings = subject.open(directory, capacity)) {
            SpscProducer producer = rings.writing().producer(Owner.of(1));
            SpscConsumer consumer = rings.reading().consumer(Owner.of(2));
            NumberedMessages expected = new NumberedMessages(subject.position(), lengthMax);
            long[] number = {0};
            RecordHandler check = (type, payload) -> expected.check(number[0]++, type, payload);
            try (Background<Long> writing =
                Background.start(() -> write(subject, producer, lengthMax, count))) {
                Background.awaitUntil(() -> {
                    boolean over = writing.isOver();
                    return consumer.read(check, 50) == 0 && over;
                });
                assertThat(number[0]).isEqualTo(writing.result()).isGreaterThanOrEqualTo(count);
            }
        }
    }

    private static long write(RingSubject subject, SpscProducer producer, int lengthMax, int count)
        throws InterruptedException {
        NumberedMessages messages = new NumberedMessages(subject.position(), lengthMax);
        NumberedWriter writer = new NumberedWriter(producer, messages, 0);
        while (writer.next() < count) {
            Background.awaitUntil(writer::tryWrite);
        }
        return writer.next();
    }
}
