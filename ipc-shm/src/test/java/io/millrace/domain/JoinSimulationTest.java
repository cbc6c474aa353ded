package io.millrace.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.memory.Region;
import io.millrace.memory.SimulatedMemory;
import io.millrace.simulator.Simulator;
import io.millrace.simulator.Simulator.State;
import io.millrace.simulator.Simulator.Status;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The code by which a participant joins, in every order of its steps with those of others, and anybody's death
 * anywhere: of the participants who are there in the end no two have the same id, all are of one epoch, and nobody has
 * found any of them dead. The locks are simulated as well; the kernel frees those of the dead at any time after their
 * death.
 */
class JoinSimulationTest {
    private static final int WORTH_RESET = IdWord.NEXT_END / 2 + 1;
    private static final String PROBER = "prober";

    private final SimulatedMemory memory =
        new SimulatedMemory(SimulatedLease.LENGTH, SimulatedMemory.Fault.NONE);

    /** How an actor joins; null if there is no id left. */
    private interface Way {
        Seat join(IdCounter ids, Lease lease) throws IOException;
    }

    private static final class NoNotes implements Joining.Notes {
        @Override
        public boolean announce(Seat seat) {
            return true;
        }

        @Override
        public void withdraw(Seat seat) { }

        @Override
        public boolean mayNameAnId() {
            return false;
        }
    }

    private static Seat join(IdCounter ids, Lease lease) throws IOException {
        try {
            return new Joining(Path.of("simulated"), ids, lease, new NoNotes()).join();
        } catch (DomainExhaustedException e) {
            return null;
        }
    }

    /** A control: the id is handed out, and then its byte is locked. */
    private static Seat joinByTheIdFirst(IdCounter ids, Lease lease) throws IOException {
        while (true) {
            IdWord word = ids.read();
            Seat seat = new Seat(word.epoch(), word.next());
            if (ids.tryReplace(word, word.afterHandOut(seat)) && lease.tryTake(seat.id())) {
                return seat;
            }
        }
    }

    /** A control: begins anew after looks that came before the word was read. */
    private static Seat joinAfterALateReading(IdCounter ids, Lease lease) throws IOException {
        if (lease.isProvenAlone()) {
            IdWord word = ids.read();
            ids.tryReplace(word, word.afterReset());
        }
        return join(ids, lease);
    }

    /** A control: takes itself for alone. */
    private static Seat joinWithoutALook(IdCounter ids, Lease lease) throws IOException {
        return join(ids, new ForwardingLease(lease) {
            @Override
            boolean isProvenAlone() {
                return true;
            }
        });
    }

    private static String name(int number) {
        return "joiner" + number;
    }

    /** Joiners stay, leavers join and leave; each of the dead loses its locks to the kernel. */
    private Simulator simulator(int next, int joiners, int leavers, int deaths, Way way) {
        memory.region().putLongPlain(SimulatedLease.IDS, new IdWord(0, next).value());
        Simulator simulator = new Simulator(memory, deaths);
        for (int i = 1; i <= joiners + leavers; i++) {
            int self = i;
            simulator.actor(name(self), (region, report) -> run(() -> {
                Lease lease = new SimulatedLease(memory, self);
                Seat seat = way.join(new IdCounter(region, SimulatedLease.IDS), lease);
                if (self > joiners) {
                    lease.close();
                } else if (seat != null) {
                    report.add(seat);
                }
            }));
            if (deaths > 0) {
                simulator.actor("kernel" + self, state -> state.status(name(self)) == Status.DEAD,
                    (region, report) -> run(() -> new SimulatedLease(memory, self).close()));
            }
        }
        return simulator;
    }

    /** Looks once at everybody who was handed out an id, as a participant does who reads one from somewhere. */
    private void probe(Region region, List<Object> report) {
        IdWord word = new IdCounter(region, SimulatedLease.IDS).read();
        Lease lease = new SimulatedLease(memory, SimulatedLease.OWNERS_MAX);
        run(() -> {
            for (int id = IdWord.FIRST; id < word.next(); id++) {
                if (!lease.isHeld(id)) {
                    report.add(id);
                }
            }
        });
    }

