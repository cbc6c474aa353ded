package io.millrace.wait;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.millrace.memory.Region;
import io.millrace.ring.Owner;
import io.millrace.ring.SpscConsumer;
import io.millrace.ring.SpscRing;
import io.millrace.testing.Background;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Signals, and sleeping on them. */
@Timeout(60)
class SignalTest {
    private static final int ROUNDS = 20_000;
    private static final int SLEEPS = 1_000;
    private static final int RAISERS = 2;
    private static final int TAKERS = 3;
    private static final int TOKENS = 10_000;
    private static final long SECOND_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Region word = Region.allocate(Integer.BYTES);
    private final Signal signal = new Signal(word);

    @Test
    void aSignalNeedsOneAlignedWord() {
        for (int length : new int[] {1, 3, 5, 8}) {
            assertThatIllegalArgumentException().isThrownBy(() -> new Signal(Region.allocate(length)))
                .withMessageContainingAll("actual " + length, "expected 4");
        }
        Region memory = Region.allocate(16);
        for (int offset : new int[] {1, 2, 3, 5}) {
            assertThatIllegalArgumentException()
                .isThrownBy(() -> new Signal(memory.slice(offset, Integer.BYTES)));
        }
        assertThat(new Signal(memory.slice(4, Integer.BYTES))).asString().contains("raised 0");
    }

    @Test
    void aRaiseThatNobodyWaitsForChangesNothing() {
        signal.raise();
        signal.raise();
        assertThat(word.getIntPlain(0)).isZero();
        assertThat(signal).hasToString("Signal[raised 0, no sleepers]");
    }

    @Test
    void aRaiseForASleeperMovesTheWordOnAndTakesTheAnnouncementAway() {
        int announced = signal.announceSleeper();
        assertThat(word.getIntPlain(0)).isEqualTo(announced);
        assertThat(signal).hasToString("Signal[raised 0, sleepers]");
        assertThat(signal.announceSleeper()).as("a second sleeper").isEqualTo(announced);

        signal.raise();
        assertThat(word.getIntPlain(0)).isNotEqualTo(announced);
        assertThat(signal).hasToString("Signal[raised 1, no sleepers]");
        assertThat(signal.announceSleeper()).isNotEqualTo(announced);
    }

    @Test
    void theSequenceWrapsAroundAndLeavesTheAnnouncementAlone() {
        for (int last : new int[] {-2, Integer.MAX_VALUE - 1}) {
            word.putIntVolatile(0, last);
            int announced = signal.announceSleeper();
            assertThat(announced).isEqualTo(last | 1);
            signal.raise();
            assertThat(word.getIntPlain(0)).isEqualTo(last + 2);
        }
    }

    @Test
    void aRaiseBetweenTheAnnouncementAndTheSleepPreventsTheSleep() {
        assumeThat(Futex.isAvailable()).isTrue();
        int announced = signal.announceSleeper();
        signal.raise();
        Sleeper.on(signal, null).sleep(announced, HourSleeper.NANOS, 0);
        assertThat(signal).hasToString("Signal[raised 1, no sleepers]");
    }

    @Test
    void aRaiseWakesAThreadThatSleepsForAnHour() throws Exception {
        assumeThat(Futex.isAvailable()).isTrue();
        try (Background<Integer> sleeping = Background.start(() -> {
            Sleeper sleeper = Sleeper.on(signal, null);
            for (int i = 0; i < SLEEPS; i++) {
                sleepUntilRaised(sleeper, signal.announceSleeper());
            }
            return SLEEPS;
        })) {
            for (int i = 0; i < SLEEPS; i++) {
                // Whether the thread is asleep by now, or about to be, is left to chance: both must end.
                awaitAnnouncement(word);
                signal.raise();
            }
            assertThat(sleeping.result()).isEqualTo(SLEEPS);
        }
    }

