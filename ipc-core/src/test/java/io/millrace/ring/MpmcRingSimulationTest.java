package io.millrace.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.memory.Region;
import io.millrace.memory.SimulatedMemory;
import io.millrace.memory.SimulatedMemory.Fault;
import io.millrace.memory.SimulatedMemory.Grain;
import io.millrace.simulator.Simulator;
import io.millrace.simulator.Simulator.Body;
import io.millrace.simulator.Simulator.State;
import io.millrace.simulator.Simulator.Status;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.Test;

/**
 * The ring's own code, every order of its accesses to memory, anybody's death anywhere, repairers included: what was
 * published arrives, once unless it is flagged, whole and in its producer's order; what was not never does; and
 * whatever is left behind, the ring goes on.
 *
 * <p>The smallest rings, at positions where records meet the end of the lap. A message is its number, and the number's
 * negative in every further word, so that a torn one shows.
 */
class MpmcRingSimulationTest {
    private static final int GRANULE_LENGTH = 16;
    private static final int ONE_GRANULE = Long.BYTES;
    private static final int TWO_GRANULES = 3 * Long.BYTES;
    private static final Map<String, Integer> IDS =
        Map.of("P", 1, "Q", 2, "C", 3, "D", 4, "RP", 5, "RC", 6, "E", 7, "RR", 8);
    private static final int AFTERWARDS = 99;

    private static SimulatedMemory ring(int granules, long position, Fault fault) {
        SimulatedMemory memory =
            new SimulatedMemory((int) MpmcLayout.bodyLength(granules, GRANULE_LENGTH), fault, Grain.ORDERED);
        MpmcRing.initialise(memory.region(), granules, GRANULE_LENGTH, ControlWord.DELIVERIES_MAX, position);
        return memory;
    }

    /** A message that was seen, and how often it had been delivered before. */
    private record Seen(long number, int deliveries) { }

    /** A message that was read to its end. */
    private record Got(long number) { }

    private static MpmcRing ring(Region region) {
        return MpmcRing.over(region);
    }

    /** Each message through a producer of its own, so that nothing is known of earlier ones at a checkpoint. */
    private static Body writer(SimulatedMemory memory, String name, int length, long... numbers) {
        return (region, report) -> {
            for (long number : numbers) {
                if (write(ring(region).producer(Owner.of(IDS.get(name))), number, length)) {
                    report.add(number);
                }
                memory.checkpoint(number);
            }
        };
    }

    private static boolean write(MpmcProducer producer, long number, int length) {
        MpmcClaim claim = producer.tryClaim(0, length);
        if (claim == null) {
            return false;
        }
        claim.payload().putLongPlain(0, number);
        for (int offset = Long.BYTES; offset < length; offset += Long.BYTES) {
            claim.payload().putLongPlain(offset, -number);
        }
        claim.commit();
        return true;
    }

    private static Body reader(SimulatedMemory memory, String name, int tries) {
        return (region, report) -> {
            MpmcConsumer consumer = ring(region).consumer(Owner.of(IDS.get(name)));
            for (int i = 0; i < tries; i++) {
                take(consumer, report);
                memory.checkpoint(31L * i + consumer.toString().hashCode());
            }
        };
    }

    private static boolean take(MpmcConsumer consumer, List<Object> report) {
        TakenRecord record = consumer.tryTake();
        if (record == null) {
            return false;
        }
        Region payload = record.payload();
        long number = payload.getLongPlain(0);
        for (int offset = Long.BYTES; offset < payload.length(); offset += Long.BYTES) {
            assertThat(payload.getLongPlain(offset)).as("torn").isEqualTo(-number);
        }
        report.add(new Seen(number, record.deliveries()));
        record.release();
        report.add(new Got(number));
        return true;
    }

    private static Body repairer(String name, IntPredicate isDead) {
        return (memory, report) -> ring(memory).repair(new Owner(IDS.get(name), isDead));
    }

    /** Adds a repairer that comes when the victim is dead and knows that. */
    private static Simulator withRepairerOf(Simulator simulator, String name, String victim) {
        return simulator.actor(name, state -> state.status(victim) == Status.DEAD,
            repairer(name, id -> id == IDS.get(victim)));
    }