    private static void check(State end, int joiners) {
        List<Seat> seats = new ArrayList<>();
        IntStream.rangeClosed(1, joiners).mapToObj(JoinSimulationTest::name)
            .filter(name -> end.status(name) == Status.FINISHED)
            .forEach(name -> end.report(name).forEach(seat -> seats.add((Seat) seat)));
        assertThat(seats).extracting(Seat::id).doesNotHaveDuplicates();
        long epoch = new IdCounter(end.memory(), SimulatedLease.IDS).read().epoch();
        assertThat(seats).extracting(Seat::epoch).allMatch(each -> each == epoch);
    }

    private static void checkVerdicts(State end, int joiners) {
        check(end, joiners);
        IntStream.rangeClosed(1, joiners).mapToObj(JoinSimulationTest::name)
            .filter(name -> end.status(name) == Status.FINISHED)
            .forEach(name -> end.report(name).forEach(seat ->
                assertThat(end.report(PROBER)).as("found dead").doesNotContain(((Seat) seat).id())));
    }

    private static void assertFindsAFault(Simulator simulator, int joiners) {
        assertThatThrownBy(() -> simulator.search(end -> checkVerdicts(end, joiners)))
            .isInstanceOf(AssertionError.class).hasMessageContaining("by this order");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, WORTH_RESET, IdWord.NEXT_END - 1, IdWord.NEXT_END})
    void participantsNeverShareAnIdNorMixEpochs(int next) {
        long states = simulator(next, 3, 0, 0, JoinSimulationTest::join).search(end -> check(end, 3));
        assertThat(states).isGreaterThan(500);
        System.out.println("joining, next " + next + ": " + states + " states");
    }

    @ParameterizedTest
    @CsvSource({WORTH_RESET + ",1,1,1", IdWord.NEXT_END - 1 + ",1,1,1",
        WORTH_RESET + ",2,0,2"})
    void participantsNeverShareAnIdNorMixEpochsWhenSomeDieAndSomeLeave(int next, int joiners, int leavers,
        int deaths) {
        long states = simulator(next, joiners, leavers, deaths, JoinSimulationTest::join)
            .search(end -> check(end, joiners));
        assertThat(states).isGreaterThan(500);
        System.out.println("joining, next " + next + ", " + joiners + " stay, " + leavers + " leave, " + deaths
            + " deaths: " + states + " states");
    }

    @ParameterizedTest
    @CsvSource({"3,0,0", "2,1,0", "2,0,1"})
    void nobodyWhoJoinsIsFoundDead(int joiners, int leavers, int deaths) {
        long states = simulator(IdWord.FIRST, joiners, leavers, deaths, JoinSimulationTest::join)
            .actor(PROBER, this::probe).search(end -> checkVerdicts(end, joiners));
        assertThat(states).isGreaterThan(500);
    }

    @Test
    void searchFindsAnIdThatIsHandedOutBeforeItsLeaseIsTaken() {
        assertFindsAFault(simulator(IdWord.FIRST, 1, 0, 0, JoinSimulationTest::joinByTheIdFirst)
            .actor(PROBER, this::probe), 1);
    }

    @Test
    void searchFindsAResetThatDoesNotLookAtTheLocks() {
        assertFindsAFault(simulator(WORTH_RESET, 2, 0, 0, JoinSimulationTest::joinWithoutALook), 2);
    }

    @Test
    void searchFindsAResetWhoseLookComesBeforeTheReading() {
        assertFindsAFault(simulator(WORTH_RESET, 2, 0, 0, JoinSimulationTest::joinAfterALateReading), 2);
    }

    private interface Work {
        void run() throws IOException;
    }

    private static void run(Work work) {
        try {
            work.run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
