package io.millrace.ring;

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
 * The ring's own code, every order of its accesses to memory, anybody's death anywhere: what was published arrives,
 * once, in order and whole; what was not leaves no trace; and successors go on.
 *
 * <p>The smallest ring, its start chosen so that the second or third record meets the end of the lap. Messages are two
 * words that must agree, so that a torn one shows.
 */
class SpscRingSimulationTest {
    private static final int CAPACITY = 64;
    private static final int MESSAGE_LENGTH = 2 * Long.BYTES;
    private static final int READ_CALLS = 3;
    private static final int READ_LIMIT = 2;

    private static SimulatedMemory ring(long position, Fault fault) {
        SimulatedMemory memory = new SimulatedMemory(SpscLayout.DATA + CAPACITY, fault);
        Region body = memory.region();
        body.putIntPlain(SpscLayout.CAPACITY, CAPACITY);
        body.putLongPlain(SpscLayout.CONSUMED, position);
        // What an earlier lap may have left there: words that look like records, except where nothing is yet.
        for (int offset = 0; offset < CAPACITY; offset += Long.BYTES) {
            if (offset != position % CAPACITY) {
                body.putLongPlain(SpscLayout.DATA + offset, RecordHeader.of(7, RecordHeader.LENGTH + Long.BYTES));
            }
        }
        return memory;
    }

    private static SpscProducer producer(Region body, int id, boolean othersAreDead) {
        Role.PRODUCER.claim(body, new Owner(id, other -> othersAreDead));
        return new SpscProducer(body, CAPACITY, id);
    }

    private static SpscConsumer consumer(Region body, int id, boolean othersAreDead) {
        Role.CONSUMER.claim(body, new Owner(id, other -> othersAreDead));
        return new SpscConsumer(body, CAPACITY, id);
    }

    /** Writes one message; true if there was room. */
    private static boolean write(SpscProducer producer, long number, boolean publish) {
        Claim claim = producer.tryClaim(0, MESSAGE_LENGTH);
        if (claim == null) {
            return false;
        }
        claim.payload().putLongPlain(0, number);
        claim.payload().putLongPlain(Long.BYTES, -number);
        claim.append();
        if (publish) {
            producer.publish();
        }
        return true;
    }

    private static long check(Region payload) {
        assertThat(payload.length()).isEqualTo(MESSAGE_LENGTH);
        long number = payload.getLongPlain(0);
        assertThat(payload.getLongPlain(Long.BYTES)).as("torn").isEqualTo(-number);
        return number;
    }

    /** Reports each message that it wrote and published. */
    private static void writeSingly(SpscProducer producer, long from, long to, List<Object> report) {
        for (long number = from; number <= to; number++) {
            if (write(producer, number, true)) {
                report.add(number);
            }
        }
    }

    /** Reports a batch when it is published; drops one that does not fit as a whole. */
    private static void writeBatch(SpscProducer producer, long from, long to, List<Object> report) {
        List<Object> appended = new ArrayList<>();
        for (long number = from; number <= to; number++) {
            if (!write(producer, number, false)) {
                producer.discard();
                return;
            }
            appended.add(number);
        }
        assertThat(producer.publish()).isEqualTo(appended.size());
        report.addAll(appended);
    }

    /** Reports each call's messages as one list, once the call is over. */
    private static void readCalls(SpscConsumer consumer, int calls, List<Object> report) {
        for (int i = 0; i < calls; i++) {
            List<Object> messages = new ArrayList<>();
            consumer.read((type, payload) -> messages.add(check(payload)), READ_LIMIT);
            report.add(messages);
        }
    }

    @SuppressWarnings("unchecked")
    private static List<Object> messages(List<Object> callReports) {
        List<Object> all = new ArrayList<>();
        callReports.forEach(call -> all.addAll((List<Object>) call));
        return all;
    }

    /** What the successors find: the rest of the messages, in order, and a ring that works. */
    private static List<Object> drain(State end) {
        Region body = end.memory();
        List<Object> rest = new ArrayList<>();
        SpscConsumer consumer = consumer(body, 101, true);
        while (consumer.read((type, payload) -> rest.add(check(payload)), 1) > 0) {
            assertThat(rest).hasSizeLessThan(10);
        }
        SpscProducer producer = producer(body, 102, true);
        List<Object> further = new ArrayList<>();
        for (long number = 1000; number < 1005; number++) {
            assertThat(write(producer, number, true)).as("room in an empty ring").isTrue();
            consumer.read((type, payload) -> further.add(check(payload)), 1);
        }
        assertThat(further).containsExactly(1000L, 1001L, 1002L, 1003L, 1004L);
        return rest;
    }

    /** Everything whose publication was reported arrived once, in order; what was under way may have. */
    private static void checkDelivery(List<Object> reported, List<Object> arrived, List<Object> underWay) {
        assertThat(arrived).isSorted().doesNotHaveDuplicates().containsAll(reported);
        List<Object> beyond = new ArrayList<>(arrived);
        beyond.removeAll(reported);
        assertThat(underWay).containsAll(beyond);
    }

