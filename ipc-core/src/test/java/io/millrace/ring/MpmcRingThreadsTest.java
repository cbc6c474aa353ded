package io.millrace.ring;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.ring.MpmcSubject.Handles;
import io.millrace.testing.Background;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Several producers and several consumers at the same time, in one JVM. */
@Timeout(60)
class MpmcRingThreadsTest {
    private static final int ENDS = 3;
    private static final int FIRST_SENDER = 1;
    private static final int FIRST_RECEIVER = 101;
    private static final int MESSAGES = 40_000;

    @TempDir
    Path directory;

    /** What a consumer got, in order: identities and deliveries. */
    private record Arrived(int receiver, long[] identities, int[] deliveries, int count) { }

    @ParameterizedTest
    @MethodSource("io.millrace.ring.MpmcSubject#places")
    void everyMessageArrivesOnceWholeAndInTheOrderOfItsProducer(MpmcSubject subject) throws Exception {
        AtomicInteger remaining = new AtomicInteger(ENDS * MESSAGES);
        try (Handles rings = subject.open(directory)) {
            int lengthMax = Math.min(rings.writing().messageLengthMax(), 400);
            List<Background<?>> producers = new ArrayList<>();
            List<Background<Arrived>> consumers = new ArrayList<>();
            for (int i = 0; i < ENDS; i++) {
                int sender = FIRST_SENDER + i;
                int receiver = FIRST_RECEIVER + i;
                MpmcRing ring = i % 2 == 0 ? rings.writing() : rings.reading();
                producers.add(Background.start(() -> {
                    IdentifiedWriter writer =
                        new IdentifiedWriter(ring.producer(Owner.of(sender)), sender, lengthMax);
                    while (writer.next() < MESSAGES) {
                        Background.awaitUntil(writer::tryWrite);
                    }
                    return null;
                }));
                consumers.add(Background.start(() -> receive(ring, receiver, lengthMax, remaining)));
            }
            check(producers, consumers);
        }
    }

    private static void check(List<Background<?>> producers, List<Background<Arrived>> consumers) throws Exception {
        try {
            DeliveryLedger ledger = new DeliveryLedger();
            for (Background<?> producer : producers) {
                producer.result();
            }
            for (Background<Arrived> consumer : consumers) {
                Arrived arrived = consumer.result();
                for (int i = 0; i < arrived.count; i++) {
                    ledger.add(arrived.receiver, arrived.identities[i], arrived.deliveries[i]);
                }
            }
            assertThat(ledger.count()).isEqualTo(ENDS * MESSAGES);
        } finally {
            producers.forEach(Background::close);
            consumers.forEach(Background::close);
        }
    }

    /** Takes record by record until all are over, and gives one back now and then. */
    private static Arrived receive(MpmcRing ring, int receiver, int lengthMax, AtomicInteger remaining)
        throws InterruptedException {
        MpmcConsumer consumer = ring.consumer(Owner.of(receiver));
        IdentifiedMessages messages = new IdentifiedMessages(lengthMax);
        long[] identities = new long[2 * ENDS * MESSAGES];
        int[] deliveries = new int[identities.length];
        int count = 0;
        for (int round = 0; remaining.get() > 0; round++) {
            if (Thread.interrupted()) {
                throw new InterruptedException("interrupted while reading");
            }
            TakenRecord record = consumer.tryTake();
            if (record == null) {
                Thread.yield();
                continue;
            }
            identities[count] = messages.check(record.type(), record.payload());
            deliveries[count++] = record.deliveries();
            if (round % 64 == 0) {
                record.giveBack();
                continue;
            }
            record.release();
            remaining.decrementAndGet();
        }
        consumer.close();
        return new Arrived(receiver, identities, deliveries, count);
    }
}
