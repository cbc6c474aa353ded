package io.millrace.pipe;

import io.millrace.memory.Region;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.JJ_Result;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/**
 * SYNC pipe-turn: of two who want the turn to receive one gets it, and finds all that the last one did.
 *
 * <p>In the package of the pipes, for the layout.
 */
public final class PipeTurnStress {
    private static final int WORD = PipeLayout.RECEIVER;
    private static final int FIRST_LANE = 0;
    private static final int SECOND_LANE = Long.BYTES;
    private static final long FREE_OF_FIRST = 8;
    private static final long TURN_OF_FIRST = 9;
    private static final long TURN_OF_SECOND = 17;

    private PipeTurnStress() { }

    private static Region direction(long word) {
        Region region = Region.allocate(PipeLayout.DIRECTION.length());
        region.putLongPlain(WORD, word);
        return region;
    }

    /** Two want a turn that is free. */
    @JCStressTest
    @Outcome(id = {"true, false", "false, true"}, expect = Expect.ACCEPTABLE, desc = "One gets it.")
    @Outcome(expect = Expect.FORBIDDEN, desc = "Both receive, or nobody.")
    @State
    public static class TwoReceivers {
        private final Region direction = direction(FREE_OF_FIRST);

        /** Wants to receive. */
        @Actor
        public void first(ZZ_Result result) {
            result.r1 = direction.compareAndSetLong(WORD, FREE_OF_FIRST, TURN_OF_FIRST);
        }

        /** Wants to receive. */
        @Actor
        public void second(ZZ_Result result) {
            result.r2 = direction.compareAndSetLong(WORD, FREE_OF_FIRST, TURN_OF_SECOND);
        }
    }

    /** The control that must fail: they look and then write. */
    @JCStressTest
    @Outcome(id = {"true, false", "false, true"}, expect = Expect.ACCEPTABLE, desc = "One gets it.")
    @Outcome(id = "true, true", expect = Expect.ACCEPTABLE_INTERESTING, desc = "Both receive.")
    @Outcome(expect = Expect.FORBIDDEN, desc = "Nobody receives.")
    @State
    public static class WeakenedWithoutCas {
        private final Region direction = direction(FREE_OF_FIRST);

        private boolean takes(long turn) {
            if (direction.getLongVolatile(WORD) != FREE_OF_FIRST) {
                return false;
            }
            direction.putLongVolatile(WORD, turn);
            return true;
        }

        /** Wants to receive. */
        @Actor
        public void first(ZZ_Result result) {
            result.r1 = takes(TURN_OF_FIRST);
        }

        /** Wants to receive. */
        @Actor
        public void second(ZZ_Result result) {
            result.r2 = takes(TURN_OF_SECOND);
        }
    }

    /** One reads a lane, moves another on and ends his turn; the next one does the opposite. */
    @JCStressTest
    @Outcome(id = "0, 0", expect = Expect.ACCEPTABLE, desc = "It was not his turn yet.")
    @Outcome(id = "0, 1", expect = Expect.ACCEPTABLE, desc = "One after the other.")
    @Outcome(expect = Expect.FORBIDDEN, desc = "The two overlapped.")
    @State
    public static class OneAfterTheOther {
        private final Region direction = direction(TURN_OF_FIRST);

        /** Ends his turn. */
        @Actor
        public void first(JJ_Result result) {
            result.r1 = direction.getLongPlain(FIRST_LANE);
            direction.putLongPlain(SECOND_LANE, 1);
            direction.putLongRelease(WORD, FREE_OF_FIRST);
        }

        /** Takes the next one. */
        @Actor
        public void second(JJ_Result result) {
            long seen = direction.getLongVolatile(WORD);
            if (seen == FREE_OF_FIRST && direction.compareAndSetLong(WORD, seen, TURN_OF_SECOND)) {
                result.r2 = direction.getLongPlain(SECOND_LANE);
                direction.putLongPlain(FIRST_LANE, 2);
            }
        }
    }

    /** The control for the order: the turn is ended plainly, and looked at plainly. */
    @JCStressTest
    @Outcome(id = {"0, 0", "0, 1"}, expect = Expect.ACCEPTABLE, desc = "As it should be.")
    @Outcome(expect = Expect.ACCEPTABLE_INTERESTING, desc = "The two overlapped.")
    @State
    public static class WeakenedToPlain {
        private final Region direction = direction(TURN_OF_FIRST);

        /** Ends his turn. */
        @Actor
        public void first(JJ_Result result) {
            result.r1 = direction.getLongPlain(FIRST_LANE);
            direction.putLongPlain(SECOND_LANE, 1);
            direction.putLongPlain(WORD, FREE_OF_FIRST);
        }

        /** Takes the next one. */
        @Actor
        public void second(JJ_Result result) {
            if (direction.getLongPlain(WORD) == FREE_OF_FIRST) {
                direction.putLongPlain(WORD, TURN_OF_SECOND);
                result.r2 = direction.getLongPlain(SECOND_LANE);
                direction.putLongPlain(FIRST_LANE, 2);
            }
        }
    }
}