    private static long searchWithDyingProducer(long position, Fault fault) {
        return new Simulator(ring(position, fault), 2)
            .actor("P", (body, report) -> {
                SpscProducer producer = producer(body, 1, false);
                writeSingly(producer, 1, 1, report);
                writeBatch(producer, 2, 3, report);
            })
            .actor("Q", state -> state.status("P") == Status.DEAD, (body, report) ->
                writeSingly(producer(body, 2, true), 11, 12, report))
            .actor("C", (body, report) -> readCalls(consumer(body, 3, false), READ_CALLS, report))
            .search(end -> {
                List<Object> published = new ArrayList<>(end.report("P"));
                published.addAll(end.report("Q"));
                List<Object> arrived = messages(end.report("C"));
                List<Object> rest = drain(end);
                if (end.status("C") == Status.DEAD) {
                    // The call in which it died is delivered again, so only what its reports say is gone.
                    arrived.removeAll(rest);
                }
                arrived.addAll(rest);
                checkDelivery(published, arrived, List.of(1L, 2L, 3L, 11L, 12L));
                assertThat(arrived.contains(2L)).as("a batch comes whole").isEqualTo(arrived.contains(3L));
            });
    }

    @Test
    void whoeverDiesWhereverNothingPublishedIsLostRepeatedTornOrOutOfOrder() {
        long states = 0;
        for (long position = 0; position < CAPACITY; position += Long.BYTES) {
            states += searchWithDyingProducer(position, Fault.NONE);
        }
        System.out.println("searched " + states + " states of: SPSC ring, producer, successor and consumer, 2 deaths");
        assertThat(states).isGreaterThan(10_000);
    }

    @Test
    void aSuccessorOfADeadConsumerGetsTheRecordsOfItsLastCallAgainAndNoOthers() {
        long states = 0;
        for (long position = 0; position < CAPACITY; position += Long.BYTES) {
            states += new Simulator(ring(position, Fault.NONE), 2)
                .actor("P", (body, report) -> writeSingly(producer(body, 1, false), 1, 3, report))
                .actor("C", (body, report) -> readCalls(consumer(body, 2, false), 2, report))
                .actor("D", state -> state.status("C") == Status.DEAD, (body, report) ->
                    readCalls(consumer(body, 3, true), 2, report))
                .search(end -> {
                    List<Object> finishedCalls = messages(end.report("C"));
                    List<Object> later = messages(end.report("D"));
                    later.addAll(drain(end));
                    List<Object> arrived = new ArrayList<>(finishedCalls);
                    // A call that gave its space back and died before it returned was reported to nobody.
                    arrived.addAll(later);
                    assertThat(arrived).isSorted().doesNotHaveDuplicates();
                    if (end.status("C") == Status.FINISHED) {
                        assertThat(arrived).containsAll(end.report("P"));
                    }
                });
        }
        System.out.println("searched " + states + " states of: SPSC ring, producer, consumer and successor, 2 deaths");
        assertThat(states).isGreaterThan(10_000);
    }

    @Test
    void ofTwoClaimersOfARoleOneWins() {
        new Simulator(ring(0, Fault.NONE), 0)
            .actor("A", (body, report) -> claim(body, 1, report))
            .actor("B", (body, report) -> claim(body, 2, report))
            .search(end -> assertThat(List.of(end.report("A").get(0), end.report("B").get(0)))
                .containsExactlyInAnyOrder("won", "lost"));
    }

    private static void claim(Region body, int id, List<Object> report) {
        try {
            Role.PRODUCER.claim(body, Owner.of(id));
            report.add("won");
        } catch (RoleTakenException e) {
            report.add("lost");
        }
    }

    @Test
    void theSearchFindsARingThatForgetsTheZeroBehindARecord() {
        Fault noZero = (offset, value) -> offset >= SpscLayout.DATA && value == RecordHeader.NOT_YET;
        assertThatThrownBy(() -> searchWithDyingProducer(0, noZero)).isInstanceOf(AssertionError.class)
            .hasMessageContaining("order");
    }

    @Test
    void theSearchFindsAConsumerThatForgetsToGiveBackWhatItRead() {
        Fault noConsumed = (offset, value) -> offset == SpscLayout.CONSUMED && value > 8;
        assertThatThrownBy(() -> searchWithDyingProducer(8, noConsumed)).isInstanceOf(AssertionError.class)
            .hasMessageContaining("order");
    }

    @Test
    void theSearchFindsAPublicationThatGetsLost() {
        Fault noPublication = (offset, value) -> offset > SpscLayout.DATA + 20
            && value == RecordHeader.of(0, RecordHeader.LENGTH + MESSAGE_LENGTH);
        assertThatThrownBy(() -> searchWithDyingProducer(0, noPublication)).isInstanceOf(AssertionError.class)
            .hasMessageContaining("order");
    }
}
