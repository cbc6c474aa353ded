package io.millrace.wait;

import io.millrace.format.Layout;
import io.millrace.memory.Region;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.IJ_Result;

/**
 * SYNC sleep-or-signal: a sleeper that announced itself sees the change, or the raiser sees the sleeper.
 *
 * <p>The first number is how often the signal was raised for a sleeper, the second what the sleeper saw of
 * the change in its last look. In the package of the signal, because the look after the announcement is not
 * to be had from outside without the sleep that follows it.
 */
public final class SleepOrSignalStress {
    private static final int CHANGED = 1;

    private SleepOrSignalStress() { }

    /** One raises, one is about to sleep. */
    @JCStressTest
    @Outcome(id = "0, 1", expect = Expect.ACCEPTABLE, desc = "Sees the change, and does not sleep.")
    @Outcome(id = "1, 0", expect = Expect.ACCEPTABLE, desc = "Misses the change, and is woken.")
    @Outcome(id = "1, 1", expect = Expect.ACCEPTABLE, desc = "Sees the change, and is woken for nothing.")
    @Outcome(expect = Expect.FORBIDDEN, desc = "Misses the change and is not woken.")
    @State
    public static class RaiserAndSleeper {
        private final Region change = Region.allocate(Layout.CACHE_LINE_PAIR);
        private final Region word = Region.allocate(Layout.CACHE_LINE_PAIR).slice(0, Integer.BYTES);
        private final Signal signal = new Signal(word);

        /** Makes the change, as a ring publishes a record, and says so. */
        @Actor
        public void raiser() {
            change.putLongRelease(0, CHANGED);
            signal.raise();
        }

        /** Announces itself and looks once more. */
        @Actor
        public void sleeper(IJ_Result result) {
            signal.announceSleeper();
            result.r2 = change.getLongAcquire(0);
        }

        /** Looks at the signal when both are done. */
        @Arbiter
        public void raised(IJ_Result result) {
            result.r1 = word.getIntVolatile(0) >>> 1;
        }
    }

    /** The same with a change by a volatile operation, and a look without a fence. */
    @JCStressTest
    @Outcome(id = "0, 1", expect = Expect.ACCEPTABLE, desc = "Sees the change, and does not sleep.")
    @Outcome(id = "1, 0", expect = Expect.ACCEPTABLE, desc = "Misses the change, and is woken.")
    @Outcome(id = "1, 1", expect = Expect.ACCEPTABLE, desc = "Sees the change, and is woken for nothing.")
    @Outcome(expect = Expect.FORBIDDEN, desc = "Misses the change and is not woken.")
    @State
    public static class VolatileRaiserAndSleeper {
        private final Region change = Region.allocate(Layout.CACHE_LINE_PAIR);
        private final Region word = Region.allocate(Layout.CACHE_LINE_PAIR).slice(0, Integer.BYTES);
        private final Signal signal = new Signal(word);

        /** Makes the change, as a cell is added to, and says so if it has to. */
        @Actor
        public void raiser() {
            change.getAndAddLong(0, CHANGED);
            if (Signal.isAwaited(word, 0)) {
                signal.raise();
            }
        }

        /** Announces itself and looks once more. */
        @Actor
        public void sleeper(IJ_Result result) {
            signal.announceSleeper();
            result.r2 = change.getLongVolatile(0);
        }

        /** Looks at the signal when both are done. */
        @Arbiter
        public void raised(IJ_Result result) {
            result.r1 = word.getIntVolatile(0) >>> 1;
        }
    }

    /**
     * The control that must fail: raises without the full fence between the change and the look for sleepers.
     */
    @JCStressTest
    @Outcome(id = "0, 1", expect = Expect.ACCEPTABLE, desc = "Sees the change, and does not sleep.")
    @Outcome(id = "1, 0", expect = Expect.ACCEPTABLE, desc = "Misses the change, and is woken.")
    @Outcome(id = "1, 1", expect = Expect.ACCEPTABLE, desc = "Sees the change, and is woken for nothing.")
    @Outcome(id = "0, 0", expect = Expect.ACCEPTABLE_INTERESTING, desc = "Misses the change, is not woken.")
    @Outcome(expect = Expect.FORBIDDEN, desc = "Cannot be.")
    @State
    public static class WeakenedWithoutFence {
        private static final int SLEEPERS = 1;
        private static final int SEQUENCE_ONE = 2;

        private final Region change = Region.allocate(Layout.CACHE_LINE_PAIR);
        private final Region word = Region.allocate(Layout.CACHE_LINE_PAIR).slice(0, Integer.BYTES);
        private final Signal signal = new Signal(word);

        /** Makes the change, and raises as {@link Signal#raise} does but for its first line. */
        @Actor
        public void raiser() {
            change.putLongRelease(0, CHANGED);
            int seen = word.getIntVolatile(0);
            if ((seen & SLEEPERS) != 0) {
                word.compareAndSetInt(0, seen, (seen & ~SLEEPERS) + SEQUENCE_ONE);
            }
        }

        /** Announces itself and looks once more. */
        @Actor
        public void sleeper(IJ_Result result) {
            signal.announceSleeper();
            result.r2 = change.getLongAcquire(0);
        }

        /** Looks at the signal when both are done. */
        @Arbiter
        public void raised(IJ_Result result) {
            result.r1 = word.getIntVolatile(0) >>> 1;
        }
    }
}
