package io.millrace.wait;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.sun.management.ThreadMXBean;
import io.millrace.memory.Region;
import io.millrace.testing.Background;
import java.lang.management.ManagementFactory;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Interrupts of threads that sleep for an hour. */
@Timeout(60)
class InterruptTest {
    private static final int FIRST_WITHOUT_THE_RACE = 21;
    private static final int LOST_BY_THE_JDK = 2;
    private static final int INTERRUPTS = 2_000;
    private static final int SLEEPS = 10_000;

    private final Region word = Region.allocate(Integer.BYTES);
    private final Signal signal = new Signal(word);

    @BeforeEach
    void needsFutex() {
        assumeThat(Futex.isAvailable()).isTrue();
    }

    @Test
    void anInterruptEndsTheSleepAndIsCleared() throws Exception {
        Waiter waiter = HourSleeper.waiter(signal);
        try (Background<Boolean> waiting = Background.start(() -> {
            assertThatExceptionOfType(InterruptedException.class)
                .isThrownBy(() -> waiter.await(() -> false, Timeouts.FOREVER));
            return Thread.interrupted();
        })) {
            awaitAnnouncement();
            waiting.interrupt();
            assertThat(waiting.result()).as("interrupt flag").isFalse();
        }
    }

    /** A sleeper that sleeps for a second where another sleeps for a slice, and counts how often it slept through. */
    private static final class SecondSleeper extends Sleeper {
        private static final long NANOS = TimeUnit.SECONDS.toNanos(1);

        private final Sleeper sleeper;
        private final AtomicInteger sleptThrough = new AtomicInteger();

        SecondSleeper(Sleeper sleeper) {
            this.sleeper = sleeper;
        }

        @Override
        int announce() {
            return sleeper.announce();
        }

        @Override
        void sleep(int announced, long nanos, int sleeps) {
            long start = System.nanoTime();
            sleeper.sleep(announced, NANOS, sleeps);
            if (System.nanoTime() - start >= NANOS) {
                sleptThrough.incrementAndGet();
            }
        }
    }

    /**
     * Between the last look and the system call, in it, on the way into it or out of it: chance decides. JDKs before 21
     * look whether a thread is in a channel before they set its flag, and it may enter one unseen between the two: once
     * in some hundred thousand times. Then the end of the slice helps.
     */
    @Test
    void noInterruptIsLostWheneverItComes() throws Exception {
        SecondSleeper sleeper = new SecondSleeper(new FutexSleeper(signal));
        Waiter waiter = new BlockingWaiter(signal, sleeper);
        AtomicInteger begun = new AtomicInteger();
        try (Background<Integer> waiting = Background.start(() -> {
            for (int i = 1; i <= INTERRUPTS; i++) {
                begun.set(i);
                assertThatExceptionOfType(InterruptedException.class)
                    .isThrownBy(() -> waiter.await(() -> false, Timeouts.FOREVER));
            }
            return INTERRUPTS;
        })) {
            for (int i = 1; i <= INTERRUPTS; i++) {
                int round = i;
                Background.awaitUntil(() -> begun.get() == round);
                if (round % 2 == 0) {
                    awaitAnnouncement();
                }
                for (int spin = round % 97 * 10; spin > 0; spin--) {
                    Thread.onSpinWait();
                }
                waiting.interrupt();
            }
            assertThat(waiting.result()).isEqualTo(INTERRUPTS);
        }
        assertThat(sleeper.sleptThrough.get()).as("interrupts that woke nobody")
            .isLessThanOrEqualTo(Runtime.version().feature() < FIRST_WITHOUT_THE_RACE ? LOST_BY_THE_JDK : 0);
    }

    @Test
    void anInterruptOfOneSleeperEndsNoOthersWait() throws Exception {
        AtomicBoolean changed = new AtomicBoolean();
        Waiter one = HourSleeper.waiter(signal);
        Waiter other = HourSleeper.waiter(signal);
        try (Background<Boolean> waiting = Background.start(() -> other.await(changed::get, Timeouts.FOREVER))) {
            awaitAnnouncement();
            for (int i = 0; i < 100; i++) {
                try (Background<Boolean> interrupted = Background.start(
                    () -> one.await(() -> false, Timeouts.FOREVER))) {
                    awaitAnnouncement();
                    interrupted.interrupt();
                    assertThatThrownBy(interrupted::result).hasCauseInstanceOf(InterruptedException.class);
                }
            }
            assertThat(waiting.isOver()).isFalse();
            changed.set(true);
            signal.raise();
            assertThat(waiting.result()).isTrue();
        }
    }

    @Test
    void aThreadThatIsInterruptedAlreadyDoesNotFallAsleep() throws Exception {
        FutexSleeper sleeper = new FutexSleeper(signal);
        try (Background<Boolean> sleeping = Background.start(() -> {
            Thread.currentThread().interrupt();
            sleeper.sleep(sleeper.announce(), HourSleeper.NANOS, 0);
            return Thread.interrupted();
        })) {
            assertThat(sleeping.result()).as("interrupt flag").isTrue();
        }
    }

    @Test
    void aSleeperSleepsOnAfterAnInterruptOfAnEarlierSleep() throws Exception {
        Waiter waiter = HourSleeper.waiter(signal);
        AtomicBoolean changed = new AtomicBoolean();
        CountDownLatch interrupted = new CountDownLatch(1);
        try (Background<Boolean> waiting = Background.start(() -> {
            assertThatExceptionOfType(InterruptedException.class)
                .isThrownBy(() -> waiter.await(() -> false, Timeouts.FOREVER));
            interrupted.countDown();
            return waiter.await(changed::get, Timeouts.FOREVER);
        })) {
            awaitAnnouncement();
            waiting.interrupt();
            interrupted.await();
            awaitAnnouncement();
            changed.set(true);
            signal.raise();
            assertThat(waiting.result()).isTrue();
        }
    }

    @Test
    void onlyAnInterruptBetweenEnteringAndLeavingTouchesTheWord() {
        InterruptWake wake = new InterruptWake(signal);
        assertThat(wake.enter()).isTrue();
        assertThat(wake.leave()).isTrue();
        int announced = signal.announceSleeper();

        Thread.currentThread().interrupt();
        assertThat(word.getIntVolatile(0)).as("after leaving").isEqualTo(announced);
        assertThat(wake.enter()).isFalse();
        assertThat(word.getIntVolatile(0)).as("after entering").isNotEqualTo(announced);
        assertThat(wake.leave()).isFalse();
        assertThat(Thread.interrupted()).as("interrupt flag").isTrue();
    }

    @Test
    void sleepingAllocatesNothingButAtFirst() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        FutexSleeper sleeper = new FutexSleeper(signal);
        sleepOften(sleeper);
        long before = threads.getCurrentThreadAllocatedBytes();
        sleepOften(sleeper);
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(SLEEPS);
    }

    /** Each sleep is refused by the kernel: the signal was raised. */
    private void sleepOften(FutexSleeper sleeper) {
        for (int i = 0; i < SLEEPS; i++) {
            int announced = sleeper.announce();
            signal.raise();
            sleeper.sleep(announced, HourSleeper.NANOS, 0);
        }
    }

    private void awaitAnnouncement() throws InterruptedException {
        Background.awaitUntil(() -> word.getIntVolatile(0) % 2 != 0);
    }
}
