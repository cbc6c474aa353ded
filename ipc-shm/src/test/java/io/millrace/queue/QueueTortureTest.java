package io.millrace.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.domain.SharedDirectory;
import io.millrace.queue.ParcelLog.Entry;
import io.millrace.queue.ParcelLog.Event;
import io.millrace.testing.ChildJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Producers and consumers in JVMs of their own, one after the other killed at a random instant, or stopped for a while:
 * what was put arrives, whole, in each producer's order, and twice only if it says so. Some seconds; with
 * {@code -Dtorture=MINUTES} for longer.
 */
@Timeout(value = 60 + 60 * 60, unit = TimeUnit.SECONDS)
class QueueTortureTest {
    /** Of one round, behind which it is looked whether everything came. */
    private static final Duration ROUND = Duration.ofMillis(1_500);
    private static final long ROUNDS = Math.max(1, Duration.ofMinutes(Long.getLong("torture", 0)).dividedBy(ROUND));
    private static final int PRODUCERS = 2;
    private static final int CONSUMERS = 2;
    private static final String NAME = "torture";

    @TempDir(factory = SharedDirectory.class)
    Path parent;

    private final long seed = Long.getLong("millrace.seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final List<ParcelLog> logs = new ArrayList<>();
    private Account account;
    private QueueSubject subject;
    private int children;

    /** A child and what it writes down. */
    private record Worker(ChildJvm child, ParcelLog log) { }

    /** What all children, dead or alive, have written down. */
    private static final class Account {
        final Set<Parcel> put = new HashSet<>();
        final Set<Parcel> seen = new HashSet<>();
        final Set<Parcel> got = new HashSet<>();
        final Set<Parcel> gotAtAll = new HashSet<>();
        int gotAgain;

        /** One log of one thread: its order counts. */
        void add(List<Entry> entries, String context) {
            Map<Integer, Long> last = new HashMap<>();
            for (Entry entry : entries) {
                Parcel parcel = entry.parcel();
                switch (entry.event()) {
                    case PUT -> put.add(parcel);
                    case SEEN -> seen.add(parcel);
                    case GOT_AGAIN -> {
                        gotAgain++;
                        gotAtAll.add(parcel);
                    }
                    default -> {
                        assertThat(got.add(parcel)).as("first delivery of %s, %s", parcel, context).isTrue();
                        gotAtAll.add(parcel);
                        Long before = last.put(parcel.producer(), parcel.number());
                        assertThat(before == null || before < parcel.number()).as("order of %s, %s", parcel, context)
                            .isTrue();
                    }
                }
            }
        }
    }

    private Path domain() {
        return parent.resolve("domain");
    }

    private Worker start(boolean producing) throws IOException, InterruptedException {
        Path file = parent.resolve("log-" + children++);
        ParcelLog log = ParcelLog.create(file);
        logs.add(log);
        ChildJvm child = ChildJvm.of(QueueChild.class).option("-XX:TieredStopAtLevel=4")
            .start(producing ? "produce" : "consume", subject, domain(), NAME, file, children, random.nextLong());
        return new Worker(child, log);
    }

    private static void awaitReady(Worker worker) throws InterruptedException {
        worker.child.awaitLine("ready");
    }

    private void stopAndGoOn(ChildJvm child) throws Exception {
        signal(child, "STOP");
        LockSupport.parkNanos(random.nextInt(200_000_000));
        signal(child, "CONT");
    }

    private static void signal(ChildJvm child, String name) throws Exception {
        assertThat(new ProcessBuilder("kill", "-" + name, Long.toString(child.pid())).inheritIO().start().waitFor())
            .isZero();
    }

    @ParameterizedTest
    @EnumSource(names = {"SHARED_ONE_HANDLE", "JOINABLE_ONE_HANDLE"})
    void whatWasPutArrivesWhoeverIsKilled(QueueSubject sort) throws Exception {
        subject = sort;
        for (long round = 0; round < ROUNDS; round++) {
            account = new Account();
            runRound();
        }
    }

    private void runRound() throws Exception {
        List<Worker> workers = new ArrayList<>();
        try (QueueBase<Parcel> queue =
            subject.builder(domain(), new ParcelCodec()).name(NAME).maxBytes(8 << 20).create()) {
            try {
                for (int i = 0; i < PRODUCERS + CONSUMERS; i++) {
                    workers.add(start(i < PRODUCERS));
                }
                for (Worker worker : workers) {
                    awaitReady(worker);
                }
                int kills = killAtRandom(workers);
                drain(queue, workers);
                System.out.println("torture of " + subject + ": " + account.put.size() + " put, " + account.gotAgain
                    + " came again, " + queue.dropped() + " dropped, " + kills + " killed, millrace.seed=" + seed);
            } finally {
                workers.forEach(worker -> worker.child.close());
                queue.remove();
            }
        }
        try (Stream<Path> files = Files.list(domain())) {
            assertThat(files.map(file -> file.getFileName().toString())).containsExactlyInAnyOrder("lock", "table");
        } finally {
            for (ParcelLog log : logs) {
                log.close();
            }
            logs.clear();
            for (int i = 0; i < children; i++) {
                Files.deleteIfExists(parent.resolve("log-" + i));
            }
        }
    }

    private int killAtRandom(List<Worker> workers) throws Exception {
        long end = System.nanoTime() + ROUND.toNanos();
        int kills = 0;
        while (System.nanoTime() < end) {
            LockSupport.parkNanos(random.nextInt(200_000_000)); // to a random instant: there is no event to wait for
            if (random.nextInt(4) == 0) {
                stopAndGoOn(workers.get(random.nextInt(workers.size())).child);
            }
            int first = random.nextInt(PRODUCERS);
            int second = PRODUCERS + random.nextInt(CONSUMERS);
            for (int victim : new int[] {first, second}) {
                assertThat(workers.get(victim).child.isDead()).as("died by itself, %s", seed).isFalse();
                workers.get(victim).child.kill();
                kills++;
                workers.set(victim, start(victim < PRODUCERS));
            }
            awaitReady(workers.get(first));
            awaitReady(workers.get(second));
        }
        return kills;
    }

    /** Kills the producers, and gets in this JVM what the consumers leave. */
    private void drain(QueueBase<Parcel> queue, List<Worker> workers) throws Exception {
        for (Worker worker : workers) {
            worker.child.kill();
        }
        String context = "millrace.seed=" + seed;
        for (ParcelLog log : logs) {
            account.add(log.entries(), context);
        }
        List<Entry> rest = new ArrayList<>();
        while (true) {
            try {
                Delivery<Parcel> delivery = queue.receive(Duration.ofMillis(100));
                rest.add(new Entry(delivery.isRedelivered() ? Event.GOT_AGAIN : Event.GOT, delivery.item()));
                if (queue instanceof JoinableQueue<Parcel> tasks) {
                    tasks.taskDone();
                }
            } catch (QueueEmptyException e) {
                break;
            }
        }
        account.add(rest, context);
        Set<Parcel> lost = new HashSet<>(account.put);
        lost.removeAll(account.gotAtAll);
        if (subject.isJoinable()) {
            // A consumer that died between the entry and the end of the task had it; so whatever was put was got,
            // unless as many died over it as the queue's limit says.
            assertThat(lost.size()).as("lost: %s, %s", lost, context).isLessThanOrEqualTo((int) queue.dropped());
            assertThat(((JoinableQueue<Parcel>) queue).join(Duration.ofSeconds(20))).as("joined, " + context).isTrue();
        } else {
            // It may die after the item is over and before the entry: then it had decoded it.
            lost.removeAll(account.seen);
            assertThat(lost).as("lost, " + context).isEmpty();
        }
        assertThat(account.put).as("so many were put").hasSizeGreaterThan(1_000);
        assertThat(queue.isEmpty()).isTrue();
    }
}
