package io.millrace.ring;

import io.millrace.memory.Region;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/**
 * SYNC chain-first: whoever finds that a chain begins behind a ring finds that ring ended and over.
 *
 * <p>In the package of the rings, for the words.
 */
public final class ChainFirstStress {
    private static final int NEXT = 2;

    private ChainFirstStress() { }

    /** The ring, and the anchor of the chain that it is the first of. */
    private static final class Memory {
        final StressedMpmcRing ring = new StressedMpmcRing();
        final Region anchor = Region.allocate(RingChain.anchorLength());

        Memory() {
            anchor.putIntVolatile(ChainLayout.FIRST, 1);
        }

        void end() {
            ring.records().change(StressedMpmcRing.START, 0, ControlWord.end(NEXT, StressedMpmcRing.LAP));
        }

        boolean isEnded() {
            MpmcRecords records = ring.records();
            return records.nextAt(StressedMpmcRing.START, records.word(StressedMpmcRing.START)) == NEXT;
        }
    }

    /** One ends a ring and moves the chain on; one looks where it begins, then at the ring. */
    @JCStressTest
    @Outcome(id = {"false, false", "false, true"}, expect = Expect.ACCEPTABLE, desc = "The chain still begins there.")
    @Outcome(id = "true, true", expect = Expect.ACCEPTABLE, desc = "The chain begins behind a ring that is ended.")
    @Outcome(expect = Expect.FORBIDDEN, desc = "The chain begins behind a ring that is not ended.")
    @State
    public static class EndBeforeFirst {
        private final Memory memory = new Memory();

        /** Ends the ring, and moves the chain on. */
        @Actor
        public void retirer() {
            memory.end();
            memory.anchor.compareAndSetInt(ChainLayout.FIRST, 1, NEXT);
        }

        /** Looks. */
        @Actor
        public void looker(ZZ_Result result) {
            result.r1 = memory.anchor.getIntVolatile(ChainLayout.FIRST) == NEXT;
            result.r2 = memory.isEnded();
        }
    }

    /** The same where the chain is moved on by a plain store, and looked at by a plain load. */
    @JCStressTest
    @Outcome(id = {"false, false", "false, true", "true, true"}, expect = Expect.ACCEPTABLE, desc = "As it should be.")
    @Outcome(expect = Expect.ACCEPTABLE_INTERESTING, desc = "The chain begins behind a ring that is not ended.")
    @State
    public static class WeakenedWithoutOrder {
        private final Memory memory = new Memory();

        /** Ends the ring, and moves the chain on. */
        @Actor
        public void retirer() {
            memory.end();
            memory.anchor.putIntPlain(ChainLayout.FIRST, NEXT);
        }

        /** Looks. */
        @Actor
        public void looker(ZZ_Result result) {
            result.r1 = memory.anchor.getIntPlain(ChainLayout.FIRST) == NEXT;
            result.r2 = memory.isEnded();
        }
    }
}
