package io.millrace.bench.micro;

import io.millrace.memory.Region;
import io.millrace.ring.MpmcClaim;
import io.millrace.ring.MpmcConsumer;
import io.millrace.ring.MpmcProducer;
import io.millrace.ring.MpmcRing;
import io.millrace.ring.Owner;
import io.millrace.ring.RecordHandler;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** One message into a ring and out again, by one thread: the instructions of the path without its cache misses. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class MpmcRingBenchmark {
    private static final int CAPACITY = 1 << 20;

    /** Length of a message in bytes. */
    @Param({"32", "256", "4096"})
    public int payloadBytes;

    private MpmcProducer producer;
    private MpmcConsumer consumer;
    private byte[] message;
    private long sum;
    private final RecordHandler handler = (type, payload) -> sum += payload.getLongPlain(0);

    /** A ring in private memory, both ends in this thread. */
    @Setup
    public void createRing() {
        MpmcRing ring = MpmcRing.allocate(CAPACITY, MpmcRing.GRANULE_LENGTH, MpmcRing.DELIVERIES_MAX);
        producer = ring.producer(Owner.of(1));
        consumer = ring.consumer(Owner.of(1));
        message = new byte[payloadBytes];
    }

    /** Copied in. */
    @Benchmark
    public long writeAndRead() {
        producer.tryWrite(1, message, 0, payloadBytes);
        consumer.read(handler, 1);
        return sum;
    }

    /** Filled in place. */
    @Benchmark
    public long claimAndRead() {
        MpmcClaim claim = producer.tryClaim(1, payloadBytes);
        Region payload = claim.payload();
        payload.putLongPlain(0, sum);
        claim.commit();
        consumer.read(handler, 1);
        return sum;
    }
}
