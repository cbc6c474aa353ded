package io.millrace.ring;

import io.millrace.format.Layout;
import io.millrace.memory.Region;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.J_Result;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/**
 * SYNC mpmc-returned: whoever sees that a record came back sees that it is there again, and whoever looked too early
 * looks again.
 *
 * <p>In the package of the rings, for the words.
 */
public final class MpmcReturnedStress {
    private static final int GONE = 5;

    private MpmcReturnedStress() { }

    /** One publishes a record again and says so; one looks at the number, then at the word. */
    @JCStressTest
    @Outcome(id = {"false, false", "false, true"}, expect = Expect.ACCEPTABLE, desc = "Was not told yet, and will be.")
    @Outcome(id = "true, true", expect = Expect.ACCEPTABLE, desc = "Was told, and sees it.")
    @Outcome(expect = Expect.FORBIDDEN, desc = "Was told, sees nothing, and never looks again.")
    @State
    public static class WordBeforeNumber {
        private final StressedMpmcRing memory = new StressedMpmcRing();
        private final MpmcRecords returning = memory.records();
        private final MpmcRecords looking = memory.records();

        /** A record is in the hands of somebody. */
        public WordBeforeNumber() {
            memory.put(StressedMpmcRing.taken(GONE));
        }

        /** Publishes it again. */
        @Actor
        public void returner() {
            long taken = StressedMpmcRing.taken(GONE);
            returning.change(StressedMpmcRing.START, taken, ControlWord.returned(taken, StressedMpmcRing.LAP));
            returning.announceReturned();
        }

        /** Looks. */
        @Actor
        public void looker(ZZ_Result result) {
            result.r1 = looking.returned() != 0;
            result.r2 = ControlWord.state(looking.word(StressedMpmcRing.START)) == ControlWord.PUBLISHED;
        }
    }

    /** One gives a record back; another looks for one, and looks again when both are done. */
    @JCStressTest
    @Outcome(id = {"true, false", "false, true"}, expect = Expect.ACCEPTABLE, desc = "Found, sooner or later.")
    @Outcome(expect = Expect.FORBIDDEN, desc = "Never found, or found twice.")
    @State
    public static class GivenBackAndFound {
        private final StressedMpmcRing memory = new StressedMpmcRing();
        private final MpmcConsumer looking = memory.ring.consumer(Owner.of(2));
        private final TakenRecord taken;

        /** A record is in hand, and the other one has looked before. */
        public GivenBackAndFound() {
            Region message = StressedMpmcRing.message(1, 2);
            memory.ring.producer(Owner.of(3)).tryWrite(StressedMpmcRing.TYPE, message, 0, message.length());
            taken = memory.ring.consumer(Owner.of(1)).tryTake();
            looking.tryTake();
        }

        /** Gives back. */
        @Actor
        public void giver() {
            taken.giveBack();
        }

        /** Looks. */
        @Actor
        public void looker(ZZ_Result result) {
            result.r1 = looking.read((type, payload) -> { }, 1) == 1;
        }

        /** Looks again. */
        @Arbiter
        public void again(ZZ_Result result) {
            result.r2 = looking.read((type, payload) -> { }, 1) == 1;
        }
    }

    /** Two count a dropped record each. */
    @JCStressTest
    @Outcome(id = "2", expect = Expect.ACCEPTABLE, desc = "Both are counted.")
    @Outcome(expect = Expect.FORBIDDEN, desc = "One was lost.")
    @State
    public static class TwoDropped {
        private final StressedMpmcRing memory = new StressedMpmcRing();
        private final MpmcRecords first = memory.records();
        private final MpmcRecords second = memory.records();

        /** Counts. */
        @Actor
        public void first() {
            first.countDropped();
        }

        /** Counts. */
        @Actor
        public void second() {
            second.countDropped();
        }

        /** Looks when both are done. */
        @Arbiter
        public void dropped(J_Result result) {
            result.r1 = memory.body.getLongVolatile(MpmcLayout.DROPPED);
        }
    }

    /** The control that must fail: the number is read after the words, and taken for one they were looked at for. */
    @JCStressTest
    @Outcome(id = {"false, false", "false, true"}, expect = Expect.ACCEPTABLE, desc = "Was not told yet, and will be.")
    @Outcome(id = "true, true", expect = Expect.ACCEPTABLE, desc = "Was told, and has seen it.")
    @Outcome(id = "true, false", expect = Expect.ACCEPTABLE_INTERESTING, desc = "Never looks again.")
    @State
    public static class WeakenedLookingFirst {
        private final StressedMpmcRing memory = new StressedMpmcRing();
        private final MpmcRecords returning = memory.records();
        private final MpmcRecords looking = memory.records();

        /** A record is in the hands of somebody. */
        public WeakenedLookingFirst() {
            memory.put(StressedMpmcRing.taken(GONE));
        }

        /** Publishes it again. */
        @Actor
        public void returner() {
            long taken = StressedMpmcRing.taken(GONE);
            returning.change(StressedMpmcRing.START, taken, ControlWord.returned(taken, StressedMpmcRing.LAP));
            returning.announceReturned();
        }

        /** Looks in the wrong order. */
        @Actor
        public void looker(ZZ_Result result) {
            result.r2 = ControlWord.state(looking.word(StressedMpmcRing.START)) == ControlWord.PUBLISHED;
            result.r1 = looking.returned() != 0;
        }
    }

    /** The control that must fail: counts by reading and then writing. */
    @JCStressTest
    @Outcome(id = "2", expect = Expect.ACCEPTABLE, desc = "Both are counted.")
    @Outcome(id = "1", expect = Expect.ACCEPTABLE_INTERESTING, desc = "One was lost.")
    @Outcome(expect = Expect.FORBIDDEN, desc = "None was counted.")
    @State
    public static class WeakenedWithoutAtomicAdd {
        private final Region counter = Region.allocate(Layout.CACHE_LINE_PAIR);

        private void count() {
            counter.putLongVolatile(0, counter.getLongVolatile(0) + 1);
        }

        /** Counts. */
        @Actor
        public void first() {
            count();
        }

        /** Counts. */
        @Actor
        public void second() {
            count();
        }

        /** Looks when both are done. */
        @Arbiter
        public void counted(J_Result result) {
            result.r1 = counter.getLongVolatile(0);
        }
    }

    /** The control for the order: word and number are written and read plainly. */
    @JCStressTest
    @Outcome(id = {"false, false", "false, true"}, expect = Expect.ACCEPTABLE, desc = "Was not told yet, and will be.")
    @Outcome(id = "true, true", expect = Expect.ACCEPTABLE, desc = "Was told, and sees it.")
    @Outcome(expect = Expect.ACCEPTABLE_INTERESTING, desc = "Was told, and sees nothing.")
    @State
    public static class WeakenedToPlain {
        private static final int NUMBER = Long.BYTES;

        private final Region words = Region.allocate(Layout.CACHE_LINE_PAIR);
        private long seen;

        /** Publishes it again. */
        @Actor
        public void returner() {
            words.putLongPlain(0, ControlWord.PUBLISHED);
            words.putLongPlain(NUMBER, 1);
        }

        /** Looks; it has looked before, as in a loop. */
        @Actor
        public void looker(ZZ_Result result) {
            seen = words.getLongPlain(0);
            result.r1 = words.getLongPlain(NUMBER) != 0;
            result.r2 = words.getLongPlain(0) != 0;
        }
    }
}
