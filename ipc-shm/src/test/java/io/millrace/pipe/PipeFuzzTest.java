package io.millrace.pipe;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.domain.SharedDirectory;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whatever lies in a lane or a direction: messages or exceptions, never a hang and never a crash. */
@Timeout(60)
class PipeFuzzTest {
    private static final int ROUNDS = Integer.getInteger("torture", 0) > 0 ? 20_000 : 150;
    private static final int LANE_CAPACITY = 1 << 10;
    private static final int CALLS = 40;

    @TempDir(factory = SharedDirectory.class)
    private Path parent;

    private interface Call {
        void run() throws Exception;
    }

    @Test
    void damagedLanesGiveMessagesOrExceptions() throws Exception {
        for (int seed = 0; seed < ROUNDS; seed++) {
            fuzz(new Random(seed), true);
        }
    }

    @Test
    void damagedDirectionsGiveMessagesOrExceptions() throws Exception {
        for (int seed = 0; seed < ROUNDS; seed++) {
            fuzz(new Random(seed), false);
        }
    }

    private void fuzz(Random random, boolean lane) throws Exception {
        Path domain = parent.resolve("domain");
        Pipe pipe = Pipe.builder(false).domain(domain).laneCapacity(LANE_CAPACITY).create();
        Connection first = pipe.first();
        Connection second = pipe.second();
        first.poll();
        for (int i = random.nextInt(4); i >= 0; i--) {
            second.tryClaim(random.nextInt(100)).send();
        }
        allowed(() -> second.sendBytes(new byte[LANE_CAPACITY], java.time.Duration.ZERO));
        damage(file(domain, lane), random, lane);
        for (int i = 0; i < CALLS; i++) {
            allowed(first::poll);
            allowed(() -> first.read(message -> assertThat(message.length()).isNotNegative(), 1 + random.nextInt(3)));
            allowed(() -> {
                MessageClaim claim = second.tryClaim(random.nextInt(100));
                if (claim != null) {
                    claim.send();
                }
            });
        }
        allowed(pipe::close);
    }

    private static Path file(Path domain, boolean lane) throws IOException {
        try (Stream<Path> files = Files.list(domain)) {
            List<Path> all = files.filter(file -> file.getFileName().toString().startsWith("anonymous-")).toList();
            return all.stream().filter(file -> file.getFileName().toString().contains("~") == lane).findFirst()
                .orElseThrow();
        }
    }

    /** Of a direction: which lanes there are, and the signals; of a lane: anything behind its header. */
    private static void damage(Path file, Random random, boolean lane) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            for (int i = random.nextInt(6); i >= 0; i--) {
                byte[] bytes = new byte[1 + random.nextInt(8)];
                random.nextBytes(bytes);
                channel.write(ByteBuffer.wrap(bytes), lane ? lanePosition(random, channel.size(), bytes.length)
                    : directionPosition(random, channel.size()));
            }
        }
    }

    private static long lanePosition(Random random, long size, int length) {
        long data = size - LANE_CAPACITY;
        return random.nextInt(4) == 0 ? data - 512 + 128 + random.nextInt(380 - length)
            : data + random.nextInt(200);
    }

    private static long directionPosition(Random random, long size) {
        long direction = size - PipeLayout.length() + PipeLayout.direction(0);
        return direction + switch (random.nextInt(3)) {
            case 0 -> PipeLayout.DATA_SIGNAL;
            case 1 -> PipeLayout.SPACE_SIGNAL;
            default -> PipeLayout.LANES_THERE;
        };
    }

    private static void allowed(Call call) throws Exception {
        try {
            call.run();
        } catch (RuntimeException | IOException | java.util.concurrent.TimeoutException | OutOfMemoryError e) {
            assertThat(e).isNotInstanceOfAny(NullPointerException.class, ArithmeticException.class,
                ArrayIndexOutOfBoundsException.class, ClassCastException.class, NegativeArraySizeException.class);
        }
    }
}
