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
 * A handle in a message, in every order of the accesses and with anybody's death anywhere: as long as the message may
 * be received, or somebody who lives has received it, what it leads to is not over; and then it can be.
 */
class HandleInMessageSimulationTest {
    private static final int ENTRIES = 3;
    private static final int MESSAGE = 640;
    private static final int TICKET = 648;
    private static final int LEASES = 768;
    private static final int LENGTH = 1 << 10;
    private static final long HELD = 1;

    private static final long WAITS = 1;
    private static final long OVER = 3;
    private static final int OF_DEAD = 16;
    private static final int CONTAINER = 5;

    private static final int SENDER = 1;
    private static final int RECEIVER = 2;
    private static final int OTHER = 3;
    private static final String IN = "in";
    private static final String REFUSED = "refused";

    private final SimulatedMemory memory = new SimulatedMemory(LENGTH, Fault.NONE, SimulatedMemory.Grain.ORDERED);
    private Simulator simulator;

    /** What a receiver does with a message that it has in its hands. */
    private interface Reception {
        boolean run(Region region, int id, UserList.Entry copy);
    }

    private static int lease(int id) {
        return LEASES + id * Long.BYTES;
    }

    private static boolean isDead(Region region, int id) {
        return region.getLongVolatile(lease(id)) != HELD;
    }

    private static UserList users(Region region) {
        return new UserList(region, id -> isDead(region, id), (container, ticket) -> isInMessage(region, ticket),
            ENTRIES, () -> 1);
    }

    private static boolean isInMessage(Region region, long ticket) {
        long message = region.getLongAcquire(MESSAGE);
        return message != 0 && message != OVER && region.getLongPlain(TICKET) == ticket;
    }

    private HandleInMessageSimulationTest search(int deaths) {
        Region region = memory.region();
        for (int id = SENDER; id <= OTHER; id++) {
            region.putLongPlain(lease(id), HELD);
        }
        region.putLongPlain(ObjectLayout.USER_LIST, SENDER);
        simulator = new Simulator(memory, deaths);
        return this;
    }

    private void actor(String name, int id, Simulator.Body body) {
        simulator.actor(name, body);
        simulator.actor("kernel of " + name, state -> state.status(name) == Status.DEAD,
            (region, report) -> region.putLongVolatile(lease(id), 0));
    }

    /** Sends a copy, and closes its own handle. */
    private HandleInMessageSimulationTest sender(boolean putFirst) {
        actor("sender", SENDER, (region, report) -> {
            UserList users = users(region);
            UserList.Entry copy = users.send(SENDER, CONTAINER);
            if (putFirst) {
                users.put(copy);
                users.leave(new UserList.Entry(0, SENDER));
            }
            region.putLongPlain(TICKET, copy.value());
            // As a ring publishes a record.
            region.putLongRelease(MESSAGE, WAITS);
            users.put(copy);
            users.leave(new UserList.Entry(0, SENDER));
        });
        return this;
    }

    private HandleInMessageSimulationTest receiver(String name, int id, Reception reception) {
        actor(name, id, (region, report) -> {
            long seen = region.getLongVolatile(MESSAGE);
            boolean mayTake = seen == WAITS || seen > OF_DEAD && isDead(region, (int) seen - OF_DEAD);
            // As a ring's record is taken, also out of the hands of one who died.
            if (mayTake && region.compareAndSetLong(MESSAGE, seen, OF_DEAD + id)) {
                UserList.Entry copy = new UserList.Entry(1, region.getLongPlain(TICKET));
                report.add(reception.run(region, id, copy) ? IN : REFUSED);
            }
        });
        return this;
    }

    private static boolean receive(Region region, int id, UserList.Entry copy) {
        boolean in = users(region).enter(id) != null;
        region.putLongRelease(MESSAGE, OVER);
        users(region).leave(copy);
        return in;
    }

    /** A control: the message is over before its receiver is a user. */
    private static boolean receiveLate(Region region, int id, UserList.Entry copy) {
        region.putLongRelease(MESSAGE, OVER);
        return users(region).enter(id) != null;
    }

    /** A control: the copy ends while the message may still be received again. */
    private static boolean endTheCopyFirst(Region region, int id, UserList.Entry copy) {
        boolean in = users(region).enter(id) != null;
        users(region).leave(copy);
        region.putLongRelease(MESSAGE, OVER);
        return in;
    }

    private HandleInMessageSimulationTest remover() {
        simulator.actor("remover", (region, report) -> users(region).tryRemoveUnused());
        return this;
    }

    private void run(String what, String... receivers) {
        long states = simulator.search(end -> check(end, receivers));
        System.out.println("searched " + states + " states of: handle in a message, " + what);
        assertThat(states).isGreaterThan(50);
    }

    private static void check(State end, String... receivers) {
        Region region = end.memory();
        boolean used = end.status("sender") != Status.DEAD && end.status("sender") != Status.FINISHED;
        for (String name : receivers) {
            assertThat(end.report(name)).as("%s", name).doesNotContain(REFUSED);
            used |= end.status(name) == Status.FINISHED && end.report(name).contains(IN);
        }
        long message = region.getLongPlain(MESSAGE);
        used |= message != 0 && message != OVER;
        for (int id = SENDER; id <= OTHER; id++) {
            String name = id == SENDER ? "sender" : id == RECEIVER ? "receiver" : "other";
            if (java.util.List.of(receivers).contains(name) || id == SENDER) {
                if (end.status(name) == Status.DEAD) {
                    region.putLongVolatile(lease(id), 0);
                }
            }
        }
        assertThat(users(region).tryRemoveUnused()).as("over, message %d", message).isEqualTo(!used);
    }

    @Test
    void aCopyIsThereWhileItsMessageMayBeReceived() {
        search(2).sender(false).receiver("receiver", RECEIVER, HandleInMessageSimulationTest::receive).remover()
            .run("sender, receiver, remover, 2 deaths", "receiver");
    }

    @Test
    void aCopyIsThereForWhoReceivesTheMessageAfterADeadOne() {
        search(2).sender(false).receiver("receiver", RECEIVER, HandleInMessageSimulationTest::receive)
            .receiver("other", OTHER, HandleInMessageSimulationTest::receive)
            .run("sender, 2 receivers, 2 deaths", "receiver", "other");
    }

    @Test
    void aCopyThatIsPutBeforeItIsPublishedIsNotFound() {
        assertThatThrownBy(() -> search(0).sender(true)
            .receiver("receiver", RECEIVER, HandleInMessageSimulationTest::receive).remover()
            .run("control", "receiver")).isInstanceOf(AssertionError.class);
    }

    @Test
    void aMessageThatIsOverBeforeItsReceiverIsAUserLosesTheHandle() {
        assertThatThrownBy(() -> search(0).sender(false)
            .receiver("receiver", RECEIVER, HandleInMessageSimulationTest::receiveLate).remover()
            .run("control", "receiver")).isInstanceOf(AssertionError.class).hasMessageContaining(REFUSED);
    }

    @Test
    void aCopyThatEndsBeforeItsMessageIsMissedByWhoReceivesThatAgain() {
        assertThatThrownBy(() -> search(1).sender(false)
            .receiver("receiver", RECEIVER, HandleInMessageSimulationTest::endTheCopyFirst)
            .receiver("other", OTHER, HandleInMessageSimulationTest::receive).remover()
            .run("control", "receiver", "other")).isInstanceOf(AssertionError.class);
    }
}
