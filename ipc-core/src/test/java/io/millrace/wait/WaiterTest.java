package io.millrace.wait;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.memory.Region;
import io.millrace.testing.Background;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.agrona.concurrent.SleepingIdleStrategy;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every way of waiting promises. */
@ParameterizedClass(name = "{0}")
@EnumSource
@Timeout(60)
class WaiterTest {
    /** After so many in vain, each of which takes its time, a blocking waiter has slept a few times. */
    private static final int LOOKS = 40;
    private static final long LOOK_NANOS = 100;

    @Parameter
    private Way way;
    private final Signal signal = new Signal(Region.allocate(Integer.BYTES));
    private Waiter waiter;

    enum Way {
        SPINNING(signal -> Waiter.spinning()),
        YIELDING(signal -> Waiter.yielding()),
        BACKING_OFF(signal -> Waiter.backingOff()),
        IDLING(signal -> Waiter.idling(new SleepingIdleStrategy(100_000))),
        BLOCKING(Waiter::blocking),
        BLOCKING_BEHIND_A_PROXY(signal ->
            new BlockingWaiter(signal, new RepresentedSleeper(signal, DaemonThreads.ALL))),
        BLOCKING_WITHOUT_FUTEX(signal -> new BlockingWaiter(signal, new ParkingSleeper()));

        private final Function<Signal, Waiter> factory;

        Way(Function<Signal, Waiter> factory) {
            this.factory = factory;
        }
    }

