package io.millrace.ring;

import io.millrace.format.Segment;
import io.millrace.memory.MemoryBackend;
import io.millrace.memory.Region;
import io.millrace.testing.ParentJvm;
import java.nio.file.Path;

/** What the other JVM does in {@link TwoJvmTest} and {@link DeathTest}: one of these tasks. */
final class RingChild {
    static final int OWNER_ID = 77;
    static final int LENGTH_MAX = 200;

    private static final Owner SELF = Owner.of(OWNER_ID);
    private static final ParentJvm PARENT = new ParentJvm();

    private RingChild() { }

    /** The first argument names the task, the second the file of a ring; the rest is the task's. */
    public static void main(String[] arguments) throws Exception {
        try (SpscRing ring = SpscRing.open(Path.of(arguments[1]))) {
            switch (arguments[0]) {
                case "echo" -> echo(ring, arguments);
                case "hold" -> hold(ring);
                case "stop-in-batch" -> stopInBatch(ring, Long.parseLong(arguments[2]));
                case "stop-in-claim" -> stopInClaim(ring, Long.parseLong(arguments[2]));
                case "stop-in-handler" -> stopInHandler(ring, Long.parseLong(arguments[2]));
                case "stream" -> stream(ring, Long.parseLong(arguments[2]), Path.of(arguments[3]));
                default -> throw new IllegalArgumentException("no task " + arguments[0]);
            }
        }
    }

    /** Sends messages back through a second ring: arguments are its file, the number of messages, the way. */
    private static void echo(SpscRing in, String[] arguments) throws Exception {
        Link.Way way = Link.Way.valueOf(arguments[4]);
        try (SpscRing out = SpscRing.open(Path.of(arguments[2]))) {
            Link from = new Link(in, way);
            Link to = new Link(out, way);
            SpscConsumer consumer = in.consumer(SELF);
            SpscProducer producer = out.producer(SELF);
            PARENT.say(MemoryBackend.current() + " on " + Runtime.version().feature());
            long remaining = Long.parseLong(arguments[3]);
            while (remaining > 0) {
                remaining -= from.read(consumer, (type, payload) -> {
                    try {
                        to.write(() -> producer.tryWrite(type, payload, 0, payload.length()));
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                }, 20);
            }
            PARENT.stopAt("done");
        }
    }

    private static void hold(SpscRing ring) {
        ring.producer(SELF);
        ring.consumer(SELF);
        PARENT.stopAt("holding");
    }

    /** Publishes the messages 0 to 9, appends three more, and stops. */
    private static void stopInBatch(SpscRing ring, long seed) {
        NumberedMessages messages = new NumberedMessages(seed, LENGTH_MAX);
        SpscProducer producer = ring.producer(SELF);
        NumberedWriter writer = new NumberedWriter(producer, messages, 0);
        while (writer.next() < 10) {
            writer.tryWrite();
        }
        for (long number = writer.next(); number < writer.next() + 3; number++) {
            Claim claim = producer.tryClaim(messages.type(number), messages.length(number));
            messages.fill(number, claim.payload());
            claim.append();
        }
        PARENT.stopAt("published " + writer.next());
    }

    /** Publishes the messages 0 to 9, claims space for one more, fills half of it, and stops. */
    private static void stopInClaim(SpscRing ring, long seed) {
        NumberedMessages messages = new NumberedMessages(seed, LENGTH_MAX);
        SpscProducer producer = ring.producer(SELF);
        NumberedWriter writer = new NumberedWriter(producer, messages, 0);
        while (writer.next() < 10) {
            writer.tryWrite();
        }
        Region payload = producer.tryClaim(messages.type(writer.next()), LENGTH_MAX).payload();
        payload.fill(0, LENGTH_MAX / 2, (byte) -1);
        PARENT.stopAt("published " + writer.next());
    }

    /** Reads five messages in calls of two and three, and stops in the third handler of the next call. */
    private static void stopInHandler(SpscRing ring, long seed) {
        NumberedMessages messages = new NumberedMessages(seed, LENGTH_MAX);
        SpscConsumer consumer = ring.consumer(SELF);
        long[] number = {0};
        RecordHandler handler = (type, payload) -> {
            messages.check(number[0]++, type, payload);
            if (number[0] == 8) {
                PARENT.stopAt("in the handler of message 7");
            }
        };
        consumer.read(handler, 2);
        consumer.read(handler, 3);
        consumer.read(handler, 100);
    }

    /** Writes messages without end, and notes in a segment the number of those that are published. */
    private static void stream(SpscRing ring, long seed, Path note) throws Exception {
        Link link = new Link(ring, Link.Way.BLOCK);
        try (Segment published = Segment.open(note, DeathTest.NOTE)) {
            NumberedWriter writer =
                new NumberedWriter(ring.producer(SELF), new NumberedMessages(seed, LENGTH_MAX), 0);
            while (!Thread.currentThread().isInterrupted()) {
                link.write(writer::tryWrite);
                published.body().putLongRelease(0, writer.next());
            }
        }
    }
}
