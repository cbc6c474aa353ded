package io.millrace.atomic;

import io.millrace.memory.Region;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * SYNC cells-label: one label has one slot, two labels have two, and a slot has one type.
 *
 * <p>In the package of the cells, for the labels.
 */
public final class CellsLabelStress {
    private static final int SLOTS = 2;
    private static final long[] A = LabelTable.words("requests.a");
    private static final long[] B = LabelTable.words("requests.b");

    private CellsLabelStress() { }

    private static LabelTable labels() {
        return new LabelTable(Region.allocate((int) LabelLayout.length(SLOTS)), SLOTS);
    }

    /** Two want one label. */
    @JCStressTest
    @Outcome(id = "0, 0", expect = Expect.ACCEPTABLE, desc = "One slot.")
    @Outcome(expect = Expect.FORBIDDEN, desc = "Two slots.")
    @State
    public static class OneLabel {
        private final LabelTable labels = labels();

        /** One. */
        @Actor
        public void one(II_Result result) {
            result.r1 = labels.findOrAdd(A);
        }

        /** The other. */
        @Actor
        public void other(II_Result result) {
            result.r2 = labels.findOrAdd(A);
        }
    }

    /** Two want two labels that begin with the same word. */
    @JCStressTest
    @Outcome(id = {"0, 1", "1, 0"}, expect = Expect.ACCEPTABLE, desc = "Two slots.")
    @Outcome(expect = Expect.FORBIDDEN, desc = "One slot for both, or none for one.")
    @State
    public static class TwoLabels {
        private final LabelTable labels = labels();

        /** One. */
        @Actor
        public void one(II_Result result) {
            result.r1 = labels.findOrAdd(A);
        }

        /** The other. */
        @Actor
        public void other(II_Result result) {
            result.r2 = labels.findOrAdd(B);
        }
    }

    /** The same with a load and a store of the first word. */
    @JCStressTest
    @Outcome(id = {"0, 1", "1, 0"}, expect = Expect.ACCEPTABLE, desc = "Two slots.")
    @Outcome(expect = Expect.ACCEPTABLE_INTERESTING, desc = "One slot for both.")
    @State
    public static class WeakenedWithoutCas {
        private final Region region = Region.allocate(SLOTS * Long.BYTES);

        private int take(long word) {
            for (int slot = 0; slot < SLOTS; slot++) {
                if (region.getLongVolatile(slot * Long.BYTES) == 0) {
                    region.putLongVolatile(slot * Long.BYTES, word);
                    return slot;
                }
            }
            return -1;
        }

        /** One. */
        @Actor
        public void one(II_Result result) {
            result.r1 = take(1);
        }

        /** The other. */
        @Actor
        public void other(II_Result result) {
            result.r2 = take(2);
        }
    }

    /** Two want two types for one slot. */
    @JCStressTest
    @Outcome(id = {"0, 0", "1, 1"}, expect = Expect.ACCEPTABLE, desc = "One type.")
    @Outcome(expect = Expect.FORBIDDEN, desc = "Two types.")
    @State
    public static class OneType {
        private final LabelTable labels = labels();

        /** One. */
        @Actor
        public void one(II_Result result) {
            result.r1 = labels.makeTyped(0, CellType.LONG).ordinal();
        }

        /** The other. */
        @Actor
        public void other(II_Result result) {
            result.r2 = labels.makeTyped(0, CellType.INT).ordinal();
        }
    }
}
