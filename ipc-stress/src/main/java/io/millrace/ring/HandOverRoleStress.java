package io.millrace.ring;

import io.millrace.format.Layout;
import io.millrace.memory.Region;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.JJ_Result;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/**
 * SYNC hand-over-role: of two claimers one wins, and a successor's accesses come after its predecessor's.
 *
 * <p>In the package of the rings, because {@link SpscRing} lets one thread at a time claim through one
 * handle, and here two must do so at once, as two processes would.
 */
public final class HandOverRoleStress {
    private static final int DEAD_ID = 3;

    private HandOverRoleStress() { }

    private static boolean claims(Region body, Owner owner) {
        try {
            Role.PRODUCER.claim(body, owner);
            return true;
        } catch (RoleTakenException e) {
            return false;
        }
    }

    /** Two claim a role that nobody has. */
    @JCStressTest
    @Outcome(id = {"true, false", "false, true"}, expect = Expect.ACCEPTABLE, desc = "One wins.")
    @Outcome(expect = Expect.FORBIDDEN, desc = "Both have the role, or nobody.")
    @State
    public static class TwoClaimers {
        private final Region body = Region.allocate(SpscLayout.DATA);

        /** Claims. */
        @Actor
        public void first(ZZ_Result result) {
            result.r1 = claims(body, Owner.of(1));
        }

        /** Claims. */
        @Actor
        public void second(ZZ_Result result) {
            result.r2 = claims(body, Owner.of(2));
        }
    }

    /** Two claim the role of a dead owner. */
    @JCStressTest
    @Outcome(id = {"true, false", "false, true"}, expect = Expect.ACCEPTABLE, desc = "One inherits.")
    @Outcome(expect = Expect.FORBIDDEN, desc = "Both have the role, or nobody.")
    @State
    public static class TwoHeirs {
        private final Region body = Region.allocate(SpscLayout.DATA);

        /** The role is a dead owner's. */
        public TwoHeirs() {
            Role.PRODUCER.claim(body, Owner.of(DEAD_ID));
        }

        /** Claims. */
        @Actor
        public void first(ZZ_Result result) {
            result.r1 = claims(body, new Owner(1, id -> id == DEAD_ID));
        }

        /** Claims. */
        @Actor
        public void second(ZZ_Result result) {
            result.r2 = claims(body, new Owner(2, id -> id == DEAD_ID));
        }
    }

    /** The holder reads one word, writes another and gives the role back; the next one does the opposite. */
    @JCStressTest
    @Outcome(id = "0, 0", expect = Expect.ACCEPTABLE, desc = "The role was still taken.")
    @Outcome(id = "0, 1", expect = Expect.ACCEPTABLE, desc = "Handed over.")
    @Outcome(expect = Expect.FORBIDDEN, desc = "The two overlapped.")
    @State
    public static class HolderAndSuccessor {
        private static final int READ_FIRST = SpscLayout.CONSUMED;
        private static final int WRITTEN_FIRST = SpscLayout.CONSUMED + Long.BYTES;

        private final Region body = Region.allocate(SpscLayout.DATA);

        /** The role is the first one's. */
        public HolderAndSuccessor() {
            Role.PRODUCER.claim(body, Owner.of(1));
        }

        /** Ends its work. */
        @Actor
        public void holder(JJ_Result result) {
            result.r1 = body.getLongPlain(READ_FIRST);
            body.putLongPlain(WRITTEN_FIRST, 1);
            Role.PRODUCER.release(body, 1);
        }

        /** Begins its work. */
        @Actor
        public void successor(JJ_Result result) {
            if (claims(body, Owner.of(2))) {
                result.r2 = body.getLongPlain(WRITTEN_FIRST);
                body.putLongPlain(READ_FIRST, 2);
            } else {
                result.r2 = 0;
            }
        }
    }

    /** The control that must fail: claims by looking and then writing, without a CAS. */
    @JCStressTest
    @Outcome(id = {"true, false", "false, true"}, expect = Expect.ACCEPTABLE, desc = "One wins.")
    @Outcome(id = "true, true", expect = Expect.ACCEPTABLE_INTERESTING, desc = "Both have the role.")
    @Outcome(expect = Expect.FORBIDDEN, desc = "Nobody has the role.")
    @State
    public static class WeakenedWithoutCas {
        private final Region body = Region.allocate(Layout.CACHE_LINE_PAIR);

        private boolean claims(int ownerId) {
            if (body.getIntVolatile(0) != 0) {
                return false;
            }
            body.putIntVolatile(0, ownerId);
            return true;
        }

        /** Claims. */
        @Actor
        public void first(ZZ_Result result) {
            result.r1 = claims(1);
        }

        /** Claims. */
        @Actor
        public void second(ZZ_Result result) {
            result.r2 = claims(2);
        }
    }

    /** The control for the order: the role is given back plainly, and taken after a plain look. */
    @JCStressTest
    @Outcome(id = "0, 0", expect = Expect.ACCEPTABLE, desc = "The role was still taken.")
    @Outcome(id = "0, 1", expect = Expect.ACCEPTABLE, desc = "Handed over.")
    @Outcome(expect = Expect.ACCEPTABLE_INTERESTING, desc = "The two overlapped.")
    @State
    public static class WeakenedToPlain {
        private static final int ROLE = 0;
        private static final int READ_FIRST = Long.BYTES;
        private static final int WRITTEN_FIRST = 2 * Long.BYTES;

        private final Region body = Region.allocate(Layout.CACHE_LINE_PAIR);

        /** The role is the first one's. */
        public WeakenedToPlain() {
            body.putIntPlain(ROLE, 1);
        }

        /** Ends its work. */
        @Actor
        public void holder(JJ_Result result) {
            result.r1 = body.getLongPlain(READ_FIRST);
            body.putLongPlain(WRITTEN_FIRST, 1);
            body.putIntPlain(ROLE, 0);
        }

        /** Begins its work. */
        @Actor
        public void successor(JJ_Result result) {
            if (body.getIntPlain(ROLE) == 0) {
                body.putIntPlain(ROLE, 2);
                result.r2 = body.getLongPlain(WRITTEN_FIRST);
                body.putLongPlain(READ_FIRST, 2);
            }
        }
    }
}
