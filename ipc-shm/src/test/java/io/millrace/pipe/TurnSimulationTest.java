package io.millrace.pipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.memory.DelayedWord;
import io.millrace.memory.Region;
import io.millrace.memory.SimulatedMemory;
import io.millrace.memory.SimulatedMemory.Fault;
import io.millrace.ring.Owner;
import io.millrace.simulator.Simulator;
import io.millrace.simulator.Simulator.State;
import io.millrace.simulator.Simulator.Status;
import io.millrace.wait.RemoteFence;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/**
 * The turn to receive, its own code, in every order of its accesses and with anybody's death anywhere: nobody is inside
 * with another, whatever the keeper's processor holds back, and whoever comes last gets in.
 *
 * <p>What the keeper says about itself waits in its store buffer until that is drained, at any time or by the fence.
 */
class TurnSimulationTest {
    private static final int TURN = 0;
    private static final int KEEPING = 8;
    private static final int SHARED = 16;
    /** Who is inside. */
    private static final int INSIDE = 24;
    private static final int LEASES = 32;
    private static final int LENGTH = 72;
    private static final long HELD = 1;
    private static final int KEEPER = 1;
    private static final int OTHER = 2;
    private static final int THIRD = 3;
    private static final int LAST = 4;
    /** Of the keeper, which keeps from its second turn on. */
    private static final int TURNS = 4;
    private static final String GOT_IN = "got in";

    private final SimulatedMemory memory = new SimulatedMemory(LENGTH, Fault.NONE);
    private Simulator simulator;

    private TurnSimulationTest search(int deaths) {
        simulator = new Simulator(memory, deaths);
        for (int id = KEEPER; id <= LAST; id++) {
            memory.region().putLongPlain(lease(id), HELD);
        }
        return this;
    }

    private static int lease(int id) {
        return LEASES + id * Long.BYTES;
    }

    private DelayedWord keeping() {
        return new DelayedWord(memory, KEEPING);
    }

    /** A fence that is made, or one that is only said to be. */
    private RemoteFence fence(boolean made) {
        return new RemoteFence() {
            @Override
            public boolean register() {
                return true;
            }

            @Override
            public boolean issue() {
                if (made) {
                    keeping().drain();
                }
                return true;
            }
        };
    }

    private Turn turn(Region region, int id, RemoteFence fence, int keepAfter) {
        return new Turn(new Turn.Words(region.longWord(TURN), keeping(), region.longWord(SHARED)),
            new Owner(id, other -> region.getLongVolatile(lease(other)) != HELD), id, fence, keepAfter);
    }

    /** Takes a turn, if it can be had, and is inside for as long as two accesses take. */
    private static boolean takeTurn(Region region, int id, Turn turn) {
        if (!turn.tryTake()) {
            return false;
        }
        enter(region, id);
        region.putLongVolatile(INSIDE, 0);
        turn.end(false);
        return true;
    }

    /** As a handle that is closed does it. */
    private static void close(Region region, int id, Turn turn) {
        if (turn.tryTakeLast() == Turn.Last.TAKEN) {
            enter(region, id);
            region.putLongVolatile(INSIDE, 0);
            turn.end(false);
        }
    }

    private static void enter(Region region, int id) {
        if (!region.compareAndSetLong(INSIDE, 0, id)) {
            long inside = region.getLongVolatile(INSIDE);
            if (region.getLongVolatile(lease((int) inside)) == HELD) {
                throw new AssertionError(id + " is inside with " + inside);
            }
            region.putLongVolatile(INSIDE, id);
        }
    }

    private TurnSimulationTest actor(int id, Predicate<State> mayStart, int tries, int keepAfter,
        boolean fenceIsMade) {
        String name = "participant " + id;
        simulator.actor(name, mayStart, (region, report) -> {
            Turn turn = turn(region, id, fence(fenceIsMade), keepAfter);
            for (int i = 0; i < tries; i++) {
                memory.checkpoint(Objects.hash(i, turn.toString()));
                takeTurn(region, id, turn);
            }
            memory.checkpoint(Objects.hash(tries, turn.toString()));
            close(region, id, turn);
        });
        simulator.actor("kernel of " + name, state -> state.status(name) == Status.DEAD,
            (region, report) -> region.putLongVolatile(lease(id), 0));
        return this;
    }

    private TurnSimulationTest keeper() {
        return actor(KEEPER, state -> true, TURNS, 1, true);
    }

    /** One who comes when the turn is kept, or nobody is there any more who could keep it. */
    private TurnSimulationTest other(int id, int tries, boolean fenceIsMade) {
        return actor(id, state -> state.status("participant " + KEEPER) != Status.RUNNING
            || (state.memory().getLongPlain(TURN) & Turn.STATE_MASK) == Turn.KEPT, tries, Integer.MAX_VALUE,
            fenceIsMade);
    }

    private boolean isPending(State state) {
        return state.memory().getLongPlain(KEEPING) >>> 4 != 0;
    }

    /** The store buffer of the keeper's processor, which is drained of one store at a time. */
    private TurnSimulationTest storeBuffer() {
        for (int i = 0; i < 2 * TURNS; i++) {
            String before = "drain " + (i - 1);
            boolean isFirst = i == 0;
            simulator.actor("drain " + i, state -> isPending(state)
                && (isFirst || state.status(before) != Status.RUNNING), (region, report) -> keeping().drainOne());
        }
        return this;
    }

    /** One who comes when all others have gone or died. */
    private TurnSimulationTest last(int... before) {
        List<String> names = Arrays.stream(before).mapToObj(id -> "participant " + id).toList();
        simulator.actor("last", state -> names.stream().allMatch(name -> state.status(name) == Status.FINISHED
                || state.status("kernel of " + name) == Status.FINISHED),
            (region, report) -> {
                if (takeTurn(region, LAST, turn(region, LAST, fence(true), Integer.MAX_VALUE))) {
                    report.add(GOT_IN);
                }
            });
        return this;
    }

    private void run(String what) {
        long states = simulator.search(TurnSimulationTest::check);
        System.out.println("searched " + states + " states of: turn, " + what);
        assertThat(states).isGreaterThan(100);
    }

    private static void check(State end) {
        if (end.status("last") == Status.FINISHED) {
            assertThat(end.report("last")).as("whoever comes last").contains(GOT_IN);
        }
    }

    @Test
    void nobodyIsInsideWithTheKeeper() {
        search(0).keeper().other(OTHER, 2, true).storeBuffer().last(KEEPER, OTHER).run("keeper, another");
    }

    @Test
    void nobodyIsInsideWithTheKeeperAndTwoOthers() {
        search(0).keeper().other(OTHER, 1, true).other(THIRD, 1, true).storeBuffer().last(KEEPER, OTHER, THIRD)
            .run("keeper, two others");
    }

    @Test
    void aTurnIsKeptOnce() {
        search(0).keeper().actor(OTHER, state -> true, TURNS, 1, true).storeBuffer().last(KEEPER, OTHER)
            .run("two who would keep it");
    }

    @Test
    void aDeathIsMendedByWhoComesNext() {
        search(2).keeper().other(OTHER, 2, true).storeBuffer().last(KEEPER, OTHER)
            .run("keeper, another, 2 deaths");
    }

    @Test
    void withoutTheFenceTwoAreInside() {
        search(0).keeper().other(OTHER, 2, false).storeBuffer().last(KEEPER, OTHER);
        assertThatThrownBy(() -> run("control"))
            .isInstanceOf(AssertionError.class).hasMessageContaining("is inside with");
    }
}
