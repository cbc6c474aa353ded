package io.millrace.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.atomic.ObjectLock;
import io.millrace.domain.DomainInspector;
import io.millrace.domain.ObjectRemovedException;
import io.millrace.domain.SharedDirectory;
import io.millrace.testing.Background;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The reentrant lock between threads of one process, by one handle and by two. */
@Timeout(60)
class SharedReentrantLockTest {
    private static final Duration LONG = Duration.ofSeconds(50);
    private static final Duration SHORT = Duration.ofMillis(5);

    @TempDir(factory = SharedDirectory.class)
    Path parent;

    private LockSubject.Both both;

    /** The handles of the calling thread and of others. */
    private ObjectLock open(LockSubject subject) {
        both = subject.open(parent.resolve("domain"));
        return both.here();
    }

    @AfterEach
    void close() {
        if (both != null) {
            both.close();
        }
    }

    /** Does it on a thread of its own. */
    private static <T> T elsewhere(Callable<T> work) throws Exception {
        return Background.start(work).result();
    }

    private static void awaitAsleep(ObjectLock lock, Background<?> waiter) throws InterruptedException {
        Background.awaitUntil(() -> waiter.isOver() || ((SharedReentrantLock) lock).hasSleepers());
        assertThat(waiter.isOver()).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void whatIsTakenThreeTimesIsReleasedThreeTimes(LockSubject subject) throws Exception {
        ObjectLock lock = open(subject);
        lock.lock();
        assertThat(both.there().tryLock()).as("by the other handle of this thread").isTrue();
        lock.lockInterruptibly();
        assertThat(lock.holdCount()).isEqualTo(3);
        assertThat(both.there().holdCount()).isEqualTo(3);
        assertThat(lock.isHeldByCurrentThread()).isTrue();
        for (int i = 2; i >= 0; i--) {
            assertThat(elsewhere(() -> both.there().tryLock())).isFalse();
            lock.unlock();
            assertThat(lock.holdCount()).isEqualTo(i);
        }
        assertThat(lock.isLocked()).isFalse();
        assertThatExceptionOfType(IllegalMonitorStateException.class).isThrownBy(lock::unlock)
            .withMessageContaining("by nobody");
        assertThat(lock.wasAbandoned()).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void anotherThreadOfTheProcessDoesNotHoldIt(LockSubject subject) throws Exception {
        ObjectLock lock = open(subject);
        lock.lock();
        String state = elsewhere(() -> {
            ObjectLock there = both.there();
            assertThat(there.isLocked()).isTrue();
            assertThat(there.isHeldByCurrentThread()).isFalse();
            assertThat(there.holdCount()).isZero();
            assertThat(there.tryLock()).isFalse();
            assertThat(there.tryLock(5, TimeUnit.MILLISECONDS)).isFalse();
            assertThat(there.tryLock(-1, TimeUnit.DAYS)).isFalse();
            assertThatExceptionOfType(IllegalMonitorStateException.class).isThrownBy(there::unlock);
            assertThatExceptionOfType(IllegalMonitorStateException.class).isThrownBy(there::recovered);
            return there.toString();
        });
        assertThat(state).endsWith("held 1 time by thread " + Thread.currentThread().getId() + " of this process]");
        lock.lock();
        assertThat(lock.toString()).endsWith("held 2 times by this thread]");
        lock.unlock();
        lock.unlock();
        assertThat(lock.toString()).endsWith(", free]");
        assertThatExceptionOfType(IllegalMonitorStateException.class).isThrownBy(lock::recovered);
    }

    @ParameterizedTest
    @EnumSource
    void whoWaitsGetsItWhenItIsReleased(LockSubject subject) throws Exception {
        ObjectLock lock = open(subject);
        lock.lock();
        try (Background<Boolean> waiter = Background.start(() -> {
            boolean taken = both.there().tryLock(LONG.toSeconds(), TimeUnit.SECONDS);
            both.there().unlock();
            return taken;
        })) {
            awaitAsleep(lock, waiter);
            lock.unlock();
            assertThat(waiter.result()).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource
    void ofManyThreadsOneIsInside(LockSubject subject) throws Exception {
        ObjectLock lock = open(subject);
        int each = 5_000;
        long[] number = {0};
        List<Background<Void>> threads = new ArrayList<>();
        for (ObjectLock one : List.of(lock, both.there(), both.there())) {
            threads.add(Background.start(() -> {
                for (int i = 0; i < each; i++) {
                    one.lock();
                    try {
                        number[0]++;
                    } finally {
                        one.unlock();
                    }
                }
                return null;
            }));
        }
        for (Background<Void> thread : threads) {
            thread.result();
        }
        lock.lock();
        assertThat(number[0]).isEqualTo(3 * each);
        lock.unlock();
    }

    @ParameterizedTest
    @EnumSource
    void anInterruptEndsTheWaitsThatSaySo(LockSubject subject) throws Exception {
        ObjectLock lock = open(subject);
        lock.lock();
        List<Callable<?>> waits = List.of(() -> {
            both.there().lockInterruptibly();
            return null;
        }, () -> both.there().tryLock(LONG.toSeconds(), TimeUnit.SECONDS));
        for (Callable<?> wait : waits) {
            Background<?> waiter = Background.start(wait);
            awaitAsleep(lock, waiter);
            waiter.interrupt();
            assertThatThrownBy(waiter::result).hasCauseInstanceOf(InterruptedException.class);
        }
        lock.unlock();
        for (Callable<?> wait : waits) {
            assertThatThrownBy(() -> elsewhere(() -> {
                Thread.currentThread().interrupt();
                return wait.call();
            })).as("though it is free").hasCauseInstanceOf(InterruptedException.class);
        }
    }

    @ParameterizedTest
    @EnumSource
    void anInterruptIsKeptForLaterByTheWaitThatSaysNothing(LockSubject subject) throws Exception {
        ObjectLock lock = open(subject);
        lock.lock();
        try (Background<Boolean> waiter = Background.start(() -> {
            both.there().lock();
            both.there().unlock();
            return Thread.interrupted();
        })) {
            awaitAsleep(lock, waiter);
            waiter.interrupt();
            assertThat(elsewhere(() -> both.there().tryLock())).isFalse();
            lock.unlock();
            assertThat(waiter.result()).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource
    void closingEndsTheWaitsAndLeavesTheHolderItsLock(LockSubject subject) throws Exception {
        ObjectLock lock = open(subject);
        lock.lock();
        Background<Boolean> waiter = Background.start(() -> both.there().tryLock(LONG.toSeconds(), TimeUnit.SECONDS));
        awaitAsleep(lock, waiter);
        int owner = both.ownerId();
        both.close();
        assertThatThrownBy(waiter::result).hasCauseInstanceOf(IllegalStateException.class);
        assertThatIllegalStateException().isThrownBy(lock::lock);
        assertThatIllegalStateException().isThrownBy(lock::tryLock);
        assertThatIllegalStateException().isThrownBy(lock::isLocked);
        assertThatIllegalStateException().isThrownBy(lock::isHeldByCurrentThread);
        assertThat(lock.toString()).endsWith(", closed]");
        try (DomainInspector inspector = DomainInspector.open(parent.resolve("domain"))) {
            assertThat(inspector.isDead(owner)).as("dead to those who wait for the lock").isFalse();
        }
        lock.unlock();
        assertThatExceptionOfType(IllegalMonitorStateException.class).isThrownBy(lock::unlock);
    }

    @Test
    void whoClosesWithoutHoldingItLeavesTheDomain() throws IOException {
        Path directory = parent.resolve("domain");
        int owner;
        try (SharedReentrantLock lock = SharedReentrantLock.builder().domain(directory).create()) {
            lock.lock();
            lock.unlock();
            owner = lock.object().owner().id();
        }
        try (DomainInspector inspector = DomainInspector.open(directory)) {
            assertThat(inspector.isDead(owner)).isTrue();
        }
    }

    @Test
    void aThreadThatEndsWithoutReleasingItLeavesItHeldAndWhoWaitsIsToldWhenItIsRemoved() throws Exception {
        try (SharedReentrantLock lock = named("guard").create(); SharedReentrantLock other = named("guard").open()) {
            assertThat(elsewhere(() -> lock.tryLock())).isTrue();
            assertThat(other.tryLock(SHORT)).isFalse();
            assertThat(other.isLocked()).isTrue();
            Background<Boolean> waiter = Background.start(() -> {
                lock.lock();
                return true;
            });
            awaitAsleep(lock, waiter);
            other.remove();
            assertThatThrownBy(waiter::result).hasCauseInstanceOf(ObjectRemovedException.class);
        }
    }

    private SyncBuilder<SharedReentrantLock> named(String name) {
        return SharedReentrantLock.builder().domain(parent.resolve("domain")).name(name);
    }

    @Test
    void aThreadMayNotHaveANumberThatTheWordHasNoRoomFor() {
        assertThat(LockWord.threadOf(LockWord.nameOf(1, (1L << 37) - 1))).isEqualTo((1L << 37) - 1);
        assertThatIllegalStateException().isThrownBy(() -> LockWord.nameOf(1, 1L << 37))
            .withMessageContaining("actual 137438953472");
    }

    @Test
    void thereAreNoConditionsYet() {
        try (SharedReentrantLock lock = named("guard").create()) {
            assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(lock::newCondition)
                .withMessageContaining("no conditions");
            lock.remove();
        }
    }

    @Test
    void aLockIsMadeOpenedAndRemovedByItsName() throws IOException {
        try (SharedReentrantLock made = named("guard").createOrOpen();
            SharedReentrantLock opened = named("guard").createOrOpen()) {
            assertThatThrownBy(() -> named("guard").create()).hasMessageContaining("guard");
            made.lock();
            assertThat(opened.isHeldByCurrentThread()).isTrue();
            assertThat(opened.name()).isEqualTo("guard");
            opened.unlock();
            opened.remove();
            assertThatIllegalStateException().isThrownBy(opened::remove);
        }
        assertThatIllegalStateException().isThrownBy(() -> SharedReentrantLock.builder().open())
            .withMessageContaining("reentrant-lock");
        assertThatThrownBy(() -> named("guard").open()).hasMessageContaining("guard");
        try (Stream<Path> files = Files.list(parent.resolve("domain"))) {
            assertThat(files.map(file -> file.getFileName().toString())).containsExactlyInAnyOrder("lock", "table");
        }
    }
}
