package io.millrace.atomic;

import io.millrace.memory.Region;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.I_Result;

/**
 * SYNC cell-value: a value is seen with what it tells of, all volatile accesses have one order, and no change is lost,
 * not even of a neighbour in one word.
 *
 * <p>In the package of the cells, for their words.
 */
public final class CellValueStress {
    private static final int SECOND = ValueLayout.CELLS + 128;

    private CellValueStress() { }

    private static Span span(int start, int stride) {
        return new Span(Region.allocate(ValueLayout.CELLS + 256), ValueLayout.SIGNAL, start, 2, stride);
    }

    /** Message passing by the modes release and acquire. */
    @JCStressTest
    @Outcome(id = {"0, 0", "0, 1", "1, 1"}, expect = Expect.ACCEPTABLE, desc = "What it tells of is there.")
    @Outcome(expect = Expect.FORBIDDEN, desc = "Seen too early.")
    @State
    public static class ReleaseAndAcquire {
        private final LongWords words = new LongWords(span(ValueLayout.CELLS, 128), null);

        /** Writes. */
        @Actor
        public void writer() {
            words.setPlain(0, 1);
            words.setRelease(1, 1);
        }

        /** Reads. */
        @Actor
        public void reader(II_Result result) {
            result.r1 = (int) words.getAcquire(1);
            result.r2 = (int) words.getPlain(0);
        }
    }

    /** The same by plain accesses. */
    @JCStressTest
    @Outcome(id = {"0, 0", "0, 1", "1, 1"}, expect = Expect.ACCEPTABLE, desc = "What it tells of is there.")
    @Outcome(expect = Expect.ACCEPTABLE_INTERESTING, desc = "Seen too early.")
    @State
    public static class WeakenedPlain {
        private final LongWords words = new LongWords(span(ValueLayout.CELLS, 128), null);

        /** Writes. */
        @Actor
        public void writer() {
            words.setPlain(0, 1);
            words.setPlain(1, 1);
        }

        /** Reads. */
        @Actor
        public void reader(II_Result result) {
            result.r1 = (int) words.getPlain(1);
            result.r2 = (int) words.getPlain(0);
        }
    }

    /** Each writes one cell and reads the other: somebody sees the other, as of variables that are volatile. */
    @JCStressTest
    @Outcome(id = {"0, 1", "1, 0", "1, 1"}, expect = Expect.ACCEPTABLE, desc = "One order.")
    @Outcome(expect = Expect.FORBIDDEN, desc = "Both loads came before both stores.")
    @State
    public static class OneOrder {
        private final IntWords words = new IntWords(span(ValueLayout.CELLS, 128), null);

        /** One. */
        @Actor
        public void one(II_Result result) {
            words.set(0, 1);
            result.r1 = words.get(1);
        }

        /** The other. */
        @Actor
        public void other(II_Result result) {
            words.getAndAdd(1, 1);
            result.r2 = words.get(0);
        }
    }

    /** The same in the modes release and acquire, which do not promise it. */
    @JCStressTest
    @Outcome(id = {"0, 1", "1, 0", "1, 1"}, expect = Expect.ACCEPTABLE, desc = "As in one order.")
    @Outcome(expect = Expect.ACCEPTABLE_INTERESTING, desc = "Both loads came before both stores.")
    @State
    public static class WeakenedToRelease {
        private final IntWords words = new IntWords(span(ValueLayout.CELLS, 128), null);

        /** One. */
        @Actor
        public void one(II_Result result) {
            words.setRelease(0, 1);
            result.r1 = words.getAcquire(1);
        }

        /** The other. */
        @Actor
        public void other(II_Result result) {
            words.setRelease(1, 1);
            result.r2 = words.getAcquire(0);
        }
    }

    /** Two neighbours in one word are changed at once. */
    @JCStressTest
    @Outcome(id = "6", expect = Expect.ACCEPTABLE, desc = "Both changes are there.")
    @Outcome(expect = Expect.FORBIDDEN, desc = "One is lost.")
    @State
    public static class Neighbours {
        private final SharedByteArray cells = new SharedByteArray(new NarrowWords(1,
            span(SECOND, 1), new NoObject()));

        /** Adds to one, and by CAS to the other. */
        @Actor
        public void one() {
            cells.getAndAdd(0, 1);
            cells.getAndAdd(1, 2);
        }

        /** Adds to the other. */
        @Actor
        public void other() {
            cells.getAndAdd(1, 2);
            cells.getAndAdd(0, 1);
        }

        /** The sum. */
        @Arbiter
        public void sum(I_Result result) {
            result.r1 = cells.get(0) + cells.get(1);
        }
    }

    /** The same by loads and stores of the word around. */
    @JCStressTest
    @Outcome(id = "6", expect = Expect.ACCEPTABLE, desc = "Both changes are there.")
    @Outcome(expect = Expect.ACCEPTABLE_INTERESTING, desc = "One is lost.")
    @State
    public static class WeakenedWithoutCas {
        private final Region region = Region.allocate(Integer.BYTES);

        private void add(int delta) {
            region.putIntVolatile(0, region.getIntVolatile(0) + delta);
        }

        /** Adds to both. */
        @Actor
        public void one() {
            add(1);
            add(2 << 8);
        }

        /** Adds to both. */
        @Actor
        public void other() {
            add(2 << 8);
            add(1);
        }

        /** The sum. */
        @Arbiter
        public void sum(I_Result result) {
            int word = region.getIntVolatile(0);
            result.r1 = (word & 0xFF) + (word >>> 8);
        }
    }
}
