package io.millrace.process;

import io.millrace.memory.Region;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * SYNC launch-state: who sees that a child was ended by a signal sees which, and who sees the length of a report sees
 * the report.
 */
public final class LaunchStateStress {
    private static final int SIGNAL = 15;
    private static final int REPORT = 7;

    private LaunchStateStress() { }

    private static LaunchRecord record() {
        return new LaunchRecord(null, Region.allocate(LaunchLayout.DETAILS));
    }

    /** A child that a signal ends, and its parent: state, number. */
    @JCStressTest
    @Outcome(id = {"0, 0", "0, 15"}, expect = Expect.ACCEPTABLE, desc = "It has not ended.")
    @Outcome(id = "3, 15", expect = Expect.ACCEPTABLE, desc = "It has, by that signal.")
    @Outcome(expect = Expect.FORBIDDEN, desc = "It has, and the number is missing.")
    @State
    public static class SignalAndState {
        private final LaunchRecord record = record();

        /** Ends. */
        @Actor
        public void child() {
            record.ended(SIGNAL);
        }

        /** Looks. */
        @Actor
        public void parent(II_Result result) {
            result.r1 = record.state().ordinal();
            result.r2 = record.signal();
        }
    }

    /** A child that reports, and its parent: length, first byte. */
    @JCStressTest
    @Outcome(id = "0, 0", expect = Expect.ACCEPTABLE, desc = "There is no report.")
    @Outcome(id = "1, 7", expect = Expect.ACCEPTABLE, desc = "The whole report.")
    @Outcome(expect = Expect.FORBIDDEN, desc = "A length without what it is of.")
    @State
    public static class ReportAndLength {
        private final LaunchRecord record = record();

        /** Reports. */
        @Actor
        public void child() {
            record.report(new byte[] {REPORT});
        }

        /** Looks. */
        @Actor
        public void parent(II_Result result) {
            byte[] report = record.reported();
            result.r1 = report.length;
            result.r2 = report.length == 0 ? 0 : report[0];
        }
    }

    /** The control for the order: number and state are written and read plainly. */
    @JCStressTest
    @Outcome(id = {"0, 0", "0, 15"}, expect = Expect.ACCEPTABLE, desc = "It has not ended.")
    @Outcome(id = "3, 15", expect = Expect.ACCEPTABLE, desc = "It has, by that signal.")
    @Outcome(expect = Expect.ACCEPTABLE_INTERESTING, desc = "It has, and the number is missing.")
    @State
    public static class WeakenedToPlain {
        private final Region body = Region.allocate(LaunchLayout.DETAILS);
        private int seen;

        /** Ends. */
        @Actor
        public void child() {
            body.putIntPlain(LaunchLayout.SIGNAL, SIGNAL);
            body.putIntPlain(LaunchLayout.STATE, ChildState.SIGNALLED.ordinal());
        }

        /** Looks; it has looked before, as in a loop. */
        @Actor
        public void parent(II_Result result) {
            seen = body.getIntPlain(LaunchLayout.SIGNAL);
            result.r1 = body.getIntPlain(LaunchLayout.STATE);
            result.r2 = body.getIntPlain(LaunchLayout.SIGNAL);
        }
    }
}
