package io.millrace.atomic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.memory.Region;
import io.millrace.memory.SimulatedMemory;
import io.millrace.memory.SimulatedMemory.Fault;
import io.millrace.ring.Owner;
import io.millrace.simulator.Simulator;
import io.millrace.simulator.Simulator.State;
import io.millrace.simulator.Simulator.Status;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Two buffers in every order of their accesses, with deaths anywhere. The value is two bytes that are always equal, and
 * every writer adds 1 to both by a claim of the version that it has read: so the changes are one after the other if the
 * values that were published are all different, and no reader sees a part of one and a part of another.
 */
class TwoBuffersSimulationTest {
    private static final int LENGTH = 2;
    private static final int SIZE = (int) StructLayout.length(LENGTH);
    private static final List<String> WRITERS = List.of("nobody", "writer", "other");

    private final SimulatedMemory memory = new SimulatedMemory(SIZE, Fault.NONE);

    /** How somebody writes one value; whether it was published. */
    private interface Way {
        boolean write(Region region, Owner owner, List<Object> report);
    }

    private static TwoBuffers over(Region region) {
        return new TwoBuffers(region, LENGTH);
    }

    /** Reads, adds 1, and publishes it if nobody was faster. */
    private static boolean write(Region region, Owner owner, List<Object> report) {
        TwoBuffers buffers = over(region);
        byte[] value = new byte[LENGTH];
        long version = buffers.read(value);
        report.add(List.of(value[0], value[1]));
        long claimed = buffers.tryClaim(owner);
        if (claimed == TwoBuffers.NONE) {
            return false;
        }
        if (TwoBuffers.versionOf(claimed) != version) {
            buffers.giveUp(claimed);
            return false;
        }
        buffers.fill(claimed, new byte[] {(byte) (value[0] + 1), (byte) (value[1] + 1)});
        buffers.publish(claimed);
        return true;
    }

    /** A control: writes the buffer that has the value, under a claim and with a version, as a sequence lock does. */
    private static boolean writeInPlace(Region region, Owner owner, List<Object> report) {
        TwoBuffers buffers = over(region);
        long claimed = buffers.tryClaim(owner);
        if (claimed == TwoBuffers.NONE) {
            return false;
        }
        buffers.fill(claimed ^ 1L << 26, new byte[] {1, 1});
        buffers.publish(claimed ^ 1L << 26);
        return true;
    }

    /** A control: writes without a claim. */
    private static boolean writeWithoutClaim(Region region, Owner owner, List<Object> report) {
        TwoBuffers buffers = over(region);
        byte[] value = new byte[LENGTH];
        buffers.read(value);
        long state = region.getLongVolatile(StructLayout.STATE);
        buffers.fill(state, new byte[] {(byte) (value[0] + 1), (byte) (value[1] + 1)});
        region.putLongVolatile(StructLayout.STATE, (state ^ 1L << 26) + (1L << 27));
        return true;
    }

    private Simulator search(int deaths, Way way, List<String> writers, boolean reader) {
        Simulator simulator = new Simulator(memory, deaths);
        for (String name : writers) {
            Owner owner = Owner.of(WRITERS.indexOf(name));
            simulator.actor(name, (region, report) -> report.add(way.write(region, owner, report)));
        }
        if (reader) {
            simulator.actor("reader", (region, report) -> {
                byte[] value = new byte[LENGTH];
                over(region).read(value);
                report.add(List.of(value[0], value[1]));
            });
        }
        return simulator;
    }

    private void run(Simulator simulator, String what, List<String> writers) {
        long states = simulator.search(end -> check(end, writers));
        System.out.println("searched " + states + " states of: two buffers, " + what);
        assertThat(states).isGreaterThan(50);
    }

    private static void check(State end, List<String> writers) {
        Region region = end.memory();
        int published = 0;
        Set<Object> bases = new HashSet<>();
        for (String name : writers) {
            for (Object seen : end.report(name)) {
                if (seen instanceof List<?> value) {
                    assertThat(value.get(0)).as("value that %s read", name).isEqualTo(value.get(1));
                }
            }
            if (end.report(name).contains(true)) {
                published++;
                assertThat(bases.add(end.report(name).get(0))).as("change of %s lost another", name).isTrue();
            }
        }
        Owner survivor = new Owner(9, id -> end.status(WRITERS.get(id)) == Status.DEAD);
        TwoBuffers buffers = over(region);
        boolean dead = writers.stream().anyMatch(name -> end.status(name) == Status.DEAD);
        assertThat(!buffers.repair(survivor) || dead).as("repaired the living").isTrue();
        byte[] value = new byte[LENGTH];
        long version = buffers.read(value);
        assertThat(value[0]).as("value at the end").isEqualTo(value[1]);
        assertThat(version).as("version").isBetween((long) published, (long) writers.size());
        assertThat((long) value[0]).as("changes").isEqualTo(version);
        long claimed = buffers.tryClaim(survivor);
        assertThat(claimed).as("claim of the survivor").isNotEqualTo(TwoBuffers.NONE);
    }

    private static List<?> readerSaw(State end) {
        return end.status("reader") == Status.FINISHED ? (List<?>) end.report("reader").get(0) : List.of(0, 0);
    }

    private void runWithReader(Simulator simulator, String what, List<String> writers) {
        long states = simulator.search(end -> {
            check(end, writers);
            assertThat(readerSaw(end).get(0)).as("value that the reader read").isEqualTo(readerSaw(end).get(1));
        });
        System.out.println("searched " + states + " states of: two buffers, " + what);
    }

    @Test
    void oneWritesAndDiesWhileAnotherReads() {
        runWithReader(search(1, TwoBuffersSimulationTest::write, List.of("writer"), true), "writer, reader, 1 death",
            List.of("writer"));
    }

    @Test
    void twoWriteAndDie() {
        List<String> both = List.of("writer", "other");
        run(search(2, TwoBuffersSimulationTest::write, both, false), "2 writers, 2 deaths", both);
    }

    @Test
    void twoWriteWhileAnotherReads() {
        List<String> both = List.of("writer", "other");
        runWithReader(search(0, TwoBuffersSimulationTest::write, both, true), "2 writers, reader", both);
    }

    @Test
    void writingInPlaceLeavesATornValueWhenTheWriterDies() {
        assertThatThrownBy(() -> run(search(1, TwoBuffersSimulationTest::writeInPlace, List.of("writer"), false),
            "control", List.of("writer"))).isInstanceOf(AssertionError.class).hasMessageContaining("value at the end");
    }

    @Test
    void writingWithoutAClaimLosesAChange() {
        List<String> both = List.of("writer", "other");
        assertThatThrownBy(() -> run(search(0, TwoBuffersSimulationTest::writeWithoutClaim, both, false), "control",
            both)).isInstanceOf(AssertionError.class);
    }
}
