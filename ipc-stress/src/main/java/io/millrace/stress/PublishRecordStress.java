package io.millrace.stress;

import io.millrace.format.Layout;
import io.millrace.memory.Region;
import io.millrace.ring.Claim;
import io.millrace.ring.Owner;
import io.millrace.ring.SpscConsumer;
import io.millrace.ring.SpscProducer;
import io.millrace.ring.SpscRing;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.JJ_Result;

/**
 * SYNC publish-record: whoever sees the control word of a record sees its payload, and all of a batch.
 *
 * <p>Every ring here has gone round before, so what lies in the place of the payload is an old message and
 * not zero.
 */
public final class PublishRecordStress {
    private static final int CAPACITY = 64;
    private static final int TYPE = 7;
    private static final long OLD = -1;

    private PublishRecordStress() { }

    /** What the tests of the real ring have in common. */
    static class Ring {
        final Region message = Region.allocate(Layout.CACHE_LINE_PAIR);
        final SpscProducer producer;
        final SpscConsumer consumer;

        /**
         * A ring whose every byte was used, with both roles taken, and the next position at {@code index}.
         */
        Ring(int index) {
            SpscRing ring = SpscRing.allocate(CAPACITY);
            producer = ring.producer(Owner.of(1));
            consumer = ring.consumer(Owner.of(2));
            message.fill(0, 3 * Long.BYTES, (byte) OLD);
            pass(3 * Long.BYTES);
            pass(3 * Long.BYTES);
            for (int at = 0; at < index; at += 2 * Long.BYTES) {
                pass(Long.BYTES);
            }
            message.putLongPlain(0, 1);
            message.putLongPlain(Long.BYTES, 2);
        }

        private void pass(int length) {
            producer.tryWrite(TYPE, message, 0, length);
            consumer.read((type, payload) -> { }, 1);
        }

        /** One claim of the batch. */
        void append(long value) {
            Claim claim = producer.tryClaim(TYPE, Long.BYTES);
            claim.payload().putLongPlain(0, value);
            claim.append();
        }
    }

    /** One message, with two words of payload. */
    @JCStressTest
    @Outcome(id = "0, 0", expect = Expect.ACCEPTABLE, desc = "Nothing there yet.")
    @Outcome(id = "1, 2", expect = Expect.ACCEPTABLE, desc = "The whole message.")
    @Outcome(expect = Expect.FORBIDDEN, desc = "A control word without its payload.")
    @State
    public static class SingleMessage {
        private final Ring ring = new Ring(0);

        /** Writes. */
        @Actor
        public void producer() {
            ring.producer.tryWrite(TYPE, ring.message, 0, 2 * Long.BYTES);
        }

        /** Reads. */
        @Actor
        public void consumer(JJ_Result result) {
            ring.consumer.read((type, payload) -> {
                result.r1 = payload.getLongPlain(0);
                result.r2 = payload.getLongPlain(Long.BYTES);
            }, 1);
        }
    }

    /** Two messages that one store makes visible. */
    @JCStressTest
    @Outcome(id = "0, 0", expect = Expect.ACCEPTABLE, desc = "Nothing there yet.")
    @Outcome(id = "1, 2", expect = Expect.ACCEPTABLE, desc = "The whole batch.")
    @Outcome(expect = Expect.FORBIDDEN, desc = "A part of a batch, or a control word without its payload.")
    @State
    public static class BatchOfTwo {
        private final Ring ring = new Ring(0);

        /** Writes. */
        @Actor
        public void producer() {
            ring.append(1);
            ring.append(2);
            ring.producer.publish();
        }

        /** Reads. */
        @Actor
        public void consumer(JJ_Result result) {
            ring.consumer.read((type, payload) -> {
                long value = payload.getLongPlain(0);
                if (result.r1 == 0) {
                    result.r1 = value;
                } else {
                    result.r2 = value;
                }
            }, 2);
        }
    }

    /** A message that does not fit into the rest of the lap, so that padding is published before it. */
    @JCStressTest
    @Outcome(id = "0, 0", expect = Expect.ACCEPTABLE, desc = "Nothing there yet.")
    @Outcome(id = "1, 2", expect = Expect.ACCEPTABLE, desc = "The whole message, behind the padding.")
    @Outcome(expect = Expect.FORBIDDEN, desc = "Padding without its record, or a record without its payload.")
    @State
    public static class WrapWithPadding {
        private final Ring ring = new Ring(CAPACITY - 2 * Long.BYTES);

        /** Writes. */
        @Actor
        public void producer() {
            ring.producer.tryWrite(TYPE, ring.message, 0, 2 * Long.BYTES);
        }

        /** Reads. */
        @Actor
        public void consumer(JJ_Result result) {
            ring.consumer.read((type, payload) -> {
                result.r1 = payload.getLongPlain(0);
                result.r2 = payload.getLongPlain(Long.BYTES);
            }, 1);
        }
    }

    /**
     * The control: the same with plain accesses. The consumer has the record of the lap before still in hand,
     * as it would in a loop; x86 keeps loads and stores in order each, so it is for the compiler, or for
     * other processors, to show the outcome.
     */
    @JCStressTest
    @Outcome(id = "0, 0", expect = Expect.ACCEPTABLE, desc = "Nothing there yet.")
    @Outcome(id = "1, 2", expect = Expect.ACCEPTABLE, desc = "The whole message.")
    @Outcome(expect = Expect.ACCEPTABLE_INTERESTING, desc = "A control word without its payload.")
    @State
    public static class WeakenedToPlain {
        private static final int CONTROL = 0;
        private static final int FIRST = Long.BYTES;
        private static final int SECOND = 2 * Long.BYTES;

        private final Region record = Region.allocate(Layout.CACHE_LINE_PAIR);
        private long inHand;

        /** An old message and no control word. */
        public WeakenedToPlain() {
            record.putLongPlain(FIRST, OLD);
            record.putLongPlain(SECOND, OLD);
        }

        /** Writes. */
        @Actor
        public void producer() {
            record.putLongPlain(FIRST, 1);
            record.putLongPlain(SECOND, 2);
            record.putLongPlain(CONTROL, TYPE);
        }

        /** Reads. */
        @Actor
        public void consumer(JJ_Result result) {
            inHand = record.getLongPlain(FIRST) + record.getLongPlain(SECOND);
            if (record.getLongPlain(CONTROL) != 0) {
                result.r1 = record.getLongPlain(FIRST);
                result.r2 = record.getLongPlain(SECOND);
            }
        }
    }
}
