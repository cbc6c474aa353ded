package io.millrace.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TrialsTest {
    private static final Row CROWD =
        new Row(Scenario.THROUGHPUT, "ring-mpmc", 32, WaitMode.SPIN, new Ends(2, 2));
    private static final Row IDLE = new Row(Scenario.IDLE, "queue", 32, WaitMode.BLOCK);
    private static final Row RING = new Row(Scenario.ROUND_TRIP, "ring-spsc", 32, WaitMode.SPIN);
    private static final Row YARDSTICK = new Row(Scenario.ROUND_TRIP, "c-cache-line", 8, WaitMode.SPIN);
    private static final Plan TWO_TRIALS = new Plan(Duration.ZERO, Plan.TURN.multipliedBy(4), 2, 1);

    private final List<String> events = new ArrayList<>();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private Outcomes run(List<Row> rows, RowRunner runner, Session.Starter sessions) throws InterruptedException {
        Outcomes outcomes = new Outcomes(rows, new Progress(new PrintStream(err), false, 4));
        new Trials(TWO_TRIALS, row -> {
            events.add(row.subject());
            return runner.run(row);
        }, sessions, outcomes).run(rows);
        return outcomes;
    }

    private Outcomes alone(RowRunner runner) throws InterruptedException {
        return run(List.of(CROWD, IDLE), runner, row -> {
            throw new AssertionError("a session of " + row.key());
        });
    }

    private Outcomes inTurns(Session.Starter sessions) throws InterruptedException {
        return run(List.of(RING, YARDSTICK), row -> {
            throw new AssertionError(row.key() + " alone");
        }, sessions);
    }

    @Test
    void theFirstTrialOfAllRowsComesBeforeTheSecondOfAny() throws Exception {
        Outcomes outcomes =
            alone(row -> new Measurement(Map.of(Measurement.MESSAGES_PER_SECOND, (double) events.size())));
        assertThat(events).containsExactly("ring-mpmc", "queue", "ring-mpmc", "queue");
        assertThat(outcomes.results()).extracting(RowResult::row).containsExactly(CROWD, IDLE);
        assertThat(outcomes.results().get(0).toMap()).containsEntry("messagesPerSecondMin", 1L)
            .containsEntry("messagesPerSecondMax", 3L);
        assertThat(err.toString()).contains("1/4 throughput/ring-mpmc", "2/4 idle/queue",
            "3/4 throughput/ring-mpmc", "4/4 idle/queue");
    }

    @Test
    void aRowThatFailsIsNotTriedAgainAndHasNoResult() throws Exception {
        Outcomes outcomes = alone(row -> {
            if (row.equals(CROWD)) {
                throw new IOException("it broke");
            }
            return new Measurement(Map.of(Measurement.CPU_PERCENT, 0.2));
        });
        assertThat(events).containsExactly("ring-mpmc", "queue", "queue");
        assertThat(outcomes.results()).extracting(RowResult::row).containsExactly(IDLE);
        assertThat(outcomes.skipped()).containsExactly(new Report.Skipped(CROWD, "it broke", true));
        assertThat(err.toString()).contains("1/4 throughput/ring-mpmc/32/spin/2x2: FAILED, it broke",
            "3/4 throughput/ring-mpmc/32/spin/2x2: left out", "4/4 idle/queue/32/block: 0.20 %");
    }

    @Test
    void aRowWhoseProgramIsMissingIsSkippedAndNoFailure() throws Exception {
        Outcomes outcomes = alone(row -> {
            throw new RowRunner.SkippedException("no python3 here");
        });
        assertThat(outcomes.skipped()).containsExactly(new Report.Skipped(CROWD, "no python3 here", false),
            new Report.Skipped(IDLE, "no python3 here", false));
    }

    @Test
    void rowsThatAreComparedTakeTurnsAndNoneIsAlwaysTheFirst() throws Exception {
        inTurns(row -> {
            events.add("start " + row.subject());
            return new Fake(row, 100);
        });
        List<String> ofTrial = List.of("start ring-spsc", "start c-cache-line",
            "ring-spsc", "c-cache-line", "c-cache-line", "ring-spsc",
            "ring-spsc", "c-cache-line", "c-cache-line", "ring-spsc",
            "end ring-spsc", "close ring-spsc", "end c-cache-line", "close c-cache-line");
        List<String> expected = new ArrayList<>(ofTrial);
        expected.addAll(ofTrial);
        assertThat(events).isEqualTo(expected);
        assertThat(err.toString()).contains("1/4 round-trip/ring-spsc/32/spin: p50 100 ns", "4/4 round-trip/c-cache");
    }

    @Test
    void aMachineThatBecomesSlowerMeanwhileChangesNoRatioOfTurns() throws Exception {
        Outcomes outcomes = inTurns(row -> new Fake(row, row.equals(RING) ? 150 : 100));
        assertThat(outcomes.ratios()).singleElement().satisfies(ratio -> {
            assertThat(ratio.comparison().row()).isEqualTo(RING);
            assertThat(List.of(ratio.low(), ratio.ratio(), ratio.high())).containsOnly(1.5);
            assertThat(ratio.turns()).isEqualTo(TWO_TRIALS.trials() * TWO_TRIALS.turns());
        });
    }

    @Test
    void rowsThatTakeNoTurnsAreComparedByTheirMedians() throws Exception {
        Row counter = AddSubject.COUNTER.row();
        Outcomes outcomes = run(List.of(counter, Yardstick.FETCH_ADD.row()), row -> new Measurement(
            Map.of(Measurement.MESSAGES_PER_SECOND, row.equals(counter) ? 8.0 : 10.0)), row -> null);
        assertThat(outcomes.ratios()).containsExactly(Ratio.ofMedians(
            new Comparison(Measurement.MESSAGES_PER_SECOND, counter, Yardstick.FETCH_ADD.row()), 0.8));
    }

    @Test
    void aRowThatFailsInItsTurnEndsItsProcessesAndTheOthersGoOn() throws Exception {
        Outcomes outcomes = inTurns(row -> new Fake(row, 100) {
            @Override
            public Measurement turn(Duration time) throws IOException {
                if (row.equals(RING) && events.contains("c-cache-line")) {
                    throw new IOException("it broke");
                }
                return super.turn(time);
            }
        });
        assertThat(events).startsWith("ring-spsc", "c-cache-line", "c-cache-line", "close ring-spsc", "c-cache-line",
            "c-cache-line", "end c-cache-line", "close c-cache-line").filteredOn("ring-spsc"::equals).hasSize(1);
        assertThat(outcomes.skipped()).containsExactly(new Report.Skipped(RING, "it broke", true));
        assertThat(outcomes.results()).extracting(RowResult::row).containsExactly(YARDSTICK);
        assertThat(outcomes.ratios()).isEmpty();
        assertThat(err.toString()).contains("1/4 round-trip/ring-spsc/32/spin: FAILED, it broke", "left out", "4/4 ");
    }

    @Test
    void aRowThatCannotStartLeavesTheOthersTheirTurns() throws Exception {
        Outcomes outcomes = inTurns(row -> {
            if (row.equals(YARDSTICK)) {
                throw new RowRunner.SkippedException("no gcc here");
            }
            return new Fake(row, 100);
        });
        assertThat(outcomes.skipped()).containsExactly(new Report.Skipped(YARDSTICK, "no gcc here", false));
        assertThat(outcomes.results()).extracting(RowResult::row).containsExactly(RING);
    }

    /** On a machine that takes twice the time from the third turn on. */
    private class Fake implements Session {
        private final Row row;
        private final double nanos;
        private int turns;

        Fake(Row row, double nanos) {
            this.row = row;
            this.nanos = nanos;
        }

        @Override
        public Measurement turn(Duration time) throws IOException {
            events.add(row.subject());
            return new Measurement(Map.of(Measurement.P50_NANOS, turns++ < 2 ? nanos : 2 * nanos));
        }

        @Override
        public Measurement end() {
            events.add("end " + row.subject());
            return new Measurement(Map.of(Measurement.P50_NANOS, nanos));
        }

        @Override
        public void close() {
            events.add("close " + row.subject());
        }
    }
}
