package io.millrace.bench.micro;

import io.millrace.codec.Codecs;
import io.millrace.queue.SharedQueue;
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

/** One item into a queue and out again, by one thread: the instructions of the path without its waits. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class QueueBenchmark {
    private static final Path SHARED_MEMORY = Path.of("/dev/shm");

    /** Length of a text in characters. */
    @Param({"32", "256", "4096"})
    public int payloadBytes;

    private Path directory;
    private SharedQueue<String> texts;
    private SharedQueue<Long> numbers;
    private SharedQueue<String> objects;
    private String text;

    /** Queues in a domain of their own. */
    @Setup
    public void createQueues() throws IOException {
        directory = Files.createTempDirectory(SHARED_MEMORY, "millrace-jmh-");
        texts = SharedQueue.<String>builder().domain(directory).codec(Codecs.utf8()).create();
        numbers = SharedQueue.<Long>builder().domain(directory).codec(Codecs.ofLong()).create();
        objects = SharedQueue.<String>builder().domain(directory).create();
        text = "x".repeat(payloadBytes);
    }

    /** Leaves nothing behind. */
    @TearDown
    public void removeQueues() throws IOException {
        texts.close();
        numbers.close();
        objects.close();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(directory);
    }

    /** A text. */
    @Benchmark
    public String putAndGetText() throws InterruptedException {
        texts.put(text);
        return texts.get();
    }

    /** A number that needs no box of its own. */
    @Benchmark
    public Long putAndGetNumber() throws InterruptedException {
        numbers.put(1L);
        return numbers.get();
    }

    /** A text by Java serialization. */
    @Benchmark
    public String putAndGetObject() throws InterruptedException {
        objects.put(text);
        return objects.get();
    }
}
