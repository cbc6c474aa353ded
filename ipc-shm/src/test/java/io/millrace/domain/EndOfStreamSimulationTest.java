package io.millrace.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.memory.Region;
import io.millrace.memory.SimulatedMemory;
import io.millrace.memory.SimulatedMemory.Fault;
import io.millrace.simulator.Simulator;
import io.millrace.simulator.Simulator.State;
import io.millrace.simulator.Simulator.Status;
import org.junit.jupiter.api.Test;

/**
 * The end of a stream, in every order of the accesses and with anybody's death anywhere: who finds that the holders of
 * the other end are over, and then finds no message, has missed none, also if the end is handed on meanwhile.
 */
class EndOfStreamSimulationTest {
    private static final int ENTRIES = 2;
    private static final int MESSAGE = 512;
    private static final int LEASES = 640;
    private static final int LENGTH = 1 << 10;
    private static final long HELD = 1;
    private static final int PARENT = 1;
    private static final int CHILD = 2;
    private static final String RECEIVED = "received";
    private static final String OVER = "over";

    private final SimulatedMemory memory = new SimulatedMemory(LENGTH, Fault.NONE, SimulatedMemory.Grain.ORDERED);
    private Simulator simulator;

    private static int lease(int id) {
        return LEASES + id * Long.BYTES;
    }

    private static UserList holders(Region region) {
        return new UserList(region, id -> region.getLongVolatile(lease(id)) != HELD, (container, ticket) -> false,
            ENTRIES, () -> 0);
    }

    private EndOfStreamSimulationTest search(int deaths) {
        Region region = memory.region();
        region.putLongPlain(lease(PARENT), HELD);
        region.putLongPlain(lease(CHILD), HELD);
        region.putLongPlain(ObjectLayout.USER_LIST, PARENT);
        simulator = new Simulator(memory, deaths);
        return this;
    }

    private EndOfStreamSimulationTest sender(String name, int id, Simulator.Body body) {
        simulator.actor(name, body);
        simulator.actor("kernel of " + name, state -> state.status(name) == Status.DEAD,
            (region, report) -> region.putLongVolatile(lease(id), 0));
        return this;
    }

    private static void sendAndLeave(Region region, UserList.Entry entry) {
        // SYNC publish-record is the release store of a record; the entry is left behind it, as Connection.close does.
        region.putLongRelease(MESSAGE, 1);
        leave(region, entry);
    }

    private static void leave(Region region, UserList.Entry entry) {
        holders(region).leave(entry);
        holders(region).tryRemoveUnused();
    }

    private EndOfStreamSimulationTest parentThatSends() {
        return sender("parent", PARENT, (region, report) -> sendAndLeave(region, new UserList.Entry(0, PARENT)));
    }

    private EndOfStreamSimulationTest parentThatHandsOnAndLeaves() {
        memory.region().putLongPlain(ObjectLayout.USER_LIST + UserList.ENTRY_LENGTH, PARENT + (1L << 26));
        return sender("parent", PARENT, (region, report) -> leave(region, new UserList.Entry(0, PARENT)));
    }

    private EndOfStreamSimulationTest childThatAdoptsAndSends() {
        return sender("child", CHILD, (region, report) -> {
            UserList.Entry own = holders(region).succeed(new UserList.Entry(1, PARENT + (1L << 26)), CHILD);
            if (own != null) {
                sendAndLeave(region, own);
            }
        });
    }

    /** Looks twice, and finds out between the two whether the holders have died. */
    private EndOfStreamSimulationTest receiver(boolean overFirst) {
        simulator.actor("receiver", (region, report) -> {
            for (int look = 0; look < 2; look++) {
                boolean over = overFirst && holders(region).isRemoved();
                if (region.getLongAcquire(MESSAGE) != 0) {
                    report.add(RECEIVED);
                    return;
                }
                if (over || !overFirst && holders(region).isRemoved()) {
                    report.add(OVER);
                    return;
                }
                holders(region).tryRemoveUnused();
            }
        });
        return this;
    }

    private void run(String what) {
        long states = simulator.search(EndOfStreamSimulationTest::check);
        System.out.println("searched " + states + " states of: end of stream, " + what);
        assertThat(states).isGreaterThan(50);
    }

    private static void check(State end) {
        if (end.report("receiver").contains(OVER)) {
            assertThat(end.memory().getLongPlain(MESSAGE)).as("a message behind the end of the stream").isZero();
        }
    }

    @Test
    void whoSendsAndLeavesOrDiesIsReceivedBeforeTheEnd() {
        search(1).parentThatSends().receiver(true).run("sender, receiver, 1 death");
    }

    @Test
    void anEndThatIsHandedOnIsNotOverBeforeWhoTookItOver() {
        search(2).parentThatHandsOnAndLeaves().childThatAdoptsAndSends().receiver(true)
            .run("parent, child, receiver, 2 deaths");
    }

    @Test
    void aReceiverThatAsksForTheEndBehindItsLookLosesAMessage() {
        assertThatThrownBy(() -> search(0).parentThatSends().receiver(false).run("control"))
            .isInstanceOf(AssertionError.class).hasMessageContaining("a message behind the end of the stream");
    }
}
