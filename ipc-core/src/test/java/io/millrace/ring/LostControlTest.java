package io.millrace.ring;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.testing.Background;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A thread that loses control in the middle of an operation takes nothing with it, though its process lives on. */
class LostControlTest {
    private static final Owner OWNER = Owner.of(1);
    private static final byte[] MESSAGE = new byte[24];

    private final MpmcRing ring = MpmcRing.allocate(1 << 16, MpmcRing.GRANULE_LENGTH, MpmcRing.DELIVERIES_MAX);
    private final MpmcProducer producer = ring.producer(OWNER);
    private final MpmcConsumer consumer = ring.consumer(OWNER);
    private int overflows;

    /** Descends until the stack is exhausted, and tries the operation at every depth on the way back. */
    private void atEveryDepthNearTheEnd(Runnable operation) {
        try {
            atEveryDepthNearTheEnd(operation);
        } catch (StackOverflowError | InternalError e) { // what links code makes the second of the first
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

    /** An operation, alone: whatever goes before or after it on the way would overflow in its place. */
    enum Operation {
        WRITE {
            @Override
            void run(MpmcProducer producer, MpmcConsumer consumer) {
                producer.tryWrite(0, MESSAGE, 0, MESSAGE.length);
            }
        },
        WRITE_IN_PLACE {
            @Override
            void run(MpmcProducer producer, MpmcConsumer consumer) {
                producer.tryWrite(0, MESSAGE.length, payload -> MESSAGE.length);
            }
        },
        CLAIM_AND_COMMIT {
            @Override
            void run(MpmcProducer producer, MpmcConsumer consumer) {
                MpmcClaim claim = producer.tryClaim(0, MESSAGE.length);
                if (claim != null) {
                    claim.commit();
                }
            }
        },
        READ {
            @Override
            void run(MpmcProducer producer, MpmcConsumer consumer) {
                consumer.read((type, payload) -> { }, 1);
            }
        },
        TAKE {
            @Override
            void run(MpmcProducer producer, MpmcConsumer consumer) {
                consumer.tryTake(record -> { });
            }
        },
        TAKE_AND_RELEASE {
            @Override
            void run(MpmcProducer producer, MpmcConsumer consumer) {
                TakenRecord record = consumer.tryTake();
                if (record != null) {
                    record.release();
                }
            }
        },
        HOLD_AND_RELEASE {
            @Override
            void run(MpmcProducer producer, MpmcConsumer consumer) {
                TakenRecord record = consumer.tryTake();
                if (record != null) {
                    record.hold().release();
                }
            }
        };

        abstract void run(MpmcProducer producer, MpmcConsumer consumer);
    }

    @ParameterizedTest
    @EnumSource
    void aStackOverflowAnywhereLeavesNothingInHand(Operation operation) throws InterruptedException {
        for (int i = 0; i < 8; i++) {
            overflows = 0;
            while (producer.tryWrite(0, MESSAGE, 0, MESSAGE.length)) {
                continue;
            }
            consumer.read((type, payload) -> { }, operation.ordinal() < Operation.READ.ordinal() ? 500 : 1);
            inThreadOfItsOwn(() -> atEveryDepthNearTheEnd(() -> operation.run(producer, consumer)));
            emptyTheRing();
        }
    }

    private void emptyTheRing() throws InterruptedException {
        MpmcRecords records = ring.records();
        Background.awaitUntil(() -> {
            System.gc(); // a record that was held is put down when the one who held it is forgotten
            ring.repair(OWNER);
            consumer.read((type, payload) -> { }, Integer.MAX_VALUE);
            return records.reclaimAll() == records.positionIn(records.settleTail());
        });
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
