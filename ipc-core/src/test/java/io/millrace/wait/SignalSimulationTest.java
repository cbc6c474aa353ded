package io.millrace.wait;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.memory.Region;
import io.millrace.memory.SimulatedMemory;
import io.millrace.memory.SimulatedMemory.Fault;
import io.millrace.simulator.Simulator;
import io.millrace.simulator.Simulator.State;
import io.millrace.simulator.Simulator.Status;
import java.nio.ByteOrder;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * The signal's own code, every order of its accesses, anybody's death anywhere: nobody sleeps on what has happened, but
 * for those whose raiser died before its wake-up call, and whom the end of their slice wakes.
 *
 * <p>Two sleepers, each with a change of its own to wait for, and two raisers, each of which makes one of the changes.
 * The kernel is played by one word beside the signal's: a bit for each thread that is asleep. To fall asleep is one CAS
 * over both words, as the kernel compares and enqueues under one lock. A sleeper that is woken goes on as another
 * actor, because an actor of the simulator cannot wait in its middle.
 */
class SignalSimulationTest {
    private static final int WORD = 0;
    private static final int ASLEEP = 4;
    private static final int[] CHANGES = {8, 12};
    private static final int LENGTH = 16;
    private static final int ROUNDS = 4;

    private static final int SLEEPERS_BIT = 1;
    private static final int SEQUENCE_ONE = 2;

    private static final String SAW = "saw the change";
    private static final String SLEPT = "fell asleep";

    /** How a raiser raises: the signal's own way, or one that is wrong. */
    private interface Raise {
        Raise OWN = memory -> signal(memory).raise();

        void in(Region memory);
    }

    /** Whether a sleeper looks between its announcement and its sleep. */
    private enum SecondLook { MADE, LEFT_OUT }

    private static Signal signal(Region memory) {
        return new Signal(memory.slice(WORD, Integer.BYTES), () -> wakeAll(memory));
    }

    private static void wakeAll(Region memory) {
        int asleep;
        do {
            asleep = memory.getIntVolatile(ASLEEP);
        } while (asleep != 0 && !memory.compareAndSetInt(ASLEEP, asleep, 0));
    }

    /** {@code FUTEX_WAIT}; false if the kernel refuses because the word is another. */
    private static boolean fallAsleep(Region memory, int announced, int sleeper) {
        boolean littleEndian = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;
        int wordShift = littleEndian ? 0 : Integer.SIZE;
        int asleepShift = Integer.SIZE - wordShift;
        long seen;
        do {
            seen = memory.getLongVolatile(WORD);
            if ((int) (seen >>> wordShift) != announced) {
                return false;
            }
        } while (!memory.compareAndSetLong(WORD, seen, seen | 1L << sleeper + asleepShift));
        return true;
    }

    private static boolean isAsleep(State state, int sleeper) {
        return (state.memory().getIntPlain(ASLEEP) & 1 << sleeper) != 0;
    }

    private static void raise(Region memory, int change, Raise raise) {
        memory.putIntRelease(CHANGES[change], 1);
        raise.in(memory);
    }

    /** As {@link BlockingWaiter} does it. */
    private static void awaitChange(Region memory, int sleeper, SecondLook secondLook, List<Object> report) {
        Signal signal = signal(memory);
        boolean changed = memory.getIntAcquire(CHANGES[sleeper]) == 1;
        while (!changed) {
            int announced = signal.announceSleeper();
            changed = secondLook == SecondLook.MADE && memory.getIntAcquire(CHANGES[sleeper]) == 1;
            if (!changed && fallAsleep(memory, announced, sleeper)) {
                report.add(SLEPT);
                return;
            }
            changed = memory.getIntAcquire(CHANGES[sleeper]) == 1;
        }
        report.add(SAW);
    }

    private static String nameOf(int sleeper, int round) {
        return "S" + sleeper + "." + round;
    }

    private static boolean wasWoken(State state, int sleeper, int round) {
        String name = nameOf(sleeper, round);
        return state.status(name) == Status.FINISHED && state.report(name).contains(SLEPT)
            && !isAsleep(state, sleeper);
    }

