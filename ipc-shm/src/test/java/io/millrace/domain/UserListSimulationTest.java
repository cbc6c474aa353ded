package io.millrace.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.memory.Region;
import io.millrace.memory.SimulatedMemory;
import io.millrace.memory.SimulatedMemory.Fault;
import io.millrace.simulator.Simulator;
import io.millrace.simulator.Simulator.State;
import io.millrace.simulator.Simulator.Status;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The list of users of an anonymous object, in every order of its accesses, and anybody's death anywhere: nobody who
 * lives and was let in uses a removed object, nobody is refused by one that is not removed, and one that nobody uses
 * can be removed. The leases are simulated too; the kernel frees those of the dead at any time after their death.
 */
class UserListSimulationTest {
    private static final int ENTRIES = 2;
    private static final int LEASES = ObjectLayout.USER_LIST + ENTRIES * UserList.ENTRY_LENGTH;
    private static final int LENGTH = 1 << 10;
    private static final long HELD = 1;
    private static final String IN = "in";
    private static final String REFUSED = "refused";
    private static final String FULL = "full";
    private static final List<String> NAMES = List.of("nobody", "leaver", "newcomer", "other", "remover");

    private final SimulatedMemory memory = new SimulatedMemory(LENGTH, Fault.NONE, SimulatedMemory.Grain.ORDERED);
    private final List<String> actors = new ArrayList<>();
    private Simulator simulator;

    /** How somebody enters, or removes. */
    private interface Way {
        boolean run(Region region, int id);
    }

    private UserListSimulationTest search(int deaths) {
        Region region = memory.region();
        for (int id = 1; id < NAMES.size(); id++) {
            region.putLongPlain(lease(id), HELD);
        }
        region.putLongPlain(ObjectLayout.USER_LIST, NAMES.indexOf("leaver"));
        simulator = new Simulator(memory, deaths);
        return this;
    }

    private UserListSimulationTest actor(String name, Simulator.Body body) {
        actors.add(name);
        simulator.actor(name, body);
        simulator.actor("kernel of " + name, state -> state.status(name) == Status.DEAD,
            (region, report) -> region.putLongVolatile(lease(NAMES.indexOf(name)), 0));
        return this;
    }

    private static int lease(int id) {
        return (LEASES & -Long.BYTES) + id * Long.BYTES;
    }

    private static UserList users(Region region) {
        return new UserList(region, id -> region.getLongVolatile(lease(id)) != HELD, (container, ticket) -> false,
            ENTRIES, () -> 0);
    }

    private static boolean enter(Region region, int id) {
        return users(region).enter(id) != null;
    }

    private static boolean enterAndLeave(Region region, int id) {
        UserList.Entry entry = users(region).enter(id);
        if (entry != null) {
            users(region).leave(entry);
        }
        return entry != null;
    }

    private static boolean succeedTheLeaver(Region region, int id) {
        return users(region).succeed(new UserList.Entry(0, NAMES.indexOf("leaver")), id) != null;
    }

    /** A control: takes the entry over, looks whether the object is removed, and leaves the version as it is. */
    private static boolean succeedWithoutAVersion(Region region, int id) {
        if (!region.compareAndSetLong(ObjectLayout.USER_LIST, NAMES.indexOf("leaver"), id)) {
            return enter(region, id);
        }
        if ((region.getLongVolatile(ObjectLayout.STATE) & 1) == 0) {
            return true;
        }
        users(region).leave(new UserList.Entry(0, id));
        return false;
    }

    private static boolean remove(Region region, int id) {
        return users(region).tryRemoveUnused();
    }

    /** A control: makes an entry and looks whether the object is removed, but leaves the version as it is. */
    private static boolean enterWithoutAVersion(Region region, int id) {
        int entry = ObjectLayout.USER_LIST + UserList.ENTRY_LENGTH;
        region.compareAndSetLong(entry, 0, id);
        if ((region.getLongVolatile(ObjectLayout.STATE) & 1) == 0) {
            return true;
        }
        region.compareAndSetLong(entry, id, 0);
        return false;
    }

    /** A control: looks who is there, and reads the version then. */
    private static boolean removeByALateVersion(Region region, int id) {
        if (!users(region).live().isEmpty()) {
            return false;
        }
        long state = region.getLongVolatile(ObjectLayout.STATE);
        return region.compareAndSetLong(ObjectLayout.STATE, state, state | 1);
    }

