package io.millrace.wait;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.millrace.memory.Region;
import io.millrace.testing.Background;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Threads that park for an hour while another sleeps for them; any thread may, so this needs no virtual ones. */
@Timeout(60)
class ProxySleeperTest {
    private static final int SLEEPERS = 8;
    private static final int ROUNDS = 5_000;

    private final Region word = Region.allocate(Integer.BYTES);
    private final Signal signal = new Signal(word);
    private final ConcurrentLinkedQueue<Thread> proxies = new ConcurrentLinkedQueue<>();

    @BeforeEach
    void needsFutex() {
        assumeThat(Futex.isAvailable()).isTrue();
    }

    private Waiter waiter(Signal on, Executor executor) {
        return new BlockingWaiter(on, new HourSleeper(new RepresentedSleeper(on, executor)));
    }

    private Waiter waiter() {
        return waiter(signal, task -> proxies.add(DaemonThreads.start(task)));
    }

    @Test
    void oneSleepsForAllAndEndsWhenNobodyIsLeft() throws Exception {
        AtomicBoolean changed = new AtomicBoolean();
        List<Background<Boolean>> sleepers = new ArrayList<>();
        for (int i = 0; i < SLEEPERS; i++) {
            Waiter waiter = waiter();
            sleepers.add(Background.start(() -> waiter.await(changed::get, Timeouts.FOREVER)));
        }
        Background.awaitUntil(() -> sleepers.stream().allMatch(Background::isParked));
        changed.set(true);
        signal.raise();
        for (Background<Boolean> sleeper : sleepers) {
            assertThat(sleeper.result()).isTrue();
        }
        assertThat(proxies).hasSize(1);
        proxies.element().join();
    }

    @Test
    void aSleeperThatComesAfterTheProxyHasEndedGetsAnother() throws Exception {
        for (int i = 1; i <= 2; i++) {
            AtomicBoolean changed = new AtomicBoolean();
            Waiter waiter = waiter();
            try (Background<Boolean> sleeper = Background.start(
                () -> waiter.await(changed::get, Timeouts.FOREVER))) {
                Background.awaitUntil(sleeper::isParked);
                changed.set(true);
                signal.raise();
                assertThat(sleeper.result()).isTrue();
            }
            assertThat(proxies).hasSize(i);
            for (Thread proxy : proxies) {
                proxy.join();
            }
        }
    }

    @Test
    void noWakeUpIsLost() throws Exception {
        Region shared = Region.allocate(PingPong.LENGTH);
        try (Background<Boolean> answers = Background.start(
            () -> new PingPong(shared, 1, on -> waiter(on, DaemonThreads.ALL)).play(ROUNDS))) {
            new PingPong(shared, 0, HourSleeper::waiter).play(ROUNDS);
            assertThat(answers.result()).isTrue();
        }
    }

    @Test
    void anInterruptEndsTheWaitOfTheOneAlone() throws Exception {
        AtomicBoolean changed = new AtomicBoolean();
        Waiter one = waiter();
        Waiter other = waiter();
        try (Background<Boolean> interrupted = Background.start(() -> one.await(changed::get, Timeouts.FOREVER));
            Background<Boolean> waiting = Background.start(() -> other.await(changed::get, Timeouts.FOREVER))) {
            Background.awaitUntil(() -> interrupted.isParked() && waiting.isParked());
            interrupted.interrupt();
            assertThatExceptionOfType(ExecutionException.class).isThrownBy(interrupted::result)
                .withCauseInstanceOf(InterruptedException.class);
            assertThat(waiting.isOver()).isFalse();
            changed.set(true);
            signal.raise();
            assertThat(waiting.result()).isTrue();
        }
    }

    @Test
    void withAnExecutorThatRefusesItsSleepersBackOff() throws Exception {
        AtomicBoolean changed = new AtomicBoolean();
        Waiter waiter = waiter(signal, task -> {
            throw new RejectedExecutionException("shut down");
        });
        try (Background<Boolean> sleeper = Background.start(
            () -> waiter.await(changed::get, Timeouts.FOREVER))) {
            Background.awaitUntil(sleeper::isParked);
            changed.set(true); // and nobody raises the signal
            assertThat(sleeper.result()).isTrue();
        }
    }

    @Test
    void anExecutorThatFailsEndsTheWaitAndNotTheNextOne() throws Exception {
        AtomicBoolean fails = new AtomicBoolean(true);
        Waiter waiter = waiter(signal, task -> {
            if (fails.get()) {
                throw new OutOfMemoryError("no more threads");
            }
            DaemonThreads.start(task);
        });
        assertThatThrownBy(() -> waiter.await(() -> false, Timeouts.FOREVER)).isInstanceOf(OutOfMemoryError.class);
        fails.set(false);
        AtomicBoolean changed = new AtomicBoolean();
        try (Background<Boolean> sleeper = Background.start(
            () -> waiter.await(changed::get, Timeouts.FOREVER))) {
            Background.awaitUntil(sleeper::isParked);
            changed.set(true);
            signal.raise();
            assertThat(sleeper.result()).isTrue();
        }
    }

    @Test
    void aProxyThatIsInterruptedServesWhoIsThereAndEnds() throws Exception {
        AtomicBoolean changed = new AtomicBoolean();
        Waiter waiter = waiter();
        try (Background<Boolean> sleeper = Background.start(
            () -> waiter.await(changed::get, Timeouts.FOREVER))) {
            Background.awaitUntil(() -> !proxies.isEmpty() && sleeper.isParked());
            proxies.element().interrupt();
            changed.set(true);
            signal.raise();
            assertThat(sleeper.result()).isTrue();
            proxies.element().join();
        }
    }
}
