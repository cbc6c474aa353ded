package io.millrace.pipe;

import io.millrace.memory.Region;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/**
 * SYNC pipe-lanes: whoever finds the bit of a lane finds the lane, and of two who announce theirs nobody is forgotten.
 *
 * <p>In the package of the pipes, for the layout.
 */
public final class PipeLanesStress {
    private static final int WORD = PipeLayout.LANES_THERE;
    private static final int LANE = 0;

    private PipeLanesStress() { }

    private static Region direction() {
        return Region.allocate(PipeLayout.DIRECTION.length());
    }

    private static void announce(Region direction, long bit) {
        long seen;
        do {
            seen = direction.getLongAcquire(WORD);
        } while (!direction.compareAndSetLong(WORD, seen, seen | bit));
    }

    /** Two announce a lane each. */
    @JCStressTest
    @Outcome(id = "true, true", expect = Expect.ACCEPTABLE, desc = "Both are there.")
    @Outcome(expect = Expect.FORBIDDEN, desc = "One is forgotten.")
    @State
    public static class TwoLanes {
        private final Region direction = direction();

        /** Announces. */
        @Actor
        public void first() {
            announce(direction, 1);
        }

        /** Announces. */
        @Actor
        public void second() {
            announce(direction, 2);
        }

        /** Looks. */
        @Arbiter
        public void receiver(ZZ_Result result) {
            long there = direction.getLongAcquire(WORD);
            result.r1 = (there & 1) != 0;
            result.r2 = (there & 2) != 0;
        }
    }

    /** The control that must fail: they look and then write. */
    @JCStressTest
    @Outcome(id = "true, true", expect = Expect.ACCEPTABLE, desc = "Both are there.")
    @Outcome(id = {"true, false", "false, true"}, expect = Expect.ACCEPTABLE_INTERESTING, desc = "One is forgotten.")
    @Outcome(expect = Expect.FORBIDDEN, desc = "Both are forgotten.")
    @State
    public static class WeakenedWithoutCas {
        private final Region direction = direction();

        /** Announces. */
        @Actor
        public void first() {
            direction.putLongVolatile(WORD, direction.getLongVolatile(WORD) | 1);
        }

        /** Announces. */
        @Actor
        public void second() {
            direction.putLongVolatile(WORD, direction.getLongVolatile(WORD) | 2);
        }

        /** Looks. */
        @Arbiter
        public void receiver(ZZ_Result result) {
            long there = direction.getLongAcquire(WORD);
            result.r1 = (there & 1) != 0;
            result.r2 = (there & 2) != 0;
        }
    }

    /** One makes a lane and announces it; one looks for it. */
    @JCStressTest
    @Outcome(id = {"false, false", "false, true"}, expect = Expect.ACCEPTABLE, desc = "Not announced yet.")
    @Outcome(id = "true, true", expect = Expect.ACCEPTABLE, desc = "Announced, and there.")
    @Outcome(expect = Expect.FORBIDDEN, desc = "Announced, and not there.")
    @State
    public static class LaneBeforeBit {
        private final Region direction = direction();

        /** Makes the lane. */
        @Actor
        public void sender() {
            direction.putLongPlain(LANE, 1);
            announce(direction, 1);
        }

        /** Looks. */
        @Actor
        public void receiver(ZZ_Result result) {
            result.r1 = direction.getLongAcquire(WORD) != 0;
            result.r2 = direction.getLongPlain(LANE) != 0;
        }
    }

    /** The same with plain accesses. */
    @JCStressTest
    @Outcome(id = {"false, false", "false, true", "true, true"}, expect = Expect.ACCEPTABLE, desc = "As it should be.")
    @Outcome(expect = Expect.ACCEPTABLE_INTERESTING, desc = "Announced, and not there.")
    @State
    public static class WeakenedToPlain {
        private final Region direction = direction();

        /** Makes the lane. */
        @Actor
        public void sender() {
            direction.putLongPlain(LANE, 1);
            direction.putLongPlain(WORD, 1);
        }

        /** Looks. */
        @Actor
        public void receiver(ZZ_Result result) {
            result.r1 = direction.getLongPlain(WORD) != 0;
            result.r2 = direction.getLongPlain(LANE) != 0;
        }
    }
}
