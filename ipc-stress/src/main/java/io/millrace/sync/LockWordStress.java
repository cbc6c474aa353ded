package io.millrace.sync;

import io.millrace.memory.Region;
import io.millrace.ring.Owner;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.JJ_Result;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/**
 * SYNC lock-word: of those who want the lock one gets it, and finds all that the last holder did.
 *
 * <p>In the package of the lock, for its word.
 */
public final class LockWordStress {
    private static final long FIRST = LockWord.nameOf(1, 5);
    private static final long SECOND = LockWord.nameOf(2, 5);
    private static final int LENGTH = LockLayout.LAYOUT.length();
    private static final int ONE = LENGTH;
    private static final int OTHER = LENGTH + Long.BYTES;

    private LockWordStress() { }

    private static Region memory() {
        return Region.allocate(LENGTH + 2 * Long.BYTES);
    }

    private static LockWord word(Region memory) {
        return new LockWord(memory.slice(0, LENGTH));
    }

    /** Two want it. */
    @JCStressTest
    @Outcome(id = {"true, false", "false, true"}, expect = Expect.ACCEPTABLE, desc = "One has it.")
    @Outcome(expect = Expect.FORBIDDEN, desc = "Both have it, or nobody.")
    @State
    public static class TakenTwice {
        private final LockWord word = word(memory());

        /** Takes. */
        @Actor
        public void first(ZZ_Result result) {
            result.r1 = word.tryTake(FIRST);
        }

        /** Takes. */
        @Actor
        public void second(ZZ_Result result) {
            result.r2 = word.tryTake(SECOND);
        }
    }

    /** The control that must fail: they look and then write. */
    @JCStressTest
    @Outcome(id = {"true, false", "false, true"}, expect = Expect.ACCEPTABLE, desc = "One has it.")
    @Outcome(id = "true, true", expect = Expect.ACCEPTABLE_INTERESTING, desc = "Both have it.")
    @Outcome(expect = Expect.FORBIDDEN, desc = "Nobody has it.")
    @State
    public static class WeakenedWithoutCas {
        private final Region memory = memory();

        private boolean takes(long name) {
            if (memory.getLongVolatile(LockLayout.HOLDER) != 0) {
                return false;
            }
            memory.putLongVolatile(LockLayout.HOLDER, name);
            return true;
        }

        /** Takes. */
        @Actor
        public void first(ZZ_Result result) {
            result.r1 = takes(FIRST);
        }

        /** Takes. */
        @Actor
        public void second(ZZ_Result result) {
            result.r2 = takes(SECOND);
        }
    }

    /** Two repair for one who is dead, and take: the one who does not get the lock finds it held by the other. */
    @JCStressTest
    @Outcome(id = {"true, false", "false, true"}, expect = Expect.ACCEPTABLE, desc = "One has it.")
    @Outcome(expect = Expect.FORBIDDEN, desc = "Both have it, or nobody.")
    @State
    public static class RepairedTwice {
        private final LockWord word = word(memory());

        /** Held by a dead one. */
        public RepairedTwice() {
            word.tryTake(LockWord.nameOf(7, 5));
        }

        private boolean repairAndTake(int owner) {
            word.repair(new Owner(owner, id -> id == 7));
            return word.tryTake(LockWord.nameOf(owner, 5));
        }

        /** Repairs. */
        @Actor
        public void first(ZZ_Result result) {
            result.r1 = repairAndTake(1);
        }

        /** Repairs. */
        @Actor
        public void second(ZZ_Result result) {
            result.r2 = repairAndTake(2);
        }
    }

    /** One reads a number, writes another and releases; the next one takes and does the opposite. */
    @JCStressTest
    @Outcome(id = "0, 0", expect = Expect.ACCEPTABLE, desc = "It was not free yet.")
    @Outcome(id = "0, 1", expect = Expect.ACCEPTABLE, desc = "One after the other.")
    @Outcome(expect = Expect.FORBIDDEN, desc = "The two overlapped.")
    @State
    public static class OneAfterTheOther {
        private final Region memory = memory();
        private final LockWord word = word(memory);

        /** Held. */
        public OneAfterTheOther() {
            word.tryTake(FIRST);
        }

        /** Releases. */
        @Actor
        public void first(JJ_Result result) {
            result.r1 = memory.getLongPlain(ONE);
            memory.putLongPlain(OTHER, 1);
            word.release(FIRST);
        }

        /** Takes. */
        @Actor
        public void second(JJ_Result result) {
            if (word.tryTake(SECOND)) {
                result.r2 = memory.getLongPlain(OTHER);
                memory.putLongPlain(ONE, 2);
            }
        }
    }

    /** The control for the order: released plainly, and looked at plainly. */
    @JCStressTest
    @Outcome(id = {"0, 0", "0, 1"}, expect = Expect.ACCEPTABLE, desc = "As it should be.")
    @Outcome(expect = Expect.ACCEPTABLE_INTERESTING, desc = "The two overlapped.")
    @State
    public static class WeakenedToPlain {
        private final Region memory = memory();

        /** Held. */
        public WeakenedToPlain() {
            memory.putLongPlain(LockLayout.HOLDER, FIRST);
        }

        /** Releases. */
        @Actor
        public void first(JJ_Result result) {
            result.r1 = memory.getLongPlain(ONE);
            memory.putLongPlain(OTHER, 1);
            memory.putLongPlain(LockLayout.HOLDER, 0);
        }

        /** Takes. */
        @Actor
        public void second(JJ_Result result) {
            if (memory.getLongPlain(LockLayout.HOLDER) == 0) {
                memory.putLongPlain(LockLayout.HOLDER, SECOND);
                result.r2 = memory.getLongPlain(OTHER);
                memory.putLongPlain(ONE, 2);
            }
        }
    }
}
