package io.millrace.bench.micro;

import io.millrace.pipe.MessageClaim;
import io.millrace.pipe.MessageHandler;
import io.millrace.pipe.Pipe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Messages into a pipe and out again, by one thread: the instructions of the path without its waits. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class PipeBenchmark {
    private static final Path SHARED_MEMORY = Path.of("/dev/shm");

    /** Length of a message in bytes. */
    @Param({"32", "256", "4096"})
    public int payloadBytes;

    private Path directory;
    private Pipe pipe;
    private byte[] message;
    private long sum;
    private final MessageHandler handler = payload -> sum += payload.getLongPlain(0);

    /** A pipe in a domain of its own, both ends in this thread. */
    @Setup
    public void createPipe() throws IOException {
        directory = Files.createTempDirectory(SHARED_MEMORY, "millrace-jmh-");
        pipe = Pipe.builder(false).domain(directory).create();
        message = new byte[payloadBytes];
    }

    /** Leaves nothing behind. */
    @TearDown
    public void removePipe() throws IOException {
        pipe.close();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(directory);
    }

    /** Filled in place. */
    @Benchmark
    public long claimAndRead() throws IOException, InterruptedException {
        MessageClaim claim = pipe.second().claim(payloadBytes);
        claim.payload().putLongPlain(0, sum);
        claim.send();
        pipe.first().read(handler, 1);
        return sum;
    }

    /** Copied in and out. */
    @Benchmark
    public byte[] sendAndReceiveBytes() throws IOException, InterruptedException {
        pipe.second().sendBytes(message);
        return pipe.first().receiveBytes();
    }

    /** By Java serialization. */
    @Benchmark
    public Object sendAndReceiveObject() throws IOException, InterruptedException {
        pipe.second().send(message);
        return pipe.first().receive();
    }

    /** A look that finds nothing. */
    @Benchmark
    public int lookAtNothing() throws IOException {
        return pipe.first().read(handler, 1);
    }
}
