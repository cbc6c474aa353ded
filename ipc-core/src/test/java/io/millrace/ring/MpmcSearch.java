package io.millrace.ring;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.memory.Region;
import io.millrace.memory.SimulatedMemory;
import io.millrace.memory.SimulatedMemory.Fault;
import io.millrace.memory.SimulatedMemory.Grain;
import io.millrace.simulator.Simulator;
import io.millrace.simulator.Simulator.Body;
import io.millrace.simulator.Simulator.State;
import io.millrace.simulator.Simulator.Status;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntPredicate;

/**
 * A search of the simulator over an MPMC ring: writers with the numbers they write, readers with how often they try,
 * repairers, and what must be true at every end.
 *
 * <p>A message is its number, and the number's negative in every further word, so that a torn one shows.
 */
final class MpmcSearch {
    static final int GRANULE_LENGTH = 16;
    static final int ONE_GRANULE = Long.BYTES;
    static final int TWO_GRANULES = 3 * Long.BYTES;
    private static final Map<String, Integer> IDS =
        Map.of("P", 1, "Q", 2, "C", 3, "D", 4, "RP", 5, "RC", 6, "E", 7, "RR", 8);
    private static final int REPAIRER = 98;
    private static final int AFTERWARDS = 99;
    /** So few are left until their number overflows. */
    static final int ITEMS = (1 << MpmcGeometry.ITEM_BITS_MAX) - 2;

    private final Access access;
    private final int granules;
    private final int length;
    private final SimulatedMemory memory;
    private final Simulator simulator;
    private final List<String> writers = new ArrayList<>();
    private final List<String> readers = new ArrayList<>();
    private int limit;

    MpmcSearch(Access access, int granules, long position, int length, int deaths) {
        this.access = access;
        this.granules = granules;
        this.length = length;
        this.memory = ring(granules, position);
        this.simulator = new Simulator(memory, deaths);
    }

    MpmcSearch writer(String name, long... numbers) {
        simulator.actor(name, MpmcSearch.writer(access, memory, name, length, numbers));
        writers.add(name);
        return this;
    }

    MpmcSearch batchWriter(String name, long... numbers) {
        simulator.actor(name, MpmcSearch.batchWriter(access, name, length, numbers));
        writers.add(name);
        return this;
    }

    MpmcSearch limitedWriter(String name, long... numbers) {
        simulator.actor(name, MpmcSearch.limitedWriter(access, memory, name, numbers));
        writers.add(name);
        limit = 1;
        return this;
    }

    MpmcSearch reader(String name, int tries) {
        simulator.actor(name, MpmcSearch.reader(access, memory, name, tries));
        readers.add(name);
        return this;
    }

    /** A repairer that comes when the victim is dead and knows that. */
    MpmcSearch repairer(String name, String victim) {
        simulator.actor(name, state -> state.status(victim) == Status.DEAD,
            MpmcSearch.repairer(access, id -> id == IDS.get(victim)));
        return this;
    }

    long run() {
        return simulator.search(end -> {
            if (limit > 0) {
                checkLimit(access, end.memory(), limit);
            }
            check(end, granules, length, writers, readers);
        });
    }

    private static SimulatedMemory ring(int granules, long position) {
        MpmcGeometry geometry = geometry(granules);
        SimulatedMemory memory = new SimulatedMemory((int) geometry.bodyLength(), Fault.NONE, Grain.ORDERED);
        geometry.initialise(memory.region(), position, ITEMS);
        return memory;
    }

    static MpmcGeometry geometry(int granules) {
        return new MpmcGeometry(granules, GRANULE_LENGTH, ControlWord.DELIVERIES_MAX, MpmcGeometry.ITEM_BITS_MAX);
    }

    /** A message that was seen, and how often it had been delivered before. */
    record Seen(long number, int deliveries) { }

    /** A message that was read to its end. */
    record Got(long number) { }

    /** How the code under test gets at the ring; copies that are wrong on purpose do it in another way. */
    interface Access {
        Access SOUND = MpmcRecords::new;

        MpmcRecords records(Region body, MpmcGeometry geometry, Object ring);

        default MpmcRecords records(Region body) {
            return records(body, MpmcGeometry.read(body), "the ring");
        }

        default MpmcProducer producer(Region body, int id) {
            return new MpmcProducer(body, records(body), Owner.of(id), TWO_GRANULES);
        }

        default MpmcConsumer consumer(Region body, int id) {
            return new MpmcConsumer(body, records(body), Owner.of(id));
        }
    }

