package io.millrace.ring;

import io.millrace.format.Segment;
import io.millrace.memory.Region;
import io.millrace.testing.ParentJvm;
import io.millrace.wait.Timeouts;
import io.millrace.wait.Waiter;
import java.nio.file.Path;

/** What the other JVMs do in {@link MpmcCrashPointTest} and {@link MpmcTortureTest}: one of these tasks. */
final class MpmcChild {
    static final int LENGTH_MAX = 400;
    static final int GRANULE_LENGTH = 32;
    /** Whose records a child repairs. */
    static final int LONG_DEAD = 50;
    private static final int REPAIRER = LONG_DEAD - 1;

    private static final int TRIES_MAX = 2_000;
    private static final ParentJvm PARENT = new ParentJvm();

    private MpmcChild() { }

    /** The first argument names the task; the rest is the task's. */
    public static void main(String[] arguments) throws Exception {
        switch (arguments[0]) {
            case "points" -> visitPoints();
            case "produce" -> produce(Path.of(arguments[1]), Integer.parseInt(arguments[2]), Path.of(arguments[3]));
            case "consume" -> consume(Path.of(arguments[1]), Integer.parseInt(arguments[2]), Path.of(arguments[3]));
            default -> throw new IllegalArgumentException("no task " + arguments[0]);
        }
    }

    /** For each line of the parent, owner id, crash point and file of a ring, stops at the point, then goes on. */
    private static void visitPoints() throws Exception {
        for (String line = PARENT.awaitLine(); !line.equals("end"); line = PARENT.awaitLine()) {
            String[] words = line.split(" ", 3);
            try (MpmcRing ring = MpmcRing.open(Path.of(words[2]));
                Segment segment = Segment.open(Path.of(words[2]), MpmcLayout.KIND)) {
                CrashPoint point = CrashPoint.valueOf(words[1]);
                Visit visit = new Visit(ring, segment.body(), point, Integer.parseInt(words[0]));
                visit.run();
                PARENT.say("finished " + visit.done);
            }
        }
    }

    /** One operation after the other, and a stop in one of them. */
    private static final class Visit {
        private final CrashPoint point;
        private final CrashPoint.Records records;
        private final MpmcConsumer consumer;
        private final MpmcProducer producer;
        private final int lengthMax;
        private final IdentifiedWriter writer;
        private final IdentifiedMessages messages = new IdentifiedMessages(LENGTH_MAX);
        private long done;

        Visit(MpmcRing ring, Region body, CrashPoint point, int id) {
            this.point = point;
            this.records = point.new Records(body, () -> PARENT.stopAt(point + " " + done));
            this.consumer = new MpmcConsumer(body, records, Owner.of(id));
            this.lengthMax = ring.messageLengthMax();
            this.producer = new MpmcProducer(body, records, Owner.of(id), lengthMax);
            this.writer = new IdentifiedWriter(producer, id, LENGTH_MAX);
        }

        void run() {
            for (int i = 0; !records.hasStopped(); i++) {
                boolean inTheThird = point.task() == CrashPoint.Task.WRITE || point.task() == CrashPoint.Task.TAKE;
                if (i >= 2 || !inTheThird) {
                    records.arm();
                }
                if (i > TRIES_MAX) {
                    throw new IllegalStateException("did not come to " + point + " in " + i + " steps");
                }
                step();
            }
        }

        private void step() {
            switch (point.task()) {
                case WRITE, WRITE_ON -> done += writer.tryWrite() ? 1 : 0;
                case CLAIM_LONG -> producer.tryClaim(0, lengthMax).abort();
                case REPAIR -> new MpmcRepair(records, new Owner(REPAIRER, id -> id == LONG_DEAD), 3).runOverAll();
                case GIVE_BACK -> consumer.tryTake().giveBack();
                default -> {
                    TakenRecord record = consumer.tryTake();
                    messages.check(record.type(), record.payload());
                    record.release();
                    done++;
                }
            }
        }
    }

    /** Writes messages without end, and notes in a segment how many are published. */
    private static void produce(Path file, int id, Path note) throws Exception {
        Waiter waiter = Waiter.backingOff();
        try (MpmcRing ring = MpmcRing.open(file); Segment published = Segment.open(note, DeathTest.NOTE)) {
            IdentifiedWriter writer = new IdentifiedWriter(ring.producer(Owner.of(id)), id, LENGTH_MAX);
            PARENT.say("ready");
            while (waiter.await(writer::tryWrite, Timeouts.FOREVER)) {
                published.body().putLongRelease(0, writer.next());
            }
        }
    }

    /** Takes messages without end; of each, the identity and the deliveries go into a ring before it is released. */
    private static void consume(Path file, int id, Path log) throws Exception {
        Waiter waiter = Waiter.backingOff();
        Waiter waiterForLog = Waiter.backingOff();
        IdentifiedMessages messages = new IdentifiedMessages(LENGTH_MAX);
        Region identity = Region.allocate(Long.BYTES);
        try (MpmcRing ring = MpmcRing.open(file); SpscRing logged = SpscRing.open(log)) {
            MpmcConsumer consumer = ring.consumer(Owner.of(id));
            SpscProducer producer = logged.producer(Owner.of(id));
            TakenRecord[] record = {null};
            PARENT.say("ready");
            while (waiter.await(() -> (record[0] = consumer.tryTake()) != null, Timeouts.FOREVER)) {
                int deliveries = record[0].deliveries();
                identity.putLongPlain(0, messages.check(record[0].type(), record[0].payload()));
                waiterForLog.await(() -> producer.tryWrite(deliveries, identity, 0, Long.BYTES), Timeouts.FOREVER);
                record[0].release();
            }
        }
    }
}
