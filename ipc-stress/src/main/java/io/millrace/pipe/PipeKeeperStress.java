package io.millrace.pipe;

import io.millrace.memory.Region;
import io.millrace.wait.RemoteFence;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/**
 * SYNC pipe-keeper: who keeps the turn to receive, and says so without a fence, is not inside with whoever wants it and
 * makes the fence for both.
 *
 * <p>In the package of the pipes, for the layout.
 */
public final class PipeKeeperStress {
    private static final int WORD = PipeLayout.RECEIVER;
    private static final int KEEPING = PipeLayout.KEEPING;

    private PipeKeeperStress() { }

    private static Region direction() {
        Region region = Region.allocate(PipeLayout.DIRECTION.length());
        region.putLongPlain(WORD, Turn.KEPT);
        return region;
    }

    private static boolean enter(Region direction) {
        direction.putLongRelease(KEEPING, Turn.RECEIVING);
        Region.acquireFence();
        return direction.getLongAcquire(WORD) == Turn.KEPT;
    }

    private static boolean isKeeperOut(Region direction) {
        return direction.getLongAcquire(KEEPING) == Turn.FREE;
    }

    /** The keeper begins a turn, and another wants it. */
    @JCStressTest
    @Outcome(id = {"true, false", "false, true", "false, false"}, expect = Expect.ACCEPTABLE,
        desc = "One is inside, or nobody for now.")
    @Outcome(expect = Expect.FORBIDDEN, desc = "Both are.")
    @State
    public static class KeeperAndAnother {
        private static final boolean REACHED = RemoteFence.byKernel().register();

        private final Region direction = direction();

        /** Keeps the turn. */
        @Actor
        public void keeper(ZZ_Result result) {
            result.r1 = enter(direction);
        }

        /** Wants it. */
        @Actor
        public void another(ZZ_Result result) {
            direction.compareAndSetLong(WORD, Turn.KEPT, Turn.WANTED);
            result.r2 = REACHED && RemoteFence.byKernel().issue() && isKeeperOut(direction);
        }
    }

    /** The control that must fail: there is no fence. */
    @JCStressTest
    @Outcome(id = {"true, false", "false, true", "false, false"}, expect = Expect.ACCEPTABLE,
        desc = "One is inside, or nobody for now.")
    @Outcome(id = "true, true", expect = Expect.ACCEPTABLE_INTERESTING, desc = "Both are.")
    @State
    public static class WeakenedWithoutFence {
        private final Region direction = direction();

        /** Keeps the turn. */
        @Actor
        public void keeper(ZZ_Result result) {
            result.r1 = enter(direction);
        }

        /** Wants it. */
        @Actor
        public void another(ZZ_Result result) {
            direction.compareAndSetLong(WORD, Turn.KEPT, Turn.WANTED);
            result.r2 = isKeeperOut(direction);
        }
    }
}
