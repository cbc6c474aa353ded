package io.millrace.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.memory.Region;
import io.millrace.memory.SimulatedMemory;
import io.millrace.memory.SimulatedMemory.Fault;
import io.millrace.ring.Owner;
import io.millrace.simulator.Simulator;
import io.millrace.simulator.Simulator.State;
import io.millrace.simulator.Simulator.Status;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The lock in every order of its accesses, with deaths anywhere. It guards two numbers, which are equal but for the
 * instant in which a holder adds 1 to one and then to the other. So they are equal for whoever takes the lock, or he is
 * told that it was abandoned; and nobody's addition is lost.
 */
class LockWordSimulationTest {
    private static final int FIRST = LockLayout.LAYOUT.length();
    private static final int SECOND = FIRST + Long.BYTES;
    private static final int LENGTH = SECOND + Long.BYTES;
    private static final long THREAD = 5;
    private static final String ADDED = "added";
    private static final List<String> NAMES = List.of("nobody", "one", "other", "survivor", "late");

    /** The steps of the lock that may be wrong. */
    private interface Way {
        Way OWN = new Way() { };

        default boolean take(Region memory, long name) {
            return word(memory).tryTake(name);
        }

        default void repair(Region memory, Owner survivor) {
            word(memory).repair(survivor);
        }
    }

    private static LockWord word(Region memory) {
        return new LockWord(memory.slice(0, LockLayout.LAYOUT.length()));
    }

    private static long nameOf(String actor) {
        return LockWord.nameOf(NAMES.indexOf(actor), THREAD);
    }

    /** Adds under the lock, which is taken so often, if it is free; whether it was. */
    private static boolean add(Way way, Region memory, String actor, int times, List<Object> report) {
        long name = nameOf(actor);
        if (!way.take(memory, name)) {
            return false;
        }
        LockWord word = word(memory);
        for (int i = 1; i < times; i++) {
            assertThat(word.tryTake(name)).as("taken once more").isTrue();
        }
        assertThat(word.holds()).as("holds").isEqualTo(times);
        long first = memory.getLongPlain(FIRST);
        if (word.isAbandoned()) {
            memory.putLongPlain(SECOND, first);
            word.recovered(name);
        }
        assertThat(memory.getLongPlain(SECOND)).as("half of an addition").isEqualTo(first);
        memory.putLongPlain(FIRST, first + 1);
        memory.putLongPlain(SECOND, first + 1);
        for (int i = times - 1; i > 0; i--) {
            assertThat(word.release(name)).as("released too early").isFalse();
        }
        assertThat(word.release(name)).as("released").isTrue();
        report.add(ADDED);
        return true;
    }

    private static void addOnce(Way way, Region memory, String actor, int times, List<Object> report) {
        if (!add(way, memory, actor, times, report)) {
            add(way, memory, actor, times, report);
        }
    }

    private static long search(int deaths, Way way, int times, List<String> survivors) {
        Simulator simulator = new Simulator(new SimulatedMemory(LENGTH, Fault.NONE), deaths)
            .actor("one", (memory, report) -> addOnce(way, memory, "one", times, report))
            .actor("other", (memory, report) -> addOnce(way, memory, "other", 1, report));
        for (String name : survivors) {
            simulator.actor(name, state -> state.status("one") == Status.DEAD, (memory, report) -> {
                way.repair(memory, new Owner(NAMES.indexOf(name), id -> id == 1));
                add(way, memory, name, 1, report);
            });
        }
        return simulator.search(end -> check(end, survivors, way));
    }

    private static void check(State end, List<String> survivors, Way way) {
        long added = 0;
        long dead = 0;
        for (String name : NAMES.subList(1, 3 + survivors.size())) {
            added += end.report(name).size();
            dead += end.status(name) == Status.DEAD ? 1 : 0;
        }
        Region memory = end.memory();
        way.repair(memory, new Owner(9, id -> id < NAMES.size() && end.status(NAMES.get(id)) == Status.DEAD));
        LockWord word = word(memory);
        assertThat(word.tryTake(LockWord.nameOf(9, THREAD))).as("the lock can be taken").isTrue();
        assertThat(word.holds()).as("holds").isEqualTo(1);
        assertThat(memory.getLongPlain(FIRST)).as("additions").isBetween(added, added + dead);
        if (!word.isAbandoned()) {
            assertThat(memory.getLongPlain(SECOND)).as("half of an addition").isEqualTo(memory.getLongPlain(FIRST));
        }
        assertThat(word.isAbandoned() && dead == 0).as("abandoned though nobody died").isFalse();
    }

    private static void run(String what, int deaths, int times, List<String> survivors) {
        long states = search(deaths, Way.OWN, times, survivors);
        System.out.println("searched " + states + " states of: reentrant lock, " + what);
        assertThat(states).isGreaterThan(100);
    }

    @Test
    void twoTakeTurns() {
        run("2 takers, one of them twice, no death", 0, 2, List.of());
    }

    @Test
    void eachOfTwoMayDieAndASurvivorRepairs() {
        run("2 takers and a survivor, 2 deaths", 2, 1, List.of("survivor"));
    }

    @Test
    void twoSurvivorsRepairAtOnce() {
        run("2 takers, one of them twice, and 2 survivors, 1 death", 1, 2, List.of("survivor", "late"));
    }

    @Test
    void theSearchFindsASurvivorThatRepairsBlindly() {
        assertWrong(new Way() {
            @Override
            public void repair(Region memory, Owner survivor) {
                int holder = LockWord.ownerOf(word(memory).word());
                if (holder != 0 && survivor.isDead().test(holder)) {
                    memory.putLongVolatile(LockLayout.HOLDER, 1L << 26);
                }
            }
        }, List.of("survivor", "late"));
    }

    @Test
    void theSearchFindsASurvivorThatKeepsQuietAboutTheDeath() {
        assertWrong(new Way() {
            @Override
            public void repair(Region memory, Owner survivor) {
                long seen = word(memory).word();
                if (LockWord.ownerOf(seen) != 0 && survivor.isDead().test(LockWord.ownerOf(seen))) {
                    memory.compareAndSetLong(LockLayout.HOLDER, seen, 0);
                }
            }
        }, List.of("survivor"));
    }

    @Test
    void theSearchFindsANameThatIsWrittenBehindTheCas() {
        assertWrong(new Way() {
            @Override
            public boolean take(Region memory, long name) {
                LockWord word = word(memory);
                long taken = LockWord.nameOf(NAMES.size(), THREAD);
                if (LockWord.ownerOf(word.word()) != 0 || !word.tryClaim(word.word(), taken)) {
                    return false;
                }
                memory.putLongVolatile(LockLayout.HOLDER, name);
                memory.putIntPlain(LockLayout.HOLDS, 1);
                return true;
            }
        }, List.of("survivor"));
    }

    private static void assertWrong(Way way, List<String> survivors) {
        assertThatThrownBy(() -> search(1, way, 1, survivors)).isInstanceOf(AssertionError.class)
            .hasMessageContaining("order");
    }
}