    private static Body writer(Access access, SimulatedMemory memory, String name, int length, long... numbers) {
        return (region, report) -> {
            MpmcRecords records = access.records(region);
            MpmcProducer producer = new MpmcProducer(region, records, Owner.of(IDS.get(name)), TWO_GRANULES);
            for (long number : numbers) {
                if (write(producer, number, length)) {
                    report.add(number);
                }
                memory.checkpoint(31 * number + records.toString().hashCode()); // which tells all that it remembers
            }
        };
    }

    static boolean write(MpmcProducer producer, long number, int length) {
        return fill(producer.tryClaim(0, length), number);
    }

    static boolean fill(MpmcClaim claim, long number) {
        if (claim == null) {
            return false;
        }
        claim.payload().putLongPlain(0, number);
        for (int offset = Long.BYTES; offset < claim.payload().length(); offset += Long.BYTES) {
            claim.payload().putLongPlain(offset, -number);
        }
        claim.commit();
        return true;
    }

    /** All messages with one claim, if there is room. */
    private static Body batchWriter(Access access, String name, int length, long... numbers) {
        return (region, report) -> {
            MessageBatch batch = new MessageBatch();
            for (long number : numbers) {
                batch.add(0, message(number, length), 0, length);
            }
            int count = access.producer(region, IDS.get(name)).tryWriteAll(batch);
            for (int i = 0; i < count; i++) {
                report.add(numbers[i]);
            }
        };
    }

    private static byte[] message(long number, int length) {
        ByteBuffer message = ByteBuffer.allocate(length).order(ByteOrder.nativeOrder()).putLong(number);
        while (message.hasRemaining()) {
            message.putLong(-number);
        }
        return message.array();
    }

    /** Tries a few times to write messages, and is not to have more than one in the ring. */
    private static Body limitedWriter(Access access, SimulatedMemory memory, String name, long... numbers) {
        return (region, report) -> {
            for (long number : numbers) {
                MpmcProducer producer = access.producer(region, IDS.get(name));
                limitToOne(access, region, producer);
                if (write(producer, number, ONE_GRANULE)) {
                    report.add(number);
                }
                memory.checkpoint(number);
            }
        };
    }

    private static void limitToOne(Access access, Region region, MpmcProducer producer) {
        MpmcRecords records = access.records(region);
        producer.space().limitItems(1, () -> records.itemsIn(records.walkToHead()));
    }

    private static Body reader(Access access, SimulatedMemory memory, String name, int tries) {
        return (region, report) -> {
            MpmcRecords records = access.records(region);
            MpmcConsumer consumer = new MpmcConsumer(region, records, Owner.of(IDS.get(name)));
            for (int i = 0; i < tries; i++) {
                take(consumer, report);
                memory.checkpoint(31L * i + (consumer.toString() + records).hashCode());
            }
        };
    }

    static boolean take(MpmcConsumer consumer, List<Object> report) {
        return read(consumer.tryTake(), report);
    }

    static boolean read(TakenRecord record, List<Object> report) {
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
        return (region, report) ->
            new MpmcRepair(access.records(region), new Owner(REPAIRER, isDead), ControlWord.DELIVERIES_MAX)
                .runOverAll();
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
        checkReports(end, writers, readers, goOn(end, granules, length));
    }

    /** Whatever order there was: what was published arrived, once unless flagged, in its producer's order. */
    static void checkReports(State end, List<String> writers, List<String> readers, List<Object> rest) {
        List<Object> published = new ArrayList<>();
        writers.forEach(writer -> published.addAll(end.report(writer)));
        List<List<Object>> reports = new ArrayList<>();
        readers.forEach(reader -> reports.add(end.report(reader)));
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

    /** There never are more items than that, and whatever died, so many may be there again. */
    private static void checkLimit(Access access, Region memory, int limit) {
        MpmcRecords records = access.records(memory);
        int head = records.itemsIn(records.walkToHead());
        int items = records.itemsBetween(head, records.itemsIn(records.settleTail()));
        assertThat(items).as("items").isBetween(0, limit);
        new MpmcRepair(records, new Owner(AFTERWARDS, id -> id != AFTERWARDS), ControlWord.DELIVERIES_MAX).runOverAll();
        MpmcConsumer consumer = access.consumer(memory, AFTERWARDS);
        List<HeldRecord> taken = new ArrayList<>();
        for (TakenRecord record = consumer.tryTake(); record != null; record = consumer.tryTake()) {
            taken.add(record.hold());
        }
        MpmcProducer producer = access.producer(memory, AFTERWARDS);
        limitToOne(access, memory, producer);
        MpmcClaim claim = producer.tryClaim(0, ONE_GRANULE);
        assertThat(claim != null || !producer.space().isLimited()).as("room for an item").isTrue();
        if (claim != null) {
            claim.abort();
        }
        taken.forEach(HeldRecord::giveBack);
    }
}
