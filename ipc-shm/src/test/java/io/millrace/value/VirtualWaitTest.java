package io.millrace.value;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.atomic.Cells;
import io.millrace.atomic.SharedLong;
import io.millrace.atomic.SharedStruct;
import io.millrace.domain.SharedDirectory;
import io.millrace.sync.SharedReentrantLock;
import io.millrace.testing.Background;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.io.TempDir;

/** Virtual threads that wait for values and locks park, while a platform thread sleeps for them. */
@EnabledForJreRange(min = JRE.JAVA_21)
@Timeout(60)
class VirtualWaitTest {
    private static final Duration LONG = Duration.ofSeconds(50);
    private static final int WAITERS = 4 * Runtime.getRuntime().availableProcessors();

    @TempDir(factory = SharedDirectory.class)
    Path parent;

    private ExecutorService virtualThreads;

    @BeforeEach
    void startExecutor() throws ReflectiveOperationException {
        virtualThreads = (ExecutorService) Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
    }

    @AfterEach
    void endThreads() {
        virtualThreads.shutdownNow();
    }

    private static boolean someoneSleepsForThem() {
        return Thread.getAllStackTraces().keySet().stream().anyMatch(thread -> thread.getName()
            .equals("millrace-sleeper"));
    }

    /** Many wait, others go on meanwhile, and what they wait for wakes them all. */
    private void check(Callable<Boolean> wait, Callable<?> change) throws Exception {
        Background.awaitUntil(() -> !someoneSleepsForThem());
        List<Future<Boolean>> waiters = new ArrayList<>();
        for (int i = 0; i < WAITERS; i++) {
            waiters.add(virtualThreads.submit(wait));
        }
        Background.awaitUntil(VirtualWaitTest::someoneSleepsForThem);
        assertThat(virtualThreads.submit(() -> "goes on").get()).isEqualTo("goes on");
        change.call();
        for (Future<Boolean> waiter : waiters) {
            assertThat(waiter.get()).isTrue();
        }
    }

    @Test
    void theyParkForAChangeOfAValue() throws Exception {
        try (SharedLong value = SharedLong.builder().domain(parent.resolve("domain")).create()) {
            check(() -> value.awaitChange(0, LONG), value::incrementAndGet);
        }
    }

    @Test
    void theyParkForAStruct() throws Exception {
        try (SharedStruct struct = SharedStruct.builder(1).domain(parent.resolve("domain")).create()) {
            check(() -> struct.await(value -> value.get(0) == 1, LONG), () -> struct.set(new byte[] {1}, LONG));
        }
    }

    @Test
    void theyParkForALabelledCell() throws Exception {
        try (Cells cells = Cells.builder(1).domain(parent.resolve("domain")).create()) {
            SharedLong cell = cells.longCell("one");
            check(() -> cell.await(value -> value == 1, LONG), cell::incrementAndGet);
        }
    }

    @Test
    void theyParkForALock() throws Exception {
        try (SharedReentrantLock lock = SharedReentrantLock.builder().domain(parent.resolve("domain")).create()) {
            lock.lock();
            check(() -> {
                lock.lock();
                try {
                    return lock.holdCount() == 1;
                } finally {
                    lock.unlock();
                }
            }, () -> {
                lock.unlock();
                return null;
            });
        }
    }
}
