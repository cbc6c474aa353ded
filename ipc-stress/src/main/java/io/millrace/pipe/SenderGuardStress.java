package io.millrace.pipe;

import io.millrace.memory.Region;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.IIZ_Result;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/**
 * SYNC sender-guard: the thread that sends by a handle without a lock is not inside with another that comes and asks
 * the JVM for its stack, and what one did inside the other finds.
 *
 * <p>In the package of the pipes, for the guard.
 */
public final class SenderGuardStress {
    private static final int NOT_INSIDE = -1;

    private SenderGuardStress() { }

    /** One has been inside alone, and enters again when another comes for the first time. */
    @JCStressTest
    @Outcome(id = {"0, 1, true", "1, 0, true"}, expect = Expect.ACCEPTABLE, desc = "One after the other.")
    @Outcome(id = {"-1, 0, true", "0, -1, true", "-1, -1, true"}, expect = Expect.ACCEPTABLE,
        desc = "One of them was in the way.")
    @Outcome(expect = Expect.FORBIDDEN, desc = "Both were inside, or did not see each other, or one is inside yet.")
    @State
    public static class OneInside {
        private final SenderGuard guard = new SenderGuard();
        private int passages;

        /** Has been inside before. */
        @Actor
        public void first(IIZ_Result result) {
            if (enter()) {
                guard.leave();
            }
            result.r1 = pass();
        }

        /** Comes for the first time. */
        @Actor
        public void another(IIZ_Result result) {
            result.r2 = pass();
        }

        /** Whether nobody is inside when both have left. */
        @Arbiter
        public void afterwards(IIZ_Result result) {
            result.r3 = !guard.isInside() && enter();
        }

        private boolean enter() {
            try {
                return guard.enter(0);
            } catch (InterruptedException e) {
                throw new AssertionError("a single attempt waits for nothing", e);
            }
        }

        /** How many have been inside before. */
        private int pass() {
            if (!enter()) {
                return NOT_INSIDE;
            }
            try {
                int before = passages;
                passages = before + 1;
                return before;
            } finally {
                guard.leave();
            }
        }
    }

    /** The control that must fail: nobody asks for the first one's stack. */
    @JCStressTest
    @Outcome(id = {"true, false", "false, true", "false, false"}, expect = Expect.ACCEPTABLE,
        desc = "One is inside, or nobody for now.")
    @Outcome(id = "true, true", expect = Expect.ACCEPTABLE_INTERESTING, desc = "Both are.")
    @State
    public static class WeakenedWithoutFence {
        private boolean busy;
        private volatile boolean shared;

        /** Enters as the first. */
        @Actor
        public void first(ZZ_Result result) {
            busy = true;
            Region.acquireFence();
            result.r1 = !shared;
        }

        /** Comes for the first time. */
        @Actor
        public void another(ZZ_Result result) {
            shared = true;
            result.r2 = !busy;
        }
    }
}
