package io.millrace.pipe;

import io.millrace.memory.Region;
import io.millrace.testing.Background;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;

/** A pipe with short lanes, and what its writers write. */
abstract class WriterFixture extends PipeFixture {
    static final Duration SHORT = Duration.ofMillis(20);
    static final int LANE = 1 << 12;

    private final List<Integer> read = new ArrayList<>();

    @BeforeEach
    @Override
    void makePipe() {
        use(Pipe.builder(true).laneCapacity(LANE));
    }

    static void write(MessageWriter writer, int message) throws Exception {
        writer.claim(Integer.BYTES).putIntPlain(0, message);
        writer.send();
    }

    List<Integer> readAll() throws Exception {
        while (first.read(message -> read.add(message.getIntPlain(0)), 100) > 0) {
            continue;
        }
        return read;
    }

    static int fill(MessageWriter writer) throws Exception {
        int count = 0;
        while (writer.tryClaim(1000) != null) {
            writer.send();
            count++;
        }
        return count;
    }

    /** A thread whose writer has filled the lane and is about to wait for room; it closes the writer whatever comes. */
    Background<Region> waitingForRoom() throws InterruptedException {
        CountDownLatch filled = new CountDownLatch(1);
        Background<Region> waiting = Background.start(() -> {
            try (MessageWriter writer = second.writer()) {
                fill(writer);
                filled.countDown();
                return writer.claim(1000);
            }
        });
        filled.await();
        return waiting;
    }
}
