package io.millrace.stress;

import io.millrace.format.Layout;
import io.millrace.memory.Region;
import io.millrace.ring.Owner;
import io.millrace.ring.SpscConsumer;
import io.millrace.ring.SpscProducer;
import io.millrace.ring.SpscRing;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.JJZ_Result;

/**
 * SYNC free-space: a consumer has done its last load from a record before the producer's first store over it.
 */
public final class FreeSpaceStress {
    private static final int CAPACITY = 64;
    private static final int TYPE = 7;
    private static final int TRIES = 20;
    private static final long OLD = 1;
    private static final long NEW = 2;

    private FreeSpaceStress() { }

    /**
     * A full ring: an old message of 24 bytes at 0, one of 8 behind it, and 16 bytes that are not enough. The
     * new message pads them and goes over the old one, as soon as that was read.
     */
    @JCStressTest
    @Outcome(id = "1, 1, false", expect = Expect.ACCEPTABLE, desc = "The old message; still full.")
    @Outcome(id = "1, 1, true", expect = Expect.ACCEPTABLE, desc = "The old message; space reused.")
    @Outcome(expect = Expect.FORBIDDEN, desc = "The new message, or a part, in the place of the old one.")
    @State
    public static class FullRing {
        private final Region message = Region.allocate(Layout.CACHE_LINE_PAIR);
        private final SpscProducer producer;
        private final SpscConsumer consumer;

        /** Fills the ring. */
        public FullRing() {
            SpscRing ring = SpscRing.allocate(CAPACITY);
            producer = ring.producer(Owner.of(1));
            consumer = ring.consumer(Owner.of(2));
            message.putLongPlain(0, OLD);
            message.putLongPlain(Long.BYTES, OLD);
            message.putLongPlain(2 * Long.BYTES, OLD);
            producer.tryWrite(TYPE, message, 0, 3 * Long.BYTES);
            producer.tryWrite(TYPE, message, 0, Long.BYTES);
            message.putLongPlain(0, NEW);
            message.putLongPlain(Long.BYTES, NEW);
        }

        /** Writes as soon as there is room, within a few tries. */
        @Actor
        public void producer(JJZ_Result result) {
            for (int i = 0; i < TRIES && !result.r3; i++) {
                result.r3 = producer.tryWrite(TYPE, message, 0, 2 * Long.BYTES);
            }
        }

        /** Reads the old message. */
        @Actor
        public void consumer(JJZ_Result result) {
            consumer.read((type, payload) -> {
                result.r1 = payload.getLongPlain(0);
                result.r2 = payload.getLongPlain(Long.BYTES);
            }, 1);
        }
    }

    /**
     * The control: the position is stored and loaded plainly. x86 never moves a load behind a later store, so
     * it is for the compiler, or for other processors, to show the outcome.
     */
    @JCStressTest
    @Outcome(id = "1, 1, false", expect = Expect.ACCEPTABLE, desc = "The old message; still full.")
    @Outcome(id = "1, 1, true", expect = Expect.ACCEPTABLE, desc = "The old message; space reused.")
    @Outcome(expect = Expect.ACCEPTABLE_INTERESTING, desc = "The new message in the place of the old one.")
    @State
    public static class WeakenedToPlain {
        private static final int CONSUMED = 0;
        private static final int FIRST = Long.BYTES;
        private static final int SECOND = 2 * Long.BYTES;

        private final Region space = Region.allocate(Layout.CACHE_LINE_PAIR);

        /** An old message, not yet read. */
        public WeakenedToPlain() {
            space.putLongPlain(FIRST, OLD);
            space.putLongPlain(SECOND, OLD);
        }

        /** Writes as soon as there is room, within a few tries. */
        @Actor
        public void producer(JJZ_Result result) {
            for (int i = 0; i < TRIES && !result.r3; i++) {
                if (space.getLongPlain(CONSUMED) != 0) {
                    space.putLongPlain(FIRST, NEW);
                    space.putLongPlain(SECOND, NEW);
                    result.r3 = true;
                }
            }
        }

        /** Reads the old message. */
        @Actor
        public void consumer(JJZ_Result result) {
            result.r1 = space.getLongPlain(FIRST);
            result.r2 = space.getLongPlain(SECOND);
            space.putLongPlain(CONSUMED, 1);
        }
    }
}
