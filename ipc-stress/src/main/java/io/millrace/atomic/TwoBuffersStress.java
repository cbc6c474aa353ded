package io.millrace.atomic;

import io.millrace.memory.Region;
import io.millrace.ring.Owner;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;
import org.openjdk.jcstress.infra.results.Z_Result;

/**
 * SYNC two-buffers: a value of several words is read whole, and of two writers one has the claim.
 *
 * <p>In the package of the cells, for the buffers.
 */
public final class TwoBuffersStress {
    private static final int LENGTH = 512;

    private TwoBuffersStress() { }

    private static Region body() {
        return Region.allocate((int) StructLayout.length(LENGTH));
    }

    private static boolean isWhole(byte[] value) {
        for (byte each : value) {
            if (each != value[0]) {
                return false;
            }
        }
        return true;
    }

    private static byte[] value(int number) {
        byte[] value = new byte[LENGTH];
        java.util.Arrays.fill(value, (byte) number);
        return value;
    }

    /** One writes several values, one reads. */
    @JCStressTest
    @Outcome(id = "true", expect = Expect.ACCEPTABLE, desc = "Whole.")
    @Outcome(expect = Expect.FORBIDDEN, desc = "Torn.")
    @State
    public static class WrittenAndRead {
        private final TwoBuffers buffers = new TwoBuffers(body(), LENGTH);

        /** Writes. */
        @Actor
        public void writer() {
            for (int i = 1; i < 4; i++) {
                long claimed = buffers.tryClaim(Owner.of(1));
                buffers.fill(claimed, value(i));
                buffers.publish(claimed);
            }
        }

        /** Reads. */
        @Actor
        public void reader(Z_Result result) {
            byte[] value = new byte[LENGTH];
            buffers.read(value);
            result.r1 = isWhole(value);
        }
    }

    /** The same with one buffer. */
    @JCStressTest
    @Outcome(id = "true", expect = Expect.ACCEPTABLE, desc = "Whole.")
    @Outcome(expect = Expect.ACCEPTABLE_INTERESTING, desc = "Torn.")
    @State
    public static class WeakenedInPlace {
        private final Region body = body();

        /** Writes. */
        @Actor
        public void writer() {
            for (int i = 1; i < 4; i++) {
                body.putBytes(0, value(i), 0, LENGTH);
            }
        }

        /** Reads. */
        @Actor
        public void reader(Z_Result result) {
            byte[] value = new byte[LENGTH];
            body.getBytes(0, value, 0, LENGTH);
            result.r1 = isWhole(value);
        }
    }

    /** Two claim. */
    @JCStressTest
    @Outcome(id = {"true, false", "false, true"}, expect = Expect.ACCEPTABLE, desc = "One has it.")
    @Outcome(expect = Expect.FORBIDDEN, desc = "Both have it, or nobody.")
    @State
    public static class ClaimedTwice {
        private final TwoBuffers buffers = new TwoBuffers(body(), LENGTH);

        /** One. */
        @Actor
        public void one(ZZ_Result result) {
            result.r1 = buffers.tryClaim(Owner.of(1)) != TwoBuffers.NONE;
        }

        /** The other. */
        @Actor
        public void other(ZZ_Result result) {
            result.r2 = buffers.tryClaim(Owner.of(2)) != TwoBuffers.NONE;
        }
    }
}
