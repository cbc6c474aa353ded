package io.millrace.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.millrace.format.Segment;
import io.millrace.memory.MemoryBackend;
import io.millrace.testing.Background;
import io.millrace.testing.ChildJvm;
import io.millrace.testing.Jdk;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two producers and two consumers in JVMs of their own, of both JDKs and in both memory modes, which are killed and
 * stopped at random instants. Every message says who sent it; the consumers report each one through a ring of their own
 * before they release it. Nothing is lost or torn, nothing comes twice without a flag, and nobody waits for the dead.
 *
 * <p>A few incidents, or as many as there are in {@code -Dtorture=minutes}.
 */
class MpmcTortureTest {
    private static final int INCIDENTS = 10;
    private static final int MINUTES = Integer.getInteger("torture", 0);
    /** To tell a hang from a slow machine. */
    private static final Duration WATCHDOG = Duration.ofSeconds(60);
    private static final int LOOKS_WHILE_STOPPED = 50;
    private static final int LOG_CAPACITY = 1 << 14;
    private static final int SELF = 1;

    @TempDir
    Path directory;

    private final long seed = Long.getLong("millrace.seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final DeliveryLedger ledger = new DeliveryLedger();
    private final IdentifiedMessages messages = new IdentifiedMessages(MpmcChild.LENGTH_MAX);
    private final Map<Integer, ChildJvm> children = new HashMap<>();
    private final Map<Integer, Segment> notes = new HashMap<>();
    private final Map<Integer, SpscRing> logs = new HashMap<>();
    private final Map<Integer, SpscConsumer> logReaders = new HashMap<>();
    private final List<Integer> alive = new ArrayList<>();
    private final Owner self = new Owner(SELF, id -> children.containsKey(id) && children.get(id).isDead());
    private Path file;
    private MpmcRing ring;
    private int nextId = 2;

    @BeforeEach
    void createRing() throws IOException {
        MpmcGeometry geometry = new MpmcGeometry(MpmcGeometry.GRANULES_MIN, MpmcChild.GRANULE_LENGTH,
            MpmcRing.DELIVERIES_MAX, 0);
        file = directory.resolve("ring");
        ring = MpmcRing.create(file, geometry, geometry.granules() + random.nextInt(1 << 20), 0, 0);
    }

    @AfterEach
    void endAll() throws IOException {
        children.values().forEach(ChildJvm::close);
        for (Segment note : notes.values()) {
            note.close();
        }
        for (SpscRing log : logs.values()) {
            log.close();
        }
        ring.close();
    }

    @Test
    void whoeverIsKilledOrStoppedAtAnyInstantNothingIsLostTornOrRepeatedUnflagged() {
        try {
            run();
        } catch (Exception | AssertionError e) {
            throw new AssertionError("with -Dmillrace.seed=" + seed, e);
        }
    }

    private void run() throws Exception {
        for (boolean produces : new boolean[] {true, true, false, false}) {
            start(produces);
        }
        for (int id : List.copyOf(alive)) {
            children.get(id).awaitLine("ready");
        }
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(MINUTES);
        for (int i = 0; i < INCIDENTS || System.nanoTime() < end; i++) {
            boolean kill = i % 2 == 0;
            assertTimeoutPreemptively(WATCHDOG, () -> {
                awaitMessages(1 + random.nextInt(20_000));
                int victim = alive.get(random.nextInt(alive.size()));
                if (kill) {
                    replace(victim);
                } else {
                    stopForAWhile(victim);
                }
            }, "survivors hang");
        }
        assertTimeoutPreemptively(WATCHDOG, this::checkAll, "survivors hang");
    }

    private void start(boolean produces) throws IOException {
        int id = nextId++;
        ChildJvm.Builder child = ChildJvm.of(MpmcChild.class).option("-XX:TieredStopAtLevel=4")
            .with(MemoryBackend.values()[random.nextInt(MemoryBackend.values().length)])
            .on(random.nextBoolean() ? Jdk.current() : Jdk.other().orElse(Jdk.current()));
        Path report = directory.resolve("report-" + id);
        if (produces) {
            notes.put(id, Segment.create(report, DeathTest.NOTE, Long.BYTES, body -> { }));
        } else {
            logs.put(id, SpscRing.create(report, LOG_CAPACITY));
            logReaders.put(id, logs.get(id).consumer(self));
        }
        children.put(id, child.start(produces ? "produce" : "consume", file, id, report));
        alive.add(id);
    }

    private void kill(int id) {
        children.get(id).assertAlive();
        children.get(id).kill();
        alive.remove((Integer) id);
        // What it had in hand may hold up everybody else from here on, until somebody asks whether it is dead.
        assertThat(ring.repair(self)).as("records in the hands of " + id).isBetween(0, 1);
    }

    private void replace(int id) throws Exception {
        kill(id);
        int successor = nextId;
        start(notes.containsKey(id));
        awaitMessages(1);
        children.get(successor).awaitLine("ready");
    }

    private void stopForAWhile(int id) throws Exception {
        ChildJvm child = children.get(id);
        child.pause();
        for (int i = 0; i < LOOKS_WHILE_STOPPED; i++) {
            assertThat(ring.repair(self)).as("records mended of the living").isZero();
            drainLogs();
            Thread.yield();
        }
        child.resume();
    }

    /** Waits until so many further messages have arrived; while two ends of each kind are there, they do. */
    private void awaitMessages(int count) throws InterruptedException {
        long target = ledger.count() + count;
        Background.awaitUntil(() -> {
            alive.forEach(id -> children.get(id).assertAlive());
            drainLogs();
            return ledger.count() >= target;
        });
    }

    private void drainLogs() {
        logReaders.forEach((id, reader) -> reader.read((deliveries, payload) ->
            ledger.add(id, payload.getLongPlain(0), deliveries), Integer.MAX_VALUE));
    }

    /** Kills everybody, reads what is left, and compares with what the producers noted. */
    private void checkAll() {
        for (int id : List.copyOf(alive)) {
            kill(id);
            drainLogs();
        }
        MpmcConsumer consumer = ring.consumer(self);
        for (TakenRecord record = consumer.tryTake(); record != null; record = consumer.tryTake()) {
            ledger.add(SELF, messages.check(record.type(), record.payload()), record.deliveries());
            record.release();
        }
        long missing = 0;
        for (Map.Entry<Integer, Segment> note : notes.entrySet()) {
            long noted = note.getValue().body().getLongAcquire(0);
            missing += ledger.missing(note.getKey(), noted);
            assertThat(ledger.end(note.getKey())).as("messages of " + note.getKey()).isBetween(0L, noted + 1);
        }
        assertThat(missing).as("lost messages").isLessThanOrEqualTo(dropped());
        assertThat(ledger.count()).isPositive();
    }

    /** Records that killed consumers had in hand too often. */
    private long dropped() {
        Matcher dropped = Pattern.compile("dropped = (\\d+)").matcher(ring.dump());
        assertThat(dropped.find()).isTrue();
        return Long.parseLong(dropped.group(1));
    }
}
