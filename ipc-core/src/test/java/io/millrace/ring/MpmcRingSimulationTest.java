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

    private static SimulatedMemory ring(int granules, long position) {
        SimulatedMemory memory =
            new SimulatedMemory((int) MpmcLayout.bodyLength(granules, GRANULE_LENGTH), Fault.NONE, Grain.ORDERED);
        MpmcRing.initialise(memory.region(), granules, GRANULE_LENGTH, ControlWord.DELIVERIES_MAX, position);
        return memory;
    }

    /** A message that was seen, and how often it had been delivered before. */
    private record Seen(long number, int deliveries) { }

    /** A message that was read to its end. */
    private record Got(long number) { }

    /** How the code under test gets at the ring; copies that are wrong on purpose do it in another way. */
    private interface Access {
        Access SOUND = MpmcRecords::new;

        MpmcRecords records(Region body, int granules, int granuleLength);

        default MpmcRecords records(Region body) {
            return records(body, body.getIntPlain(MpmcLayout.GRANULES), GRANULE_LENGTH);
        }

        default MpmcProducer producer(Region body, int id) {
            return new MpmcProducer(body, records(body), id, TWO_GRANULES);
        }

        default MpmcConsumer consumer(Region body, int id) {
            return new MpmcConsumer(body, records(body), id);
        }
    }

    /** Each message through a producer of its own, so that nothing is known of earlier ones at a checkpoint. */
    private static Body writer(Access access, SimulatedMemory memory, String name, int length, long... numbers) {
        return (region, report) -> {
            for (long number : numbers) {
                if (write(access.producer(region, IDS.get(name)), number, length)) {
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

    private static Body reader(Access access, SimulatedMemory memory, String name, int tries) {
        return (region, report) -> {
            MpmcConsumer consumer = access.consumer(region, IDS.get(name));
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

    private static Body repairer(Access access, IntPredicate isDead) {
        return (region, report) -> new MpmcRepair(access.records(region), isDead, ControlWord.DELIVERIES_MAX).run();
    }

    /** Reads what is left, then sends and receives a few laps of messages. */
    private static List<Object> goOn(State end, int granules, int length) {
        Region memory = end.memory();
        IntPredicate isDead = id -> id != AFTERWARDS; // whoever is alive has nothing in hand
        List<Object> rest = new ArrayList<>();
        MpmcRing ring = MpmcRing.over(memory);
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

    /** A search: actors by name, writers with the numbers they write, readers with how often they try. */
    private static final class Search {
        private final Access access;
        private final int granules;
        private final int length;
        private final SimulatedMemory memory;
        private final Simulator simulator;
        private final List<String> writers = new ArrayList<>();
        private final List<String> readers = new ArrayList<>();

        Search(Access access, int granules, long position, int length, int deaths) {
            this.access = access;
            this.granules = granules;
            this.length = length;
            this.memory = ring(granules, position);
            this.simulator = new Simulator(memory, deaths);
        }

        Search writer(String name, long... numbers) {
            simulator.actor(name, MpmcRingSimulationTest.writer(access, memory, name, length, numbers));
            writers.add(name);
            return this;
        }

        Search reader(String name, int tries) {
            simulator.actor(name, MpmcRingSimulationTest.reader(access, memory, name, tries));
            readers.add(name);
            return this;
        }

        /** A repairer that comes when the victim is dead and knows that. */
        Search repairer(String name, String victim) {
            simulator.actor(name, state -> state.status(victim) == Status.DEAD,
                MpmcRingSimulationTest.repairer(access, id -> id == IDS.get(victim)));
            return this;
        }

        long run() {
            return simulator.search(end -> check(end, granules, length, writers, readers));
        }
    }

    private static Search search(int granules, long position, int deaths) {
        return new Search(Access.SOUND, granules, position, ONE_GRANULE, deaths);
    }

    private static void searched(long states, String what) {
        System.out.println("searched " + states + " states of: MPMC ring, " + what);
        assertThat(states).isGreaterThan(10_000);
    }

    @Test
    void producersMayDieAnywhereAndBeRepairedByAnybody() {
        searched(search(4, 7, 1).writer("P", 1, 2).writer("Q", 11).reader("C", 2).repairer("RP", "P").run(),
            "2 producers, consumer, repairer, 1 death");
    }

    @Test
    void consumersMayDieAnywhereAndTheirRecordsComeAgain() {
        long states = 0;
        for (long position = 4; position < 8; position++) {
            states += search(4, position, 1).writer("P", 1, 2).reader("C", 1).reader("D", 2).repairer("RC", "C").run();
        }
        searched(states, "producer, 2 consumers, repairer, 1 death");
    }

    @Test
    void producerAndConsumerMayDieBoth() {
        searched(search(4, 6, 2).writer("P", 1, 2).reader("C", 1).reader("D", 2).repairer("RP", "P")
            .repairer("RC", "C").run(), "producer, 2 consumers, 2 repairers, 2 deaths");
    }

    @Test
    void repairersMayMeetAndDieToo() {
        searched(search(4, 5, 2).writer("P", 1).reader("C", 1).reader("D", 1).repairer("RC", "C")
            .repairer("RR", "C").run(), "producer, 2 consumers, 2 repairers of one, 2 deaths");
    }

    @Test
    void aRecordMayKillTwoConsumers() {
        searched(search(4, 7, 2).writer("P", 1).reader("C", 1).reader("D", 1).reader("E", 1).repairer("RC", "C")
            .repairer("RR", "D").run(), "producer, 3 consumers, 2 repairers, 2 deaths");
    }

    @Test
    void aRingThatIsFullAndEmptyInTurnsLosesNothing() {
        long states = 0;
        for (long position = 4; position < 8; position++) {
            states += search(4, position, 1).writer("P", 1, 2, 3, 4, 5).reader("C", 3).repairer("RC", "C").run();
        }
        searched(states, "producer of more than a lap, consumer, repairer, 1 death");
    }

    @Test
    void recordsOfSeveralGranulesMeetTheEndOfTheLap() {
        searched(new Search(Access.SOUND, 8, 15, TWO_GRANULES, 1).writer("P", 1).writer("Q", 11).reader("C", 2).run(),
            "2 producers of long records, consumer, 1 death");
    }

    /** Changes words to some states without looking whether somebody else has changed them. */
    private static final class Blind extends MpmcRecords {
        private final Region body;
        private final int state;

        Blind(Region body, int granules, int granuleLength, int state) {
            super(body, granules, granuleLength);
            this.body = body;
            this.state = state;
        }

        @Override
        boolean change(long position, long from, long to) {
            if (ControlWord.state(to) != state) {
                return super.change(position, from, to);
            }
            body.putLongVolatile(wordOffset(position), to);
            return true;
        }
    }

    private static void assertFound(Search search) {
        assertThatThrownBy(search::run).isInstanceOf(AssertionError.class).hasMessageContaining("order");
    }

    @Test
    void theSearchFindsAClaimThatTwoMayMake() {
        Access blind = (body, granules, length) -> new Blind(body, granules, length, ControlWord.CLAIMED);
        assertFound(new Search(blind, 4, 5, ONE_GRANULE, 0).writer("P", 1).writer("Q", 11).reader("C", 1));
    }

    @Test
    void theSearchFindsARecordThatTwoMayTake() {
        Access blind = (body, granules, length) -> new Blind(body, granules, length, ControlWord.TAKEN);
        assertFound(new Search(blind, 4, 5, ONE_GRANULE, 0).writer("P", 1, 2).reader("C", 1).reader("D", 1));
    }

    @Test
    void theSearchFindsARepairThatDoesNotLookAgain() {
        Access blind = (body, granules, length) -> new Blind(body, granules, length, ControlWord.PUBLISHED);
        assertFound(new Search(blind, 4, 5, ONE_GRANULE, 2).writer("P", 1).reader("C", 1).reader("D", 1)
            .repairer("RC", "C").repairer("RR", "C"));
    }

    @Test
    void spaceIsGivenBackOnlyBehindTheHints() {
        Access forgetful = (body, granules, length) -> new MpmcRecords(body, granules, length) {
            @Override
            void moveUpTo(int hint, long to) { }
        };
        assertThat(roomAfterAbortedClaims(Access.SOUND)).isTrue();
        assertThatThrownBy(() -> roomAfterAbortedClaims(forgetful)).isInstanceOf(CorruptRecordException.class);
    }

    /** Nobody but the one who gives back their space passes aborted claims, so head stays before them. */
    private static boolean roomAfterAbortedClaims(Access access) {
        Region body = Region.allocate((int) MpmcLayout.bodyLength(4, GRANULE_LENGTH));
        MpmcRing.initialise(body, 4, GRANULE_LENGTH, ControlWord.DELIVERIES_MAX, 5);
        MpmcProducer producer = access.producer(body, 1);
        for (int i = 0; i < 6; i++) {
            producer.tryClaim(0, ONE_GRANULE).abort();
        }
        return write(producer, 1, ONE_GRANULE) && take(access.consumer(body, 2), new ArrayList<>());
    }
}
