package io.millrace.ring;

import io.millrace.format.Layout;
import io.millrace.memory.Region;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.JJZ_Result;
import org.openjdk.jcstress.infra.results.JJ_Result;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/**
 * SYNC mpmc-record: payload accesses come before the control word that hands the record on, and of all who change a
 * word from one value, one wins.
 *
 * <p>In the package of the rings, for a ring of so few granules.
 */
public final class MpmcRecordStress {
    private static final int TRIES = 20;
    private static final long OLD = 9;

    private MpmcRecordStress() { }

    /** One writes, one reads. */
    @JCStressTest
    @Outcome(id = "0, 0", expect = Expect.ACCEPTABLE, desc = "Nothing there yet.")
    @Outcome(id = "1, 2", expect = Expect.ACCEPTABLE, desc = "The whole message.")
    @Outcome(expect = Expect.FORBIDDEN, desc = "A record without its payload.")
    @State
    public static class PublishAndTake {
        private final StressedMpmcRing memory = new StressedMpmcRing();
        private final MpmcProducer producer = memory.ring.producer(Owner.of(1));
        private final MpmcConsumer consumer = memory.ring.consumer(Owner.of(2));
        private final Region message = StressedMpmcRing.message(1, 2);

        /** A lap of old messages, so that old bytes would show. */
        public PublishAndTake() {
            Region old = StressedMpmcRing.message(OLD, OLD);
            for (int i = 0; i < StressedMpmcRing.GRANULES; i++) {
                producer.tryWrite(StressedMpmcRing.TYPE, old, 0, old.length());
                consumer.read((type, payload) -> { }, 1);
            }
        }

        /** Writes. */
        @Actor
        public void producer() {
            producer.tryWrite(StressedMpmcRing.TYPE, message, 0, message.length());
        }

        /** Reads. */
        @Actor
        public void consumer(JJ_Result result) {
            consumer.read((type, payload) -> {
                result.r1 = payload.getLongPlain(0);
                result.r2 = payload.getLongPlain(Long.BYTES);
            }, 1);
        }
    }

    /**
     * A full ring: an old message at the start, and padding. As soon as the message was read, the new one goes over
     * it, behind one more claim that was given up.
     */
    @JCStressTest
    @Outcome(id = "9, 9, false", expect = Expect.ACCEPTABLE, desc = "The old message; still full.")
    @Outcome(id = "9, 9, true", expect = Expect.ACCEPTABLE, desc = "The old message; space reused.")
    @Outcome(expect = Expect.FORBIDDEN, desc = "The new message, or a part, in the place of the old one.")
    @State
    public static class FullRing {
        private final StressedMpmcRing memory = new StressedMpmcRing();
        private final MpmcProducer producer = memory.ring.producer(Owner.of(1));
        private final MpmcConsumer consumer = memory.ring.consumer(Owner.of(2));
        private final Region message = StressedMpmcRing.message(1, 2);

        /** Fills the ring. */
        public FullRing() {
            Region old = StressedMpmcRing.message(OLD, OLD);
            producer.tryWrite(StressedMpmcRing.TYPE, old, 0, old.length());
            for (int i = 2; i < StressedMpmcRing.GRANULES; i++) {
                producer.tryClaim(StressedMpmcRing.TYPE, 0).abort();
            }
        }