    @Test
    void aRaiseWakesAllWhoSleep() throws Exception {
        assumeThat(Futex.isAvailable()).isTrue();
        CountDownLatch started = new CountDownLatch(2);
        int announced = signal.announceSleeper();
        Callable<Boolean> work = () -> {
            Sleeper sleeper = Sleeper.on(signal, null);
            started.countDown();
            return sleepUntilRaised(sleeper, announced);
        };
        try (Background<Boolean> one = Background.start(work);
            Background<Boolean> two = Background.start(work)) {
            started.await();
            signal.raise();
            assertThat(one.result()).isTrue();
            assertThat(two.result()).isTrue();
        }
    }

    @Test
    void noWakeUpBetweenTwoThreadsIsLost() throws Exception {
        PingPong.playBetweenThreads(ROUNDS);
    }

    /** Tokens that anybody may take; who sleeps on one that is there sleeps for an hour. */
    @Test
    void noWakeUpIsLostBetweenManyWhoSleepAndManyWhoRaise() throws Exception {
        assumeThat(Futex.isAvailable()).isTrue();
        AtomicInteger tokens = new AtomicInteger();
        AtomicInteger taken = new AtomicInteger();
        int all = RAISERS * TOKENS;
        BooleanSupplier take = () ->
            tokens.getAndUpdate(count -> Math.max(count - 1, 0)) > 0 || taken.get() == all;
        List<Background<Boolean>> threads = new ArrayList<>();
        for (int i = 0; i < TAKERS; i++) {
            threads.add(Background.start(() -> {
                Waiter waiter = HourSleeper.waiter(signal);
                while (taken.get() < all) {
                    waiter.await(take, Timeouts.FOREVER);
                    if (taken.get() < all && taken.incrementAndGet() == all) {
                        signal.raise();
                    }
                }
                return true;
            }));
        }
        for (int i = 0; i < RAISERS; i++) {
            threads.add(Background.start(() -> {
                for (int j = 0; j < TOKENS; j++) {
                    tokens.incrementAndGet();
                    signal.raise();
                    Background.awaitUntil(() -> tokens.get() < RAISERS);
                }
                return true;
            }));
        }
        for (Background<Boolean> thread : threads) {
            assertThat(thread.result()).isTrue();
        }
        assertThat(taken).hasValue(all);
        assertThat(tokens).hasValue(0);
    }

    @Test
    void aThreadThatIsBlockedUsesNextToNoProcessorTime() throws Exception {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        Waiter waiter = Waiter.blocking(signal);
        waiter.await(() -> false, Waiter.SLICE_NANOS); // loads what a sleep needs
        long cpuBefore = threads.getCurrentThreadCpuTime();
        assertThat(waiter.await(() -> false, SECOND_NANOS)).isFalse();
        assertThat(threads.getCurrentThreadCpuTime() - cpuBefore).isLessThan(SECOND_NANOS / 20);
    }

    @Test
    void closingARingEndsTheWaitOfItsReader() throws Exception {
        SpscRing ring = SpscRing.allocate(64);
        SpscConsumer consumer = ring.consumer(Owner.of(1));
        Region dataSignal = ring.dataSignalWord();
        Waiter waiter = Waiter.blocking(new Signal(dataSignal));
        Object usualCare = new Object();
        try (Background<Boolean> reading = Background.start(() -> waiter.await(() -> {
            synchronized (usualCare) {
                return consumer.read((type, payload) -> { }, 1) != 0;
            }
        }, Timeouts.FOREVER))) {
            awaitAnnouncement(dataSignal);
            synchronized (usualCare) {
                ring.close();
            }
            assertThatThrownBy(reading::result).isInstanceOf(ExecutionException.class).cause()
                .isInstanceOf(IllegalStateException.class).hasMessageContaining("the consumer is closed");
        }
    }

    private boolean sleepUntilRaised(Sleeper sleeper, int announced) {
        while (word.getIntVolatile(0) == announced) {
            sleeper.sleep(announced, HourSleeper.NANOS, 0);
        }
        return true;
    }

    private static void awaitAnnouncement(Region word) throws InterruptedException {
        Background.awaitUntil(() -> word.getIntVolatile(0) % 2 != 0);
    }
}