    private static long search(int deaths, Raise raise, SecondLook secondLook) {
        Simulator simulator = new Simulator(new SimulatedMemory(LENGTH, Fault.NONE), deaths);
        for (int i = 0; i < CHANGES.length; i++) {
            int number = i;
            simulator.actor("R" + i, (memory, report) -> raise(memory, number, raise));
            for (int j = 0; j < ROUNDS; j++) {
                int before = j - 1;
                simulator.actor(nameOf(i, j), state -> before < 0 || wasWoken(state, number, before),
                    (memory, report) -> awaitChange(memory, number, secondLook, report));
            }
        }
        return simulator.search(SignalSimulationTest::check);
    }

    private static void check(State end) {
        boolean aRaiserDied = IntStream.range(0, CHANGES.length)
            .anyMatch(raiser -> end.status("R" + raiser) == Status.DEAD);
        for (int i = 0; i < CHANGES.length; i++) {
            int sleeper = i;
            assertThat(wasWoken(end, sleeper, ROUNDS - 1)).as("the last round was not enough").isFalse();
            if (!aRaiserDied) {
                assertThat(isAsleep(end, sleeper)).as("asleep, and the change has been made").isFalse();
            }
            boolean died = IntStream.range(0, ROUNDS)
                .anyMatch(round -> end.status(nameOf(sleeper, round)) == Status.DEAD);
            boolean saw = IntStream.range(0, ROUNDS)
                .anyMatch(round -> end.report(nameOf(sleeper, round)).contains(SAW));
            assertThat(died || saw || isAsleep(end, sleeper)).as("neither asleep nor through").isTrue();
        }
    }

    @Test
    void nobodySleepsOnWhatHasHappened() {
        long states = search(0, Raise.OWN, SecondLook.MADE);
        System.out.println("searched " + states + " states of: signal, 2 raisers and 2 sleepers, no death");
        assertThat(states).isGreaterThan(1_000);
    }

    @Test
    void aDeadSleeperTakesNobodysWakeUpAndADeadRaiserOnlyItsOwnOne() {
        long states = search(1, Raise.OWN, SecondLook.MADE);
        System.out.println("searched " + states + " states of: signal, 2 raisers and 2 sleepers, 1 death");
        assertThat(states).isGreaterThan(1_000);
    }

    @Test
    void theSearchFindsASleeperThatDoesNotLookAgainAfterItsAnnouncement() {
        assertLost(Raise.OWN, SecondLook.LEFT_OUT);
    }

    @Test
    void theSearchFindsARaiseThatClearsTheBitWithoutANewSequence() {
        assertLost(memory -> {
            int seen = memory.getIntVolatile(WORD);
            if ((seen & SLEEPERS_BIT) != 0 && memory.compareAndSetInt(WORD, seen, seen & ~SLEEPERS_BIT)) {
                wakeAll(memory);
            }
        }, SecondLook.MADE);
    }

    @Test
    void theSearchFindsARaiseThatClearsTheBitBlindlyAfterItsWakeUpCall() {
        assertLost(memory -> {
            if ((memory.getIntVolatile(WORD) & SLEEPERS_BIT) != 0) {
                wakeAll(memory);
                memory.putIntVolatile(WORD, 0);
            }
        }, SecondLook.MADE);
    }

    @Test
    void theSearchFindsARaiseThatWakesOneOfTwo() {
        assertLost(memory -> {
            int seen = memory.getIntVolatile(WORD);
            if ((seen & SLEEPERS_BIT) != 0
                && memory.compareAndSetInt(WORD, seen, (seen & ~SLEEPERS_BIT) + SEQUENCE_ONE)) {
                int asleep = memory.getIntVolatile(ASLEEP);
                while (asleep != 0 && !memory.compareAndSetInt(ASLEEP, asleep, asleep & asleep - 1)) {
                    asleep = memory.getIntVolatile(ASLEEP);
                }
            }
        }, SecondLook.MADE);
    }

    private static void assertLost(Raise raise, SecondLook secondLook) {
        assertThatThrownBy(() -> search(0, raise, secondLook)).isInstanceOf(AssertionError.class)
            .hasMessageContaining("asleep, and the change has been made").hasMessageContaining("order");
    }
}
