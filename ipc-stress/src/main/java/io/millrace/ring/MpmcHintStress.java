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
 * SYNC mpmc-hint: whoever sees a hint behind a record sees the record's control word, whoever moves a hint over a word
 * has read it before, and a hint moves over a record once.
 *
 * <p>In the package of the rings, because from outside no hint is to be had without the moves that follow its look.
 */
public final class MpmcHintStress {
    private MpmcHintStress() { }

    /** One claims a record and moves the tail over it; one looks at the tail, then at the word. */
    @JCStressTest
    @Outcome(id = {"false, false", "false, true"}, expect = Expect.ACCEPTABLE, desc = "The tail was not moved yet.")
    @Outcome(id = "true, true", expect = Expect.ACCEPTABLE, desc = "The tail and the word before it.")
    @Outcome(expect = Expect.FORBIDDEN, desc = "The tail behind a word that is not there.")
    @State
    public static class WordBeforeHint {
        private final StressedMpmcRing memory = new StressedMpmcRing();
        private final MpmcRecords claiming = memory.records();
        private final MpmcRecords looking = memory.records();

        /** Claims, and moves the tail. */
        @Actor
        public void claimer() {
            long word = ControlWord.padding(StressedMpmcRing.LAP, 1);
            claiming.change(StressedMpmcRing.START, 0, word);
            claiming.move(MpmcLayout.TAIL, StressedMpmcRing.START, StressedMpmcRing.START + 1);
        }

        /** Looks. */
        @Actor
        public void looker(ZZ_Result result) {
            result.r1 = looking.hint(MpmcLayout.TAIL) != StressedMpmcRing.START;
            result.r2 = ControlWord.isOfLap(looking.word(StressedMpmcRing.START), StressedMpmcRing.LAP);
        }
    }

    /** One gives the space of a record back that is done; one claims that space for the next lap. */
    @JCStressTest
    @Outcome(id = {"true, false", "true, true"}, expect = Expect.ACCEPTABLE, desc = "Read the word of its lap.")
    @Outcome(expect = Expect.FORBIDDEN, desc = "Read a word of the lap that its own move made possible.")
    @State
    public static class LoadsBeforeHint {
        private final StressedMpmcRing memory = new StressedMpmcRing();
        private final MpmcRecords reclaiming = memory.records();
        private final MpmcRecords claiming = memory.records();

        /** There is a record that is done. */
        public LoadsBeforeHint() {
            memory.put(StressedMpmcRing.done());
        }

        /** Gives back. */
        @Actor
        public void reclaimer(ZZ_Result result) {
            long word = reclaiming.word(StressedMpmcRing.START);
            result.r1 = word == StressedMpmcRing.done();
            reclaiming.move(MpmcLayout.RECLAIMED, StressedMpmcRing.START, StressedMpmcRing.START + 1);
        }

        /** Claims, as soon as the space is free. */
        @Actor
        public void claimer(ZZ_Result result) {
            if (claiming.hint(MpmcLayout.RECLAIMED) != StressedMpmcRing.START) {
                result.r2 = claiming.change(StressedMpmcRing.START, StressedMpmcRing.done(),
                    ControlWord.claimed(1, StressedMpmcRing.LAP + 1, 1, 1));
            }
        }
    }

    /** Two who know one record move the tail over it, one of them over the next one as well. */
    @JCStressTest
    @Outcome(id = "2", expect = Expect.ACCEPTABLE, desc = "Moved over both.")
    @Outcome(expect = Expect.FORBIDDEN, desc = "Moved twice over one, or back.")
    @State
    public static class TwoHelpers {
        private final StressedMpmcRing memory = new StressedMpmcRing();
        private final MpmcRecords late = memory.records();
        private final MpmcRecords eager = memory.records();

        /** Moves over the first. */
        @Actor
        public void late() {
            late.move(MpmcLayout.TAIL, StressedMpmcRing.START, StressedMpmcRing.START + 1);
        }

        /** Moves over both. */
        @Actor
        public void eager() {
            eager.move(MpmcLayout.TAIL, StressedMpmcRing.START, StressedMpmcRing.START + 1);
            eager.move(MpmcLayout.TAIL, StressedMpmcRing.START + 1, StressedMpmcRing.START + 2);
        }

        /** Looks when both are done. */
        @Arbiter
        public void tail(J_Result result) {
            result.r1 = memory.body.getLongVolatile(MpmcLayout.TAIL) - StressedMpmcRing.START;
        }
    }

    /** The control that must fail: moves the hint by looking and then writing, without a CAS. */
    @JCStressTest
    @Outcome(id = "2", expect = Expect.ACCEPTABLE, desc = "Moved over both.")
    @Outcome(id = "1", expect = Expect.ACCEPTABLE_INTERESTING, desc = "Moved back.")
    @Outcome(expect = Expect.FORBIDDEN, desc = "Not moved.")
    @State
    public static class WeakenedWithoutCas {
        private final Region hint = Region.allocate(Layout.CACHE_LINE_PAIR);

        private void help(long from) {
            if (hint.getLongAcquire(0) == from) {
                hint.putLongVolatile(0, from + 1);
            }
        }

        /** Moves over the first. */
        @Actor
        public void late() {
            help(0);
        }

        /** Moves over both. */
        @Actor
        public void eager() {
            help(0);
            help(1);
        }

        /** Looks when both are done. */
        @Arbiter
        public void look(J_Result result) {
            result.r1 = hint.getLongVolatile(0);
        }
    }

    /** The control for the order: word and hint are written and read plainly. */
    @JCStressTest
    @Outcome(id = {"false, false", "false, true"}, expect = Expect.ACCEPTABLE, desc = "The tail was not moved yet.")
    @Outcome(id = "true, true", expect = Expect.ACCEPTABLE, desc = "The tail and the word before it.")
    @Outcome(expect = Expect.ACCEPTABLE_INTERESTING, desc = "The tail behind a word that is not there.")
    @State
    public static class WeakenedToPlain {
        private static final int HINT = Long.BYTES;

        private final Region words = Region.allocate(Layout.CACHE_LINE_PAIR);
        private long seen;

        /** Claims, and moves the tail. */
        @Actor
        public void claimer() {
            words.putLongPlain(0, ControlWord.CLAIMED);
            words.putLongPlain(HINT, 1);
        }

        /** Looks; it has looked before, as in a loop. */
        @Actor
        public void looker(ZZ_Result result) {
            seen = words.getLongPlain(0);
            result.r1 = words.getLongPlain(HINT) != 0;
            result.r2 = words.getLongPlain(0) != 0;
        }
    }
}
