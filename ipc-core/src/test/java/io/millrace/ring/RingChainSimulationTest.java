package io.millrace.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.memory.Region;
import io.millrace.memory.SimulatedMemory;
import io.millrace.memory.SimulatedMemory.Fault;
import io.millrace.memory.SimulatedMemory.Grain;
import io.millrace.simulator.Simulator;
import io.millrace.simulator.Simulator.State;
import io.millrace.simulator.Simulator.Status;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.Test;

/**
 * The chain's own code, every order of its accesses to memory, anybody's death anywhere: rings are linked, passed and
 * removed, and what was published arrives as if there were one ring.
 */
class RingChainSimulationTest {
    private static final Map<String, Integer> IDS = Map.of("P", 1, "Q", 2, "C", 3, "D", 4, "RP", 5, "RC", 6);
    private static final int SLOTS = 3;
    private static final int AFTERWARDS = 99;
    private static final MpmcGeometry GEOMETRY = MpmcSearch.geometry(4);

    private final SimulatedMemory memory =
        new SimulatedMemory(SimulatedRingStore.length(GEOMETRY, SLOTS), Fault.NONE, Grain.ORDERED);
    private final List<String> writers = new ArrayList<>();
    private final List<String> readers = new ArrayList<>();
    private boolean namesLate;
    private Simulator simulator;

    private RingChainSimulationTest search(int deaths, int itemsMax) throws IOException {
        SimulatedRingStore store = storeIn(memory.region());
        RingChain.create(store.anchor(), store, Owner.of(AFTERWARDS), GEOMETRY,
            ChainOptions.DEFAULT.withItemsMax(itemsMax));
        simulator = new Simulator(memory, deaths);
        return this;
    }

    private SimulatedRingStore storeIn(Region region) {
        return new SimulatedRingStore(region, GEOMETRY, SLOTS, namesLate);
    }

    private RingChain chainIn(Region region) {
        SimulatedRingStore store = storeIn(region);
        return RingChain.open(store.anchor(), store);
    }

    private RingChainSimulationTest writer(String name, long... numbers) {
        writers.add(name);
        simulator.actor(name, (region, report) -> {
            for (long number : numbers) {
                ChainProducer producer = chainIn(region).producer(Owner.of(IDS.get(name)));
                if (MpmcSearch.fill(producer.tryClaim(0, MpmcSearch.ONE_GRANULE), number)) {
                    report.add(number);
                }
                memory.checkpoint(number);
            }
        });
        return this;
    }

    private RingChainSimulationTest reader(String name, int tries) {
        readers.add(name);
        simulator.actor(name, (region, report) -> {
            for (int i = 0; i < tries; i++) {
                MpmcSearch.read(chainIn(region).consumer(Owner.of(IDS.get(name))).tryTake(), report);
                memory.checkpoint(i);
            }
        });
        return this;
    }

    private RingChainSimulationTest repairer(String name, String victim) {
        simulator.actor(name, state -> state.status(victim) == Status.DEAD,
            (region, report) -> chainIn(region).repair(new Owner(IDS.get(name), id -> id == IDS.get(victim))));
        return this;
    }

    private void run(String what) {
        long states = simulator.search(end -> MpmcSearch.checkReports(end, writers, readers, goOn(end)));
        System.out.println("searched " + states + " states of: ring chain, " + what);
        assertThat(states).isGreaterThan(10_000);
    }

    /** Reads what is left, then sends and receives more than fits in a ring. */
    private List<Object> goOn(State end) {
        Region region = end.memory();
        IntPredicate isDead = id -> id != AFTERWARDS;
        Owner owner = new Owner(AFTERWARDS, isDead);
        RingChain chain = chainIn(region);
        ChainConsumer consumer = chain.consumer(owner);
        List<Object> rest = new ArrayList<>();
        boolean changed;
        do { // as one that waits does
            changed = chain.repairToHead(owner) > 0;
            while (MpmcSearch.read(consumer.tryTake(), rest)) {
                assertThat(rest).hasSizeLessThan(30);
                changed = true;
            }
        } while (changed);
        assertThat(chain.size()).as("items in an empty chain").isZero();
        assertThat(chain.isOver()).as("nothing is unfinished").isTrue();
        ChainProducer producer = chain.producer(owner);
        List<Object> further = new ArrayList<>();
        for (long number = 1000; number < 1012; number++) {
            assertThat(MpmcSearch.fill(producer.tryClaim(0, MpmcSearch.ONE_GRANULE), number)).as("room").isTrue();
            assertThat(chain.size()).isEqualTo(1);
            assertThat(MpmcSearch.read(consumer.tryTake(), further)).as("an item in the chain").isTrue();
            assertThat(further.get(further.size() - 1)).isEqualTo(new MpmcSearch.Got(number));
        }
        chain.retire();
        assertThat(chain.first()).as("the only ring left").isEqualTo(lastId(chain));
        return rest;
    }

    private static int lastId(RingChain chain) {
        int id = chain.first();
        for (int next = id; next != 0; next = chain.ring(id).next()) {
            id = next;
        }
        return id;
    }

    @Test
    void aRingIsFullAndAnotherFollows() throws IOException {
        search(1, 0).writer("P", 1, 2, 3, 4).reader("C", 2).repairer("RC", "C").run(
            "producer of more than a ring, consumer, repairer, 1 death");
    }

    @Test
    void twoLinkAtOnce() throws IOException {
        search(1, 0).writer("P", 1, 2, 3).writer("Q", 11).run("2 producers of more than a ring, 1 death");
    }

    @Test
    void theSearchFindsARingThatIsLinkedBeforeItHasItsName() {
        namesLate = true;
        assertThatThrownBy(() -> search(1, 0).writer("P", 1, 2, 3, 4).reader("C", 1).run("negative control"))
            .isInstanceOf(AssertionError.class).hasMessageContaining("ring 2 of a chain is missing");
    }

    @Test
    void consumersFollow() throws IOException {
        search(1, 0).writer("P", 1, 2, 3, 4).reader("C", 2).reader("D", 1).run(
            "producer of more than a ring, 2 consumers, 1 death");
    }
}
