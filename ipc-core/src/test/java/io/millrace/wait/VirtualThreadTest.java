package io.millrace.wait;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.millrace.memory.Region;
import io.millrace.testing.Background;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

/** Virtual threads that wait leave their carriers to others. Compiled for a Java without them, hence reflection. */
@EnabledForJreRange(min = JRE.JAVA_21)
@Timeout(60)
class VirtualThreadTest {
    private static final int SLEEPERS = 2 * Runtime.getRuntime().availableProcessors();
    private static final int ROUNDS = 2_000;

    private final Region word = Region.allocate(Integer.BYTES);
    private final Signal signal = new Signal(word);
    private final AtomicInteger proxies = new AtomicInteger();
    private final Executor platformThreads = task -> {
        proxies.incrementAndGet();
        DaemonThreads.start(task);
    };
    private ExecutorService virtualThreads;

    @BeforeEach
    void startExecutor() throws ReflectiveOperationException {
        assumeThat(Futex.isAvailable()).isTrue();
        virtualThreads = (ExecutorService) Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
    }

    @AfterEach
    void endThreads() {
        virtualThreads.shutdownNow();
    }

    private Waiter hourWaiter() {
        return new BlockingWaiter(signal, new HourSleeper(Sleeper.on(signal, platformThreads)));
    }

    @Test
    void virtualThreadsAreToldFromOthers() throws Exception {
        assertThat(VirtualThreads.isCurrent()).isFalse();
        assertThat(virtualThreads.submit(VirtualThreads::isCurrent).get()).isTrue();
    }

    @Test
    void whileMoreSleepThanThereAreCarriersOthersGoOnAndOneRaiseWakesAll() throws Exception {
        AtomicBoolean changed = new AtomicBoolean();
        List<Thread> threads = new ArrayList<>();
        List<Future<Boolean>> sleepers = new ArrayList<>();
        for (int i = 0; i < SLEEPERS; i++) {
            Waiter waiter = hourWaiter();
            sleepers.add(virtualThreads.submit(() -> {
                synchronized (threads) {
                    threads.add(Thread.currentThread());
                }
                return waiter.await(changed::get, Timeouts.FOREVER);
            }));
        }
        Background.awaitUntil(() -> {
            synchronized (threads) {
                return threads.size() == SLEEPERS
                    && threads.stream().allMatch(thread -> thread.getState() == Thread.State.TIMED_WAITING);
            }
        });
        assertThat(virtualThreads.submit(() -> "goes on").get()).isEqualTo("goes on");
        changed.set(true);
        signal.raise();
        for (Future<Boolean> sleeper : sleepers) {
            assertThat(sleeper.get()).isTrue();
        }
        assertThat(proxies).hasValue(1);
    }

    @Test
    void withoutAnExecutorTheyBackOffAndOthersGoOn() throws Exception {
        AtomicBoolean changed = new AtomicBoolean();
        List<Future<Boolean>> sleepers = new ArrayList<>();
        for (int i = 0; i < SLEEPERS; i++) {
            Waiter waiter = Waiter.blocking(signal);
            sleepers.add(virtualThreads.submit(() -> waiter.await(changed::get, Timeouts.FOREVER)));
        }
        for (int i = 0; i < 10; i++) {
            assertThat(virtualThreads.submit(() -> "goes on").get()).isEqualTo("goes on");
        }
        assertThat(word.getIntVolatile(0)).as("announcement of sleepers whom a raise cannot wake").isZero();
        changed.set(true);
        for (Future<Boolean> sleeper : sleepers) {
            assertThat(sleeper.get()).isTrue();
        }
    }

    @Test
    void noWakeUpBetweenThemIsLost() throws Exception {
        Region shared = Region.allocate(PingPong.LENGTH);
        List<Future<Boolean>> sides = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            int side = i;
            sides.add(virtualThreads.submit(() -> new PingPong(shared, side, on ->
                new BlockingWaiter(on, new HourSleeper(Sleeper.on(on, platformThreads)))).play(ROUNDS)));
        }
        for (Future<Boolean> side : sides) {
            assertThat(side.get()).isTrue();
        }
    }

    @Test
    void anInterruptEndsTheWaitAndIsCleared() throws Exception {
        Waiter waiter = hourWaiter();
        Future<Thread> interruptsItself = virtualThreads.submit(() -> {
            Thread sleeper = Thread.currentThread();
            virtualThreads.execute(() -> {
                while (sleeper.getState() != Thread.State.TIMED_WAITING) {
                    Thread.yield();
                }
                sleeper.interrupt();
            });
            assertThatExceptionOfType(InterruptedException.class)
                .isThrownBy(() -> waiter.await(() -> false, Timeouts.FOREVER));
            assertThat(sleeper.isInterrupted()).isFalse();
            return sleeper;
        });
        assertThat(interruptsItself.get()).isNotNull();
    }

    @Test
    void platformThreadsSleepThemselves() throws ExecutionException, InterruptedException {
        AtomicBoolean changed = new AtomicBoolean();
        Waiter waiter = hourWaiter();
        try (Background<Boolean> sleeping = Background.start(() -> waiter.await(changed::get, Timeouts.FOREVER))) {
            Background.awaitUntil(() -> word.getIntVolatile(0) % 2 != 0);
            changed.set(true);
            signal.raise();
            assertThat(sleeping.result()).isTrue();
        }
        assertThat(proxies).hasValue(0);
    }
}