    private UserListSimulationTest leaver(Way removal) {
        int id = NAMES.indexOf("leaver");
        return actor("leaver", (region, report) -> {
            users(region).leave(new UserList.Entry(0, id));
            report.add(removal.run(region, id));
        });
    }

    private UserListSimulationTest newcomer(String name, Way way) {
        return actor(name, (region, report) -> {
            try {
                report.add(way.run(region, NAMES.indexOf(name)) ? IN : REFUSED);
            } catch (IllegalStateException e) {
                report.add(FULL); // by somebody who lives, or whose death is not known yet
            }
        });
    }

    private UserListSimulationTest remover(Way removal) {
        int id = NAMES.indexOf("remover");
        return actor("remover", (region, report) -> report.add(removal.run(region, id)));
    }

    private void run(String what, List<String> newcomers) {
        long states = simulator.search(end -> check(end, newcomers));
        System.out.println("searched " + states + " states of: users of an object, " + what);
        assertThat(states).isGreaterThan(100);
    }

    private void check(State end, List<String> newcomers) {
        Region region = end.memory();
        for (String name : actors) {
            if (end.status(name) == Status.DEAD) {
                region.putLongVolatile(lease(NAMES.indexOf(name)), 0);
            }
        }
        boolean removed = users(region).isRemoved();
        int inside = 0;
        for (String name : newcomers) {
            if (end.status(name) == Status.FINISHED && !end.report(name).equals(List.of(FULL))) {
                boolean in = end.report(name).equals(List.of(IN));
                assertThat(removed).as("removed, where %s was told %s", name, end.report(name)).isEqualTo(!in);
                inside += in ? 1 : 0;
            }
        }
        assertThat(users(region).live()).as("users").hasSize(inside);
        assertThat(users(region).tryRemoveUnused()).as("can be removed").isEqualTo(inside == 0);
    }

    @Test
    void theLastLeavesWhileAnotherComes() {
        search(2).leaver(UserListSimulationTest::remove).newcomer("newcomer", UserListSimulationTest::enter)
            .run("leaver, newcomer, 2 deaths", List.of("newcomer"));
    }

    @Test
    void twoRemoveWhileAnotherComes() {
        search(1).leaver(UserListSimulationTest::remove).newcomer("newcomer", UserListSimulationTest::enter)
            .remover(UserListSimulationTest::remove)
            .run("leaver, newcomer, remover, 1 death", List.of("newcomer"));
    }

    @Test
    void twoComeForTheEntriesThatAreFreeOrOfOneWhoDied() {
        search(1).leaver(UserListSimulationTest::remove).newcomer("newcomer", UserListSimulationTest::enter)
            .newcomer("other", UserListSimulationTest::enterAndLeave)
            .run("leaver, 2 newcomers, 1 death", List.of("newcomer"));
    }

    @Test
    void anEntryThatIsHandedOnIsTakenOverLeftOrOfOneWhoDied() {
        search(1).leaver(UserListSimulationTest::remove)
            .newcomer("newcomer", UserListSimulationTest::succeedTheLeaver).remover(UserListSimulationTest::remove)
            .run("leaver, successor, remover, 1 death", List.of("newcomer"));
    }

    @Test
    void successorWhoChangesNoVersionIsOverlooked() {
        assertThatThrownBy(() -> search(1).leaver(UserListSimulationTest::remove)
            .newcomer("newcomer", UserListSimulationTest::succeedWithoutAVersion)
            .remover(UserListSimulationTest::remove).run("control", List.of("newcomer")))
            .isInstanceOf(AssertionError.class).hasMessageContaining("removed, where newcomer was told [in]");
    }

    @Test
    void newcomerWhoChangesNoVersionIsOverlooked() {
        assertThatThrownBy(() -> search(0).leaver(UserListSimulationTest::remove)
            .newcomer("newcomer", UserListSimulationTest::enterWithoutAVersion).run("control", List.of("newcomer")))
            .isInstanceOf(AssertionError.class).hasMessageContaining("removed, where newcomer was told [in]");
    }

    @Test
    void versionThatIsReadAfterTheEntriesOverlooksANewcomer() {
        assertThatThrownBy(() -> search(0).leaver(UserListSimulationTest::removeByALateVersion)
            .newcomer("newcomer", UserListSimulationTest::enter).run("control", List.of("newcomer")))
            .isInstanceOf(AssertionError.class).hasMessageContaining("removed, where newcomer was told [in]");
    }
}