        /** Writes as soon as there is room, within a few tries. */
        @Actor
        public void producer(JJZ_Result result) {
            for (int i = 0; i < TRIES && !result.r3; i++) {
                MpmcClaim claim = producer.tryClaim(StressedMpmcRing.TYPE, 0);
                if (claim != null) {
                    claim.abort();
                    result.r3 = producer.tryWrite(StressedMpmcRing.TYPE, message, 0, message.length());
                }
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

    /** Two take one record. */
    @JCStressTest
    @Outcome(id = {"true, false", "false, true"}, expect = Expect.ACCEPTABLE, desc = "One gets it.")
    @Outcome(expect = Expect.FORBIDDEN, desc = "Both get it, or nobody.")
    @State
    public static class TwoTakers {
        private final StressedMpmcRing memory = new StressedMpmcRing();
        private final MpmcConsumer first = memory.ring.consumer(Owner.of(1));
        private final MpmcConsumer second = memory.ring.consumer(Owner.of(2));

        /** There is one. */
        public TwoTakers() {
            Region message = StressedMpmcRing.message(1, 2);
            memory.ring.producer(Owner.of(3)).tryWrite(StressedMpmcRing.TYPE, message, 0, message.length());
        }

        /** Takes. */
        @Actor
        public void first(ZZ_Result result) {
            result.r1 = first.tryTake() != null;
        }

        /** Takes. */
        @Actor
        public void second(ZZ_Result result) {
            result.r2 = second.tryTake() != null;
        }
    }

    /** Two write at one tail. */
    @JCStressTest
    @Outcome(id = {"1, 2", "2, 1"}, expect = Expect.ACCEPTABLE, desc = "Both messages are there.")
    @Outcome(expect = Expect.FORBIDDEN, desc = "One went over the other.")
    @State
    public static class TwoClaimers {
        private final StressedMpmcRing memory = new StressedMpmcRing();
        private final MpmcProducer first = memory.ring.producer(Owner.of(1));
        private final MpmcProducer second = memory.ring.producer(Owner.of(2));
        private final Region ones = StressedMpmcRing.message(1, 1);
        private final Region twos = StressedMpmcRing.message(2, 2);

        /** Writes. */
        @Actor
        public void first() {
            first.tryWrite(StressedMpmcRing.TYPE, ones, 0, ones.length());
        }

        /** Writes. */
        @Actor
        public void second() {
            second.tryWrite(StressedMpmcRing.TYPE, twos, 0, twos.length());
        }

        /** Reads both. */
        @Arbiter
        public void reader(JJ_Result result) {
            memory.ring.consumer(Owner.of(3)).read((type, payload) -> {
                long value = (payload.getLongPlain(0) + payload.getLongPlain(Long.BYTES)) / 2;
                if (result.r1 == 0) {
                    result.r1 = value;
                } else {
                    result.r2 = value;
                }
            }, 2);
        }
    }

    /** The control that must fail: takes by looking and then writing, without a CAS. */
    @JCStressTest
    @Outcome(id = {"true, false", "false, true"}, expect = Expect.ACCEPTABLE, desc = "One gets it.")
    @Outcome(id = "true, true", expect = Expect.ACCEPTABLE_INTERESTING, desc = "Both get it.")
    @Outcome(expect = Expect.FORBIDDEN, desc = "Nobody gets it.")
    @State
    public static class WeakenedWithoutCas {
        private final Region word = Region.allocate(Layout.CACHE_LINE_PAIR);

        /** There is one. */
        public WeakenedWithoutCas() {
            word.putLongPlain(0, ControlWord.PUBLISHED);
        }

        private boolean takes() {
            if (word.getLongAcquire(0) != ControlWord.PUBLISHED) {
                return false;
            }
            word.putLongVolatile(0, ControlWord.TAKEN);
            return true;
        }

        /** Takes. */
        @Actor
        public void first(ZZ_Result result) {
            result.r1 = takes();
        }

        /** Takes. */
        @Actor
        public void second(ZZ_Result result) {
            result.r2 = takes();
        }
    }

    /** The control for the order: the word is written and read plainly. */
    @JCStressTest
    @Outcome(id = "0, 0", expect = Expect.ACCEPTABLE, desc = "Nothing there yet.")
    @Outcome(id = "1, 2", expect = Expect.ACCEPTABLE, desc = "The whole message.")
    @Outcome(expect = Expect.ACCEPTABLE_INTERESTING, desc = "A control word without its payload.")
    @State
    public static class WeakenedToPlain {
        private static final int FIRST = Long.BYTES;
        private static final int SECOND = 2 * Long.BYTES;

        private final Region record = Region.allocate(Layout.CACHE_LINE_PAIR);
        private long inHand;

        /** An old message, done. */
        public WeakenedToPlain() {
            record.putLongPlain(0, ControlWord.DONE);
            record.putLongPlain(FIRST, OLD);
            record.putLongPlain(SECOND, OLD);
        }

        /** Writes. */
        @Actor
        public void producer() {
            record.putLongPlain(FIRST, 1);
            record.putLongPlain(SECOND, 2);
            record.putLongPlain(0, ControlWord.PUBLISHED);
        }

        /** Reads; it has looked at the old message before, as in a loop. */
        @Actor
        public void consumer(JJ_Result result) {
            inHand = record.getLongPlain(FIRST) + record.getLongPlain(SECOND);
            if (record.getLongPlain(0) == ControlWord.PUBLISHED) {
                result.r1 = record.getLongPlain(FIRST);
                result.r2 = record.getLongPlain(SECOND);
            }
        }
    }
}