    @BeforeEach
    void makeWaiter() {
        waiter = way.factory.apply(signal);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, Long.MIN_VALUE})
    void aTimeoutOfZeroOrLessTriesOnce(long timeoutNanos) throws Exception {
        AtomicInteger tries = new AtomicInteger();
        assertThat(waiter.await(() -> tries.incrementAndGet() > 1, timeoutNanos)).isFalse();
        assertThat(tries).hasValue(1);
        assertThat(waiter.await(() -> tries.incrementAndGet() > 1, timeoutNanos)).isTrue();
        assertThat(tries).hasValue(2);
    }

    @Test
    void anAttemptThatSucceedsAtOnceIsMadeOnceAndWinsOverAnInterrupt() throws Exception {
        AtomicInteger tries = new AtomicInteger();
        Thread.currentThread().interrupt();
        try {
            assertThat(waiter.await(() -> tries.incrementAndGet() > 0, Timeouts.FOREVER)).isTrue();
            assertThat(tries).hasValue(1);
        } finally {
            assertThat(Thread.interrupted()).as("interrupt flag").isTrue();
        }
    }

    @Test
    void anInterruptBeforeTheWaitEndsItAndIsCleared() {
        Thread.currentThread().interrupt();
        assertThatExceptionOfType(InterruptedException.class)
            .isThrownBy(() -> waiter.await(() -> false, Timeouts.FOREVER));
        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    void anInterruptDuringTheWaitEndsItAndIsCleared() throws Exception {
        CountDownLatch waits = new CountDownLatch(LOOKS);
        try (Background<Boolean> waiting = Background.start(() -> {
            assertThatExceptionOfType(InterruptedException.class).isThrownBy(() -> waiter.await(() -> {
                takeTime();
                waits.countDown();
                return false;
            }, Timeouts.FOREVER));
            return Thread.interrupted();
        })) {
            waits.await();
            waiting.interrupt();
            assertThat(waiting.result()).as("interrupt flag").isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 1_000_000, 40_000_000})
    void aWaitThatFailsLastsAsLongAsWasAsked(long timeoutNanos) throws Exception {
        long start = System.nanoTime();
        assertThat(waiter.await(() -> false, timeoutNanos)).isFalse();
        assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(timeoutNanos);
    }

    @Test
    void aWaitTakesDurations() throws Exception {
        long start = System.nanoTime();
        assertThat(waiter.await(() -> false, Duration.ofMillis(2))).isFalse();
        assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(2_000_000);
        assertThat(waiter.await(() -> false, Duration.ofSeconds(Long.MIN_VALUE))).isFalse();
        assertThat(waiter.await(succeedsAt(LOOKS), Duration.ofSeconds(Long.MAX_VALUE))).isTrue();
    }

    @Test
    void aWaitForEverEndsWhenTheAttemptSucceeds() throws Exception {
        assertThat(waiter.await(succeedsAt(LOOKS), Timeouts.FOREVER)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, Long.MIN_VALUE})
    void aTimeoutOfZeroOrLessRunsNothingAtTheEndOfSlices(long timeoutNanos) throws Exception {
        AtomicInteger runs = new AtomicInteger();
        assertThat(waiter.await(() -> false, runs::incrementAndGet, timeoutNanos)).isFalse();
        assertThat(runs).hasValue(0);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 1_000_000})
    void beforeAWaitGivesUpItRunsTheCallersLookOnceAndTriesAgain(long timeoutNanos) throws Exception {
        AtomicInteger tries = new AtomicInteger();
        AtomicInteger triesAtLook = new AtomicInteger();
        assertThat(waiter.await(() -> tries.incrementAndGet() < 0, () -> {
            assertThat(triesAtLook.getAndSet(tries.get())).as("run before").isZero();
        }, timeoutNanos)).isFalse();
        assertThat(triesAtLook.get()).isPositive();
        assertThat(tries.get()).isGreaterThan(triesAtLook.get());
    }

    @Test
    void whatTheLookAtTheEndOfASliceChangesEndsTheWaitAtOnce() throws Exception {
        AtomicInteger looks = new AtomicInteger();
        AtomicInteger triesAfter = new AtomicInteger();
        assertThat(waiter.await(() -> {
            if (looks.get() == 3) {
                triesAfter.incrementAndGet();
                return 7;
            }
            return 0;
        }, looks::incrementAndGet, Timeouts.FOREVER)).isEqualTo(7);
        assertThat(looks).hasValue(3);
        assertThat(triesAfter).hasValue(1);
    }

    @Test
    void slicesGetLongerSoThatLooksGetRarer() throws Exception {
        long start = System.nanoTime();
        AtomicInteger looks = new AtomicInteger();
        waiter.await(() -> looks.get() == 4, looks::incrementAndGet, Timeouts.FOREVER);
        assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo((2 + 4 + 8 + 16) * 1_000_000);
    }

    @Test
    void whoIsWokenForNothingAllTheTimeStillLooksAtTheEndOfSlices() throws Exception {
        AtomicInteger looks = new AtomicInteger();
        try (Background<Boolean> raises = Background.start(() -> {
            while (!Thread.currentThread().isInterrupted()) {
                signal.raise();
                Thread.yield();
            }
            return true;
        })) {
            assertThat(waiter.await(() -> looks.get() == 3, looks::incrementAndGet, Timeouts.FOREVER)).isTrue();
            assertThat(raises.isOver()).isFalse();
        }
    }

    @Test
    void anExceptionOfTheLookEndsTheWaitAndIsPassedOn() {
        ArithmeticException mine = new ArithmeticException("mine");
        assertThatThrownBy(() -> waiter.await(() -> false, () -> {
            throw mine;
        }, Timeouts.FOREVER)).isSameAs(mine);
    }

    @Test
    void whatIsThereWhenTheLookFailsIsNotMissed() throws Exception {
        AtomicBoolean there = new AtomicBoolean();
        assertThat(waiter.await(there::get, () -> {
            there.set(true);
            throw new ArithmeticException("who did it is gone");
        }, Timeouts.FOREVER)).isTrue();
    }

    @Test
    void anExceptionOfTheAttemptEndsTheWaitAndIsPassedOn() {
        for (int look : new int[] {1, 2, LOOKS}) {
            ArithmeticException mine = new ArithmeticException("mine");
            BooleanSupplier attempt = succeedsAt(look);
            assertThatThrownBy(() -> waiter.await(() -> {
                if (attempt.getAsBoolean()) {
                    throw mine;
                }
                return false;
            }, Timeouts.FOREVER)).isSameAs(mine);
        }
    }

    @Test
    void aChangeByAnotherThreadThatRaisesTheSignalIsSeenEveryTime() throws Exception {
        AtomicInteger value = new AtomicInteger();
        AtomicInteger seen = new AtomicInteger();
        try (Background<Integer> changes = Background.start(() -> {
            for (int i = 1; i <= 50; i++) {
                int changed = i;
                value.set(changed);
                signal.raise();
                Background.awaitUntil(() -> seen.get() == changed);
            }
            return value.get();
        })) {
            for (int i = 1; i <= 50; i++) {
                int wanted = i;
                assertThat(waiter.await(() -> value.get() == wanted, Timeouts.FOREVER)).isTrue();
                seen.set(i);
            }
            assertThat(changes.result()).isEqualTo(50);
        }
    }

    @Test
    void aHandleThatIsClosedMeanwhileEndsTheWait() throws Exception {
        AtomicBoolean closed = new AtomicBoolean();
        CountDownLatch waits = new CountDownLatch(1);
        try (Background<Boolean> waiting = Background.start(() -> waiter.await(() -> {
            waits.countDown();
            if (closed.get()) {
                throw new IllegalStateException("closed");
            }
            return false;
        }, Timeouts.FOREVER))) {
            waits.await();
            closed.set(true);
            assertThatThrownBy(waiting::result).isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void itsTextSaysHowItWaits() {
        assertThat(waiter).asString().matches("Waiter\\[.+]");
        assertThat(Waiter.blocking(signal)).hasToString("Waiter[block, Signal[raised 0, no sleepers]]");
    }

    private static BooleanSupplier succeedsAt(int look) {
        AtomicInteger looks = new AtomicInteger();
        return () -> {
            takeTime();
            return looks.incrementAndGet() == look;
        };
    }

    private static void takeTime() {
        long start = System.nanoTime();
        while (System.nanoTime() - start < LOOK_NANOS) {
            Thread.onSpinWait();
        }
    }
}
