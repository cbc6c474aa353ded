package io.millrace.atomic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.memory.Region;
import io.millrace.memory.SimulatedMemory;
import io.millrace.memory.SimulatedMemory.Fault;
import io.millrace.simulator.Simulator;
import io.millrace.simulator.Simulator.State;
import io.millrace.simulator.Simulator.Status;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The labels of cells in every order of their accesses, with deaths anywhere: a label has one slot for all who live,
 * two labels never have the same, and the dead leave nothing that is in the way of a label.
 */
class LabelTableSimulationTest {
    private static final int SLOTS = 3;
    /** All of them have the same length and the same first word, so that they meet in one slot. */
    private static final String A = "requests.a";
    private static final String B = "requests.b";

    private final SimulatedMemory memory =
        new SimulatedMemory((int) LabelLayout.length(SLOTS), Fault.NONE, SimulatedMemory.Grain.ORDERED);

    private static LabelTable over(Region region) {
        return new LabelTable(region, SLOTS);
    }

    private static void ask(Region region, List<Object> report, String label, CellType type) {
        LabelTable labels = over(region);
        int slot = labels.findOrAdd(LabelTable.words(label));
        report.add(slot + " " + labels.makeTyped(slot, type));
    }

    private static void run(Simulator simulator, String what, boolean same) {
        long states = simulator.search(end -> check(end, same));
        System.out.println("searched " + states + " states of: labels, " + what);
        assertThat(states).isGreaterThan(20);
    }

    private static void check(State end, boolean same) {
        LabelTable labels = over(end.memory());
        if (end.status("one") == Status.FINISHED && end.status("other") == Status.FINISHED) {
            assertThat(end.report("one").equals(end.report("other"))).as("%s, %s", end.report("one"),
                end.report("other")).isEqualTo(same);
        }
        for (String name : List.of("one", "other")) {
            String label = name.equals("one") || same ? A : B;
            int slot = labels.findOrAdd(LabelTable.words(label));
            assertThat(labels.label(slot)).as("label").isEqualTo(label);
            if (end.status(name) == Status.FINISHED) {
                assertThat(end.report(name).get(0).toString()).as("slot of %s", label).startsWith(slot + " ");
                assertThat(labels.find(LabelTable.words(label))).isEqualTo(slot);
            }
        }
        assertThat(labels.findOrAdd(LabelTable.words("c"))).as("a slot for another").isBetween(0, SLOTS - 1);
    }

    @Test
    void twoWhoWantOneLabelGetOneSlotAndOneType() {
        run(new Simulator(memory, 2).actor("one", (region, report) -> ask(region, report, A, CellType.LONG))
            .actor("other", (region, report) -> ask(region, report, A, CellType.INT)), "one label, 2 deaths", true);
    }

    @Test
    void twoLabelsThatBeginAlikeGetTwoSlots() {
        run(new Simulator(memory, 2).actor("one", (region, report) -> ask(region, report, A, CellType.LONG))
            .actor("other", (region, report) -> ask(region, report, B, CellType.LONG)), "two labels, 2 deaths", false);
    }

    @Test
    void writingWithoutCasMixesLabels() {
        Simulator.Body careless = (region, report) -> {
            LabelTable labels = over(region);
            long[] words = LabelTable.words(A);
            for (int slot = 0; slot < SLOTS; slot++) {
                int at = LabelLayout.slot(slot) + LabelLayout.LABEL;
                if (region.getLongVolatile(at) == 0) {
                    for (int i = 0; i < words.length; i++) {
                        region.putLongVolatile(at + i * Long.BYTES, words[i]);
                    }
                    report.add(slot + " " + labels.makeTyped(slot, CellType.LONG));
                    return;
                }
            }
        };
        assertThatThrownBy(() -> run(new Simulator(memory, 0).actor("one", careless)
            .actor("other", (region, report) -> ask(region, report, B, CellType.LONG)), "control", false))
            .isInstanceOf(AssertionError.class);
    }
}
