package io.millrace.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.atomic.SharedLong;
import io.millrace.domain.SharedDirectory;
import io.millrace.memory.MemoryBackend;
import io.millrace.process.JvmProcess;
import io.millrace.queue.SharedQueue;
import io.millrace.sync.LockChild.Point;
import io.millrace.testing.Background;
import io.millrace.testing.ChildJvm;
import io.millrace.testing.Jdk;
import io.millrace.value.SharedMemory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The reentrant lock between JVMs, which are killed and stopped while they have it. */
@Timeout(60)
class LockDeathTest {
    private static final Duration LONG = Duration.ofSeconds(50);
    private static final Duration SHORT = Duration.ofMillis(20);

    @TempDir(factory = SharedDirectory.class)
    Path parent;

    private Path domain;
    private SharedReentrantLock lock;

    @BeforeEach
    void makeTheLock() {
        domain = parent.resolve("domain");
        lock = SharedReentrantLock.builder().domain(domain).name(LockChild.LOCK).create();
    }

    @AfterEach
    void nothingIsLeft() throws IOException {
        lock.remove();
        try (Stream<Path> files = Files.list(domain)) {
            assertThat(files.map(file -> file.getFileName().toString())
                .filter(name -> !name.startsWith("lease."))).containsExactlyInAnyOrder("lock", "table");
        }
    }

    /** A child in one or the other memory mode, on one or the other JDK. */
    private ChildJvm start(int number, Object task) throws IOException {
        Jdk jdk = number / 2 % 2 == 0 ? Jdk.current() : Jdk.other().orElse(Jdk.current());
        return ChildJvm.of(LockChild.class).on(jdk).with(MemoryBackend.values()[number % 2]).start(domain, task);
    }

    private Background<Boolean> waiter() throws InterruptedException {
        Background<Boolean> waiter = Background.start(() -> {
            lock.lock();
            boolean abandoned = lock.wasAbandoned();
            assertThat(lock.holdCount()).isEqualTo(1);
            lock.unlock();
            return abandoned;
        });
        Background.awaitUntil(() -> waiter.isOver() || lock.hasSleepers());
        return waiter;
    }

    @ParameterizedTest
    @EnumSource
    void theLockOfAJvmThatIsKilledThereIsTakenAndItsSuccessorsAreTold(Point point) throws Exception {
        try (ChildJvm child = start(point.ordinal(), point)) {
            child.awaitLine(point.name());
            assertThat(lock.isLocked()).isEqualTo(point.isHeld);
            if (point.isHeld) {
                assertThat(lock.tryLock(SHORT)).as("whether the living are passed").isFalse();
                assertThat(lock.toString()).contains(" of owner ");
            }
            try (Background<Boolean> waiter = waiter()) {
                child.kill();
                assertThat(waiter.result()).as("abandoned").isEqualTo(point.isHeld);
            }
        }
        assertThat(lock.tryLock()).isTrue();
        assertThat(lock.wasAbandoned()).as("until somebody has recovered").isEqualTo(point.isHeld);
        lock.recovered();
        assertThat(lock.wasAbandoned()).isFalse();
        lock.unlock();
        assertThat(lock.toString()).endsWith(", free]");
    }

    @Test
    void whoOnlyTriesFindsTheDeadAsWell() throws Exception {
        try (ChildJvm child = start(0, Point.HELD)) {
            child.awaitLine(Point.HELD.name());
            assertThat(lock.tryLock()).isFalse();
            child.kill();
            Background.awaitUntil(lock::tryLock);
            lock.unlock();
        }
    }

    @Test
    void aSurvivorThatIsKilledWhileItRepairsLeavesItToTheNext() throws Exception {
        try (ChildJvm holder = start(0, Point.HELD)) {
            holder.awaitLine(Point.HELD.name());
            holder.kill();
        }
        try (ChildJvm survivor = start(1, "repair")) {
            survivor.awaitLine("repaired");
            survivor.kill();
        }
        assertThat(lock.toString()).endsWith(", free, abandoned]");
        lock.lock();
        assertThat(lock.wasAbandoned()).isTrue();
        lock.unlock();
    }

    @Test
    void aHolderThatIsPausedKeepsTheLock() throws Exception {
        try (ChildJvm child = start(1, Point.HELD)) {
            child.awaitLine(Point.HELD.name());
            child.pause();
            assertThat(lock.tryLock(Duration.ofMillis(60))).isFalse();
            try (Background<Boolean> waiter = waiter()) {
                child.resume();
                child.send("go on");
                child.awaitLine("finished");
                assertThat(waiter.result()).as("abandoned").isFalse();
            }
        }
    }

    @Test
    void killsAtAnyInstantAreToldOrHaveDoneNoHarm() throws Exception {
        try (SharedMemory memory = SharedMemory.builder(2 * Long.BYTES).domain(domain).name(LockChild.NUMBERS)
            .create()) {
            for (int kills = 0; kills < 2; kills++) {
                try (ChildJvm first = start(kills, "on"); ChildJvm second = start(kills + 1, "on")) {
                    first.awaitLine("adding");
                    second.awaitLine("adding");
                    add(memory, 300);
                    first.kill();
                    add(memory, 300);
                    second.assertAlive();
                }
                add(memory, 1);
            }
            memory.remove();
        }
    }

    private void add(SharedMemory memory, int times) throws InterruptedException {
        for (int i = 0; i < times; i++) {
            assertThat(lock.tryLock(LONG)).isTrue();
            try {
                LockChild.add(lock, memory.region());
            } finally {
                lock.unlock();
            }
        }
    }

    @Test
    void childrenGetTheLockAndThatOfAValueInTheirTasksAndByAQueue() throws Exception {
        try (SharedLong value = SharedLong.builder().domain(domain).name("value").create();
            SharedQueue<Object> queue = SharedQueue.builder().domain(domain).create()) {
            try (JvmProcess one = JvmProcess.builder(LockDeathTest::addUnder, lock, value).domain(domain).start();
                JvmProcess other = JvmProcess.builder(LockDeathTest::addUnder, lock, value).domain(domain).start()) {
                one.join();
                other.join();
                assertThat(one.exitCode()).hasValue(0);
                assertThat(other.exitCode()).hasValue(0);
            }
            assertThat(value.get()).isEqualTo(2_000);
            queue.put(value.lock());
            value.lock().lock();
            try (SharedReentrantLock copy = (SharedReentrantLock) queue.get()) {
                assertThat(copy.isHeldByCurrentThread()).isTrue();
                assertThat(lock.isHeldByCurrentThread()).isFalse();
            }
            value.lock().unlock();
            value.remove();
        }
    }

    /** In two steps, which are one under each of the two locks. */
    private static void addUnder(SharedReentrantLock lock, SharedLong value) {
        for (int i = 0; i < 1_000; i++) {
            lock.lock();
            value.lock().lock();
            try {
                value.set(value.get() + 1);
            } finally {
                value.lock().unlock();
                lock.unlock();
            }
        }
    }
}
