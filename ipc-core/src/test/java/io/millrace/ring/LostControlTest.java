package io.millrace.ring;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.testing.Background;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A thread that loses control in the middle of an operation takes nothing with it, though its process lives on. */
class LostControlTest {
    private static final Owner OWNER = Owner.of(1);
    private static final byte[] MESSAGE = new byte[24];

    private final MpmcRing ring = MpmcRing.allocate(1 << 16, MpmcRing.GRANULE_LENGTH, MpmcRing.DELIVERIES_MAX);
    private final MpmcProducer producer = ring.producer(OWNER);
    private final MpmcConsumer consumer = ring.consumer(OWNER);
    private int overflows;
    private int written;
    private int read;

    /** Descends until the stack is exhausted, and tries the operation at every depth on the way back. */
    private void atEveryDepthNearTheEnd(Runnable operation) {
        try {
            atEveryDepthNearTheEnd(operation);
        } catch (StackOverflowError e) {
            overflows++;
        }
        if (overflows > 0 && overflows < 400) {
            operation.run();
        }
    }

    private void inThreadOfItsOwn(Runnable action) throws InterruptedException {
        List<Throwable> failures = new ArrayList<>();
        Thread thread = new Thread(null, action, "near the end of its stack", 256 << 10);
        thread.setUncaughtExceptionHandler((which, failure) -> failures.add(failure));
        thread.start();
        thread.join();
        assertThat(failures).isEmpty();
    }

    private void writeAndRead() {
        if (producer.tryWrite(0, MESSAGE, 0, MESSAGE.length)) {
            written++;
        }
        if (producer.tryWrite(0, MESSAGE.length, payload -> MESSAGE.length)) {
            written++;
        }
        read += consumer.read((type, payload) -> { }, 1);
        if (consumer.tryTake(record -> { })) {
            read++;
        }
    }

    @Test
    void aStackOverflowAnywhereLeavesNothingInHand() throws InterruptedException {
        for (int i = 0; i < 50; i++) {
            overflows = 0;
            inThreadOfItsOwn(() -> atEveryDepthNearTheEnd(this::writeAndRead));
        }
        ring.repair(OWNER);
        read += consumer.read((type, payload) -> { }, Integer.MAX_VALUE);
        MpmcRecords records = ring.records();
        assertThat(records.positionIn(records.settleHead())).as("nothing is left in a hand")
            .isEqualTo(records.positionIn(records.settleTail()));
        assertThat(records.reclaimAll()).isEqualTo(records.positionIn(records.settleTail()));
        assertThat(written).isPositive();
        assertThat(read).as("what was reported as written was read").isGreaterThanOrEqualTo(written);
    }

    @Test
    void aRecordIsPutDownWhenItsHolderIsForgotten() throws InterruptedException {
        producer.tryWrite(0, MESSAGE, 0, MESSAGE.length);
        WeakReference<HeldRecord> forgotten = new WeakReference<>(consumer.tryTake().hold());
        Background.awaitUntil(() -> {
            System.gc();
            return forgotten.get() == null;
        });
        assertThat(ring.repair(OWNER)).isEqualTo(1);
        TakenRecord again = consumer.tryTake();
        assertThat(again.deliveries()).isEqualTo(1);
        again.release();
    }

    @Test
    void aClaimIsPutDownWhenItsProducerIsForgotten() throws InterruptedException {
        WeakReference<MpmcProducer> forgotten = new WeakReference<>(claiming());
        producer.tryWrite(0, MESSAGE, 0, MESSAGE.length);
        assertThat(consumer.tryTake()).as("behind an open claim").isNull();
        Background.awaitUntil(() -> {
            System.gc();
            return forgotten.get() == null;
        });
        ring.repair(OWNER);
        consumer.tryTake().release();
    }

    private MpmcProducer claiming() {
        MpmcProducer other = ring.producer(OWNER);
        other.tryClaim(0, MESSAGE.length);
        return other;
    }

    @Test
    void whatIsInUseIsNotPutDown() {
        MpmcClaim claim = producer.tryClaim(0, MESSAGE.length);
        assertThat(ring.repair(OWNER)).isZero();
        claim.commit();
        TakenRecord record = consumer.tryTake();
        HeldRecord held = record.hold();
        assertThat(ring.repair(OWNER)).isZero();
        held.release();
        assertThat(consumer.tryTake()).isNull();
    }
}
