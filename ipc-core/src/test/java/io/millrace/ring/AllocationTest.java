package io.millrace.ring;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.millrace.memory.Region;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The data path allocates nothing. */
@Timeout(60)
class AllocationTest {
    private static final int WARM_UP = 100_000;
    private static final int COUNT = 200_000;
    private static final int LENGTH = 24;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final byte[] array = new byte[LENGTH];
    private final Region region = Region.allocate(LENGTH);
    private long received;

    @TempDir
    Path directory;

    @Test
    void writingAndReadingInPrivateMemoryAllocatesNothing() throws Exception {
        try (SpscRing ring = SpscRing.allocate(4096)) {
            checkAllWays(ring);
        }
    }

    @Test
    void writingAndReadingInAFileAllocatesNothing() throws Exception {
        try (SpscRing ring = SpscRing.create(directory.resolve("ring"), 4096)) {
            checkAllWays(ring);
        }
    }

    private void checkAllWays(SpscRing ring) {
        SpscProducer producer = ring.producer(Owner.of(1));
        SpscConsumer consumer = ring.consumer(Owner.of(2));
        RecordHandler handler = (type, payload) -> received += payload.length();
        checkAllocatesNothing("tryWrite of an array", () -> {
            producer.tryWrite(1, array, 0, LENGTH);
            consumer.read(handler, 10);
        });
        checkAllocatesNothing("tryWrite of a region", () -> {
            producer.tryWrite(1, region, 0, LENGTH);
            consumer.read(handler, 10);
        });
        checkAllocatesNothing("claim, append and publish", () -> {
            Claim claim = producer.tryClaim(1, LENGTH);
            claim.payload().putLongPlain(0, received);
            claim.append();
            producer.publish();
            consumer.read(handler, 10);
        });
        checkAllocatesNothing("a full ring", () -> {
            producer.tryWrite(1, array, 0, LENGTH);
        });
    }

    @Test
    void manyToManyInPrivateMemoryAllocatesNothing() throws Exception {
        try (MpmcRing ring = MpmcRing.allocate(1 << 16, 64, 3)) {
            checkAllWays(ring);
        }
    }

    @Test
    void manyToManyInAFileAllocatesNothing() throws Exception {
        try (MpmcRing ring = MpmcRing.create(directory.resolve("ring"), 1 << 16)) {
            checkAllWays(ring);
        }
    }

    private void checkAllWays(MpmcRing ring) {
        MpmcProducer producer = ring.producer(Owner.of(1));
        MpmcConsumer consumer = ring.consumer(Owner.of(2));
        RecordHandler handler = (type, payload) -> received += payload.length();
        checkAllocatesNothing("tryWrite of an array", () -> {
            producer.tryWrite(1, array, 0, LENGTH);
            consumer.read(handler, 10);
        });
        checkAllocatesNothing("tryWrite of a region", () -> {
            producer.tryWrite(1, region, 0, LENGTH);
            consumer.read(handler, 10);
        });
        checkAllocatesNothing("claim, commit, take and release", () -> {
            MpmcClaim claim = producer.tryClaim(1, LENGTH);
            claim.payload().putLongPlain(0, received);
            claim.commit();
            consumer.tryTake().release();
        });
        // To look for what came back is to walk over up to a lap of records.
        checkAllocatesNothing("give back and take again", COUNT / 50, () -> {
            producer.tryWrite(1, array, 0, LENGTH);
            consumer.tryTake().giveBack();
            received += consumer.read(handler, 1);
        });
        checkAllocatesNothing("an empty ring", () -> {
            received += consumer.read(handler, 1);
        });
        checkAllocatesNothing("a full ring", () -> {
            producer.tryWrite(1, array, 0, LENGTH);
        });
    }

    private static void checkAllocatesNothing(String what, Runnable onePass) {
        checkAllocatesNothing(what, COUNT, onePass);
    }

    private static void checkAllocatesNothing(String what, int count, Runnable onePass) {
        repeat(onePass, Math.min(count, WARM_UP));
        long before = THREADS.getCurrentThreadAllocatedBytes();
        repeat(onePass, count);
        long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
        // The measurement itself allocates a little, the paths under test once per message or never.
        assertThat(allocated).as("bytes allocated by %d times %s", count, what).isLessThan(count);
    }

    private static void repeat(Runnable onePass, int count) {
        for (int i = 0; i < count; i++) {
            onePass.run();
        }
    }
}
