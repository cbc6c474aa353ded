package io.millrace.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.format.Segment;
import io.millrace.format.SegmentKind;
import io.millrace.memory.Region;
import io.millrace.testing.Background;
import io.millrace.testing.ChildJvm;
import io.millrace.wait.Signal;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A JVM that has a role is killed; the survivor takes the role and finds what the dead one had published. */
@Timeout(60)
class DeathTest {
    /** A segment in which a child counts the messages it has published. */
    static final SegmentKind NOTE = new SegmentKind("test-note", 1, 1);

    private static final int CAPACITY = 1 << 12;
    private static final int REPETITIONS = 10;
    private static final int MORE = 1_000;

    @TempDir
    Path directory;

    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);
    private Path file;
    private SpscRing ring;
    private NumberedMessages expected;
    private long received;

    @BeforeEach
    void createRing() throws IOException {
        file = directory.resolve("ring");
        ring = SpscRing.create(file, CAPACITY, 8L * random.nextInt(CAPACITY));
        expected = new NumberedMessages(seed, RingChild.LENGTH_MAX);
    }

    @AfterEach
    void closeRing() throws IOException {
        ring.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"stop-in-batch", "stop-in-claim"})
    void whatAKilledProducerPublishedArrivesAndNothingElse(String task) throws Exception {
        try (ChildJvm child = ChildJvm.of(RingChild.class).start(task, file, seed)) {
            String line = child.awaitLine();
            assertThat(line).startsWith("published ");
            SpscConsumer consumer = ring.consumer(Owner.of(1));
            assertThatThrownBy(() -> ring.producer(heirOf(child))).isInstanceOf(RoleTakenException.class);

            child.kill();
            NumberedWriter writer = new NumberedWriter(ring.producer(heirOf(child)),
                new NumberedMessages(seed, RingChild.LENGTH_MAX), Long.parseLong(line.split(" ")[1]));
            long published = writer.next();
            readAll(consumer);
            assertThat(received).as("messages received, seed " + seed).isEqualTo(published);
            writeAndRead(writer, consumer);
        }
    }

    @Test
    void theRecordsThatAKilledConsumerHadInHandComeAgainAndNoOthers() throws Exception {
        NumberedWriter writer = new NumberedWriter(ring.producer(Owner.of(1)),
            new NumberedMessages(seed, RingChild.LENGTH_MAX), 0);
        while (writer.next() < 12) {
            writer.tryWrite();
        }
        try (ChildJvm child = ChildJvm.of(RingChild.class).start("stop-in-handler", file, seed)) {
            child.awaitLine("in the handler of message 7");
            assertThatThrownBy(() -> ring.consumer(heirOf(child))).isInstanceOf(RoleTakenException.class);

            child.kill();
            received = 5; // what the child's finished calls had read
            SpscConsumer consumer = ring.consumer(heirOf(child));
            readAll(consumer);
            assertThat(received).isEqualTo(writer.next());
            writeAndRead(writer, consumer);
        }
    }

    @RepeatedTest(REPETITIONS)
    void aProducerThatIsKilledAtAnyInstantLosesNothingAndTearsNothing() throws Exception {
        Path note = directory.resolve("note");
        long killAt = 1 + random.nextInt(200_000);
        Signal space = new Signal(ring.spaceSignalWord());
        try (Segment published = Segment.create(note, NOTE, Long.BYTES, body -> { });
            ChildJvm child = ChildJvm.of(RingChild.class).start("stream", file, seed, note)) {
            SpscConsumer consumer = ring.consumer(Owner.of(1));
            Background.awaitUntil(() -> {
                assertThat(child.isDead()).as("child died by itself").isFalse();
                consumer.read(this::check, 1 + random.nextInt(20));
                space.raise();
                return received >= killAt;
            });
            child.kill();
            SpscProducer producer = ring.producer(heirOf(child));
            readAll(consumer);
            long noted = published.body().getLongAcquire(0);
            assertThat(received).as("messages received, seed " + seed)
                .isBetween(noted, noted + NumberedWriter.BATCH);
            NumberedMessages messages = new NumberedMessages(seed, RingChild.LENGTH_MAX);
            writeAndRead(new NumberedWriter(producer, messages, received), consumer);
        }
    }

    private static Owner heirOf(ChildJvm child) {
        return new Owner(2, id -> id == RingChild.OWNER_ID && child.isDead());
    }

    private void writeAndRead(NumberedWriter writer, SpscConsumer consumer) {
        long end = writer.next() + MORE;
        while (writer.next() < end) {
            assertThat(writer.tryWrite()).as("room in an empty ring").isTrue();
            readAll(consumer);
        }
        assertThat(received).isEqualTo(writer.next());
    }

    private void readAll(SpscConsumer consumer) {
        consumer.read(this::check, Integer.MAX_VALUE);
    }

    private void check(int type, Region payload) {
        expected.check(received++, type, payload);
    }
}