    /** Reads what is left, then sends and receives a few laps of messages. */
    private static List<Object> goOn(State end, int granules, int length) {
        Region memory = end.memory();
        IntPredicate isDead = id -> id != AFTERWARDS; // whoever is alive has nothing in hand
        List<Object> rest = new ArrayList<>();
        MpmcRing ring = ring(memory);
        ring.repair(new Owner(AFTERWARDS, isDead));
        MpmcConsumer consumer = ring.consumer(Owner.of(AFTERWARDS));
        while (take(consumer, rest)) {
            assertThat(rest).hasSizeLessThan(30);
        }
        MpmcProducer producer = ring.producer(Owner.of(AFTERWARDS));
        List<Object> further = new ArrayList<>();
        for (long number = 1000; number < 1000 + 3 * granules; number++) {
            assertThat(write(producer, number, length)).as("room in an empty ring").isTrue();
            assertThat(take(consumer, further)).as("an item in the ring").isTrue();
            assertThat(further.get(further.size() - 1)).isEqualTo(new Got(number));
        }
        int filled = 0;
        while (write(producer, 2000 + filled, ONE_GRANULE)) {
            filled++;
        }
        assertThat(filled).as("room for all but the spare granule").isEqualTo(granules - 1);
        return rest;
    }

    private static void check(State end, int granules, int length, List<String> writers, List<String> readers) {
        List<Object> published = new ArrayList<>();
        writers.forEach(writer -> published.addAll(end.report(writer)));
        List<List<Object>> reports = new ArrayList<>();
        readers.forEach(reader -> reports.add(end.report(reader)));
        List<Object> rest = goOn(end, granules, length);
        reports.add(rest);
        List<Object> got = new ArrayList<>();
        Set<Long> seenUnflagged = new HashSet<>();
        for (List<Object> report : reports) {
            for (Object entry : report) {
                if (entry instanceof Got each) {
                    got.add(each.number());
                } else if (((Seen) entry).deliveries() == 0) {
                    long number = ((Seen) entry).number();
                    assertThat(seenUnflagged.add(number)).as("repeated without a flag: " + number).isTrue();
                }
            }
            for (String writer : writers) {
                List<Object> inOrder = new ArrayList<>();
                report.forEach(entry -> {
                    if (entry instanceof Seen each && each.deliveries() == 0
                        && end.report(writer).contains(each.number())) {
                        inOrder.add(each.number());
                    }
                });
                assertThat(inOrder).as("order of " + writer).isSorted();
            }
        }
        assertThat(got).as("delivered").containsExactlyInAnyOrderElementsOf(published);
    }

    private static long twoProducersOneConsumer(int granules, long position, int length, int deaths, Fault fault) {
        SimulatedMemory memory = ring(granules, position, fault);
        Simulator simulator = new Simulator(memory, deaths)
            .actor("P", writer(memory, "P", length, 1, 2))
            .actor("Q", writer(memory, "Q", length, 11))
            .actor("C", reader(memory, "C", 2));
        withRepairerOf(simulator, "RP", "P");
        return simulator.search(end -> check(end, granules, length, List.of("P", "Q"), List.of("C")));
    }

    private static long oneProducerTwoConsumers(int granules, long position, int length, int deaths, Fault fault) {
        SimulatedMemory memory = ring(granules, position, fault);
        Simulator simulator = new Simulator(memory, deaths)
            .actor("P", writer(memory, "P", length, 1, 2))
            .actor("C", reader(memory, "C", 1))
            .actor("D", reader(memory, "D", 2));
        withRepairerOf(simulator, "RC", "C");
        return simulator.search(end -> check(end, granules, length, List.of("P"), List.of("C", "D")));
    }

    @Test
    void producersMayDieAnywhereAndBeRepairedByAnybody() {
        long states = 0;
        for (long position = 4; position < 8; position++) {
            states += twoProducersOneConsumer(4, position, ONE_GRANULE, 1, Fault.NONE);
        }
        System.out.println("searched " + states + " states of: MPMC ring, 2 producers, consumer, repairer, 1 death");
        assertThat(states).isGreaterThan(10_000);
    }

    @Test
    void consumersMayDieAnywhereAndTheirRecordsComeAgain() {
        long states = 0;
        for (long position = 4; position < 8; position++) {
            states += oneProducerTwoConsumers(4, position, ONE_GRANULE, 1, Fault.NONE);
        }
        System.out.println("searched " + states + " states of: MPMC ring, producer, 2 consumers, repairer, 1 death");
        assertThat(states).isGreaterThan(10_000);
    }
}
