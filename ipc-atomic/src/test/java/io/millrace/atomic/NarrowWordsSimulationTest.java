package io.millrace.atomic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.memory.Region;
import io.millrace.memory.SimulatedMemory;
import io.millrace.memory.SimulatedMemory.Fault;
import io.millrace.simulator.Simulator;
import io.millrace.simulator.Simulator.State;
import io.millrace.simulator.Simulator.Status;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Narrow cells in one word, in every order of their accesses, with deaths anywhere: the results of the operations are
 * those of some order of them, one after the other, and the dead have done all of an operation or nothing.
 */
class NarrowWordsSimulationTest {
    private final SimulatedMemory memory = new SimulatedMemory(ValueLayout.CELLS + 8, Fault.NONE);

    private static SharedByteArray over(Region region) {
        CellWords words = CellType.BYTE.words(
            new Span(region, ValueLayout.SIGNAL, ValueLayout.CELLS, 4, 1), new TestObject(region, null, null));
        return new SharedByteArray(words);
    }

    /** Adds to the first cell and to the second one. */
    private static Simulator.Body adder() {
        return (region, report) -> {
            report.add(over(region).getAndAdd(0, 1));
            report.add(over(region).getAndAdd(1, 3));
        };
    }

    private void run(Simulator simulator, String what, List<String> names) {
        long states = simulator.search(end -> check(end, names));
        System.out.println("searched " + states + " states of: narrow cells, " + what);
        assertThat(states).isGreaterThan(50);
    }

    private static void check(State end, List<String> names) {
        SharedByteArray cells = over(end.memory());
        Set<Object> first = new HashSet<>();
        Set<Object> second = new HashSet<>();
        int told = 0;
        int dead = 0;
        for (String name : names) {
            List<Object> report = end.report(name);
            dead += end.status(name) == Status.DEAD ? 1 : 0;
            if (report.size() > 0) {
                assertThat(first.add(report.get(0))).as("two saw %s before their addition", report.get(0)).isTrue();
            }
            if (report.size() > 1) {
                told++;
                assertThat(second.add(report.get(1))).as("two saw %s before their addition", report.get(1)).isTrue();
            }
        }
        assertThat((int) cells.get(0)).as("first cell").isBetween(first.size(), first.size() + dead);
        assertThat(cells.get(1) / 3).as("second cell").isBetween(told, told + dead);
        assertThat(cells.get(1) % 3).as("half an addition").isZero();
        assertThat(cells.get(2) + cells.get(3)).as("neighbours").isZero();
    }

    @Test
    void twoAddAndDie() {
        run(new Simulator(memory, 2).actor("one", adder()).actor("other", adder()), "2 adders, 2 deaths",
            List.of("one", "other"));
    }

    @Test
    void addingByALoadAndAStoreLosesAnAddition() {
        Simulator.Body careless = (region, report) -> {
            SharedByteArray cells = over(region);
            for (int i = 0; i < 2; i++) {
                int word = region.getIntVolatile(ValueLayout.CELLS);
                report.add(cells.get(i));
                region.putIntVolatile(ValueLayout.CELLS, word + (i == 0 ? 1 : 0x300));
            }
        };
        assertThatThrownBy(() -> run(new Simulator(memory, 0).actor("one", careless).actor("other", adder()), "control",
            List.of("one", "other"))).isInstanceOf(AssertionError.class);
    }
}
