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
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The code by which a participant joins, in every order of its steps with those of others, and anybody's death
 * anywhere: of the participants who are there in the end no two have the same id, and all are of one epoch. The locks
 * are simulated as well; the kernel frees those of the dead at any time after their death.
 */
class JoinSimulationTest {
    private static final int IDS = 0;
    private static final int LOCKS = 8;
    private static final int LENGTH = 16;
    private static final int WORTH_RESET = IdWord.NEXT_END / 2 + 1;

    /** The locks of a few ids in one word, a byte for each: who has it. */
    private static class SimulatedLease extends Lease {
        private final Region memory;
        private final int self;

        SimulatedLease(Region memory, int self) {
            this.memory = memory;
            this.self = self;
        }

        /** The first ids of the first and of the second epoch, or the last ones of all. */
        private static int shift(int id) {
            int slot = id <= 4 ? id - 1 : 4 + (id - WORTH_RESET) % 4;
            return slot * Byte.SIZE;
        }

        @Override
        boolean tryTake(int id) {
            while (true) {
                long locks = memory.getLongVolatile(LOCKS);
                if ((locks >>> shift(id) & 0xFF) != 0) {
                    return false;
                }
                if (memory.compareAndSetLong(LOCKS, locks, locks | (long) self << shift(id))) {
                    return true;
                }
            }
        }

        @Override
        void release(int id) {
            memory.getAndAddLong(LOCKS, -((long) self << shift(id)));
        }

        @Override
        boolean isHeld(int id) {
            throw new UnsupportedOperationException();
        }

        @Override
        boolean isAnyHeld() {
            return memory.getLongVolatile(LOCKS) != 0;
        }

        @Override
        void close() {
            long locks = memory.getLongVolatile(LOCKS);
            for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE) {
                if ((locks >>> shift & 0xFF) == self) {
                    memory.getAndAddLong(LOCKS, -((long) self << shift));
                }
            }
        }
    }

    /** Confirms by a look: a control. */
    private static final class LookingCounter extends IdCounter {
        LookingCounter(Region memory) {
            super(memory, IDS);
        }

        @Override
        boolean tryConfirm(Seat seat) {
            return read().epoch() == seat.epoch();
        }
    }

    private static final class NoFiles implements Joining.Files {
        @Override
        public void announce(Seat seat) { }

        @Override
        public void withdraw(Seat seat) { }

        @Override
        public boolean mayNameAnId() {
            return false;
        }
    }

    private static Seat join(IdCounter ids, Lease lease) {
        try {
            return new Joining(Path.of("simulated"), ids, lease, new NoFiles()).join();
        } catch (DomainExhaustedException e) {
            return null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String name(int number) {
        return "joiner" + number;
    }

    private static Simulator simulator(int joiners, int leavers, int deaths, int next,
        Function<Region, IdCounter> ids, BiFunction<Region, Integer, Lease> leases) {
        SimulatedMemory memory = new SimulatedMemory(LENGTH, SimulatedMemory.Fault.NONE);
        memory.region().putLongPlain(IDS, new IdWord(0, 0, next).value());
        Simulator simulator = new Simulator(memory, deaths);
        for (int i = 1; i <= joiners + leavers; i++) {
            int self = i;
            boolean leaves = i > joiners;
            simulator.actor(name(self), (region, report) -> {
                Lease lease = leases.apply(region, self);
                Seat seat = join(ids.apply(region), lease);
                if (leaves) {
                    close(lease);
                } else if (seat != null) {
                    report.add(seat);
                }
            });
            if (deaths > 0) {
                simulator.actor("kernel" + self, state -> state.status(name(self)) == Status.DEAD,
                    (region, report) -> close(leases.apply(region, self)));
            }
        }
        return simulator;
    }

    private static void close(Lease lease) {
        try {
            lease.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void check(State end, int joiners) {
        List<Seat> seats = new ArrayList<>();
        IntStream.rangeClosed(1, joiners).mapToObj(JoinSimulationTest::name)
            .filter(name -> end.status(name) == Status.FINISHED)
            .forEach(name -> end.report(name).forEach(seat -> seats.add((Seat) seat)));
        assertThat(seats).extracting(Seat::id).doesNotHaveDuplicates();
        int epoch = new IdCounter(end.memory(), IDS).read().epoch();
        assertThat(seats).extracting(Seat::epoch).allMatch(each -> each == epoch);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, WORTH_RESET, IdWord.NEXT_END - 1, IdWord.NEXT_END})
    void participantsNeverShareAnIdNorMixEpochs(int next) {
        long states = simulator(3, 0, 0, next, memory -> new IdCounter(memory, IDS), SimulatedLease::new)
            .search(end -> check(end, 3));
        assertThat(states).isGreaterThan(500);
    }

    @ParameterizedTest
    @ValueSource(ints = {WORTH_RESET, IdWord.NEXT_END - 1})
    void participantsNeverShareAnIdNorMixEpochsWhenSomeDieAndSomeLeave(int next) {
        long states = simulator(2, 1, 1, next, memory -> new IdCounter(memory, IDS), SimulatedLease::new)
            .search(end -> check(end, 2));
        assertThat(states).isGreaterThan(5_000);
    }

    @Test
    void searchFindsAResetThatDoesNotLookAtTheLocks() {
        Simulator simulator = simulator(2, 0, 0, WORTH_RESET, memory -> new IdCounter(memory, IDS),
            (memory, self) -> new SimulatedLease(memory, self) {
                @Override
                boolean isAnyHeld() {
                    return false;
                }
            });
        assertThatThrownBy(() -> simulator.search(end -> check(end, 2))).isInstanceOf(AssertionError.class)
            .hasMessageContaining("by this order");
    }

    @Test
    void searchFindsAConfirmationThatIsALookAndNoChange() {
        Simulator simulator = simulator(2, 0, 0, WORTH_RESET, LookingCounter::new, SimulatedLease::new);
        assertThatThrownBy(() -> simulator.search(end -> check(end, 2))).isInstanceOf(AssertionError.class)
            .hasMessageContaining("by this order");
    }
}
