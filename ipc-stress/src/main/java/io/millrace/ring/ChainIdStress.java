package io.millrace.ring;

import io.millrace.memory.Region;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * SYNC chain-id: no two rings of a chain are made under one id.
 *
 * <p>In the package of the rings, for the fields.
 */
public final class ChainIdStress {
    private ChainIdStress() { }

    private static Region anchor() {
        Region anchor = Region.allocate(RingChain.anchorLength());
        anchor.putIntVolatile(ChainLayout.LAST_ID, 1);
        return anchor;
    }

    private static int handOut(Region anchor) {
        return anchor.getAndAddInt(ChainLayout.LAST_ID, 1) + 1;
    }

    /** One is handed an id and takes it back; one is handed an id and keeps it. */
    @JCStressTest
    @Outcome(id = {"2, 2", "2, 3", "3, 2"}, expect = Expect.ACCEPTABLE, desc = "2, 2: the first was taken back before.")
    @Outcome(expect = Expect.FORBIDDEN, desc = "An id that was never next.")
    @State
    public static class TakenBack {
        private final Region anchor = anchor();

        /** Could not make its ring. */
        @Actor
        public void inVain(II_Result result) {
            result.r1 = handOut(anchor);
            anchor.compareAndSetInt(ChainLayout.LAST_ID, result.r1, result.r1 - 1);
        }

        /** Makes its ring. */
        @Actor
        public void maker(II_Result result) {
            result.r2 = handOut(anchor);
        }
    }

    /** Two are handed an id. */
    @JCStressTest
    @Outcome(id = {"2, 3", "3, 2"}, expect = Expect.ACCEPTABLE, desc = "Each has another.")
    @Outcome(expect = Expect.FORBIDDEN, desc = "Both have one.")
    @State
    public static class HandedOutTwice {
        private final Region anchor = anchor();

        /** Makes its ring. */
        @Actor
        public void maker(II_Result result) {
            result.r1 = handOut(anchor);
        }

        /** Makes its ring. */
        @Actor
        public void other(II_Result result) {
            result.r2 = handOut(anchor);
        }
    }

    /** The same with a load and a store. */
    @JCStressTest
    @Outcome(id = {"2, 3", "3, 2"}, expect = Expect.ACCEPTABLE, desc = "Each has another.")
    @Outcome(expect = Expect.ACCEPTABLE_INTERESTING, desc = "Both have one.")
    @State
    public static class WeakenedWithoutAtomicAdd {
        private final Region anchor = anchor();

        private int handOutInSteps() {
            int id = anchor.getIntVolatile(ChainLayout.LAST_ID) + 1;
            anchor.putIntVolatile(ChainLayout.LAST_ID, id);
            return id;
        }

        /** Makes its ring. */
        @Actor
        public void maker(II_Result result) {
            result.r1 = handOutInSteps();
        }

        /** Makes its ring. */
        @Actor
        public void other(II_Result result) {
            result.r2 = handOutInSteps();
        }
    }
}
