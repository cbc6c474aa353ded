package io.millrace.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TrialsTest {
    private static final Row RING = new Row(Scenario.THROUGHPUT, "ring-mpmc", 32, WaitMode.SPIN);
    private static final Row AGRONA = new Row(Scenario.THROUGHPUT, "agrona-mpsc", 32, WaitMode.SPIN);

    private final List<Row> runs = new ArrayList<>();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private Trials run(RowRunner runner) throws InterruptedException {
        Trials trials = new Trials(new Progress(new PrintStream(err), false, 4));
        trials.run(List.of(RING, AGRONA), 2, row -> {
            runs.add(row);
            return runner.run(row);
        });
        return trials;
    }

    @Test
    void theFirstTrialOfAllRowsComesBeforeTheSecondOfAny() throws Exception {
        Trials trials = run(row -> new Measurement(Map.of(Measurement.MESSAGES_PER_SECOND, (double) runs.size())));
        assertThat(runs).containsExactly(RING, AGRONA, RING, AGRONA);
        assertThat(trials.results()).extracting(RowResult::row).containsExactly(RING, AGRONA);
        assertThat(trials.results().get(0).toMap()).containsEntry("messagesPerSecondMin", 1L)
            .containsEntry("messagesPerSecondMax", 3L);
        assertThat(err.toString()).contains("1/4 throughput/ring-mpmc", "2/4 throughput/agrona-mpsc",
            "3/4 throughput/ring-mpmc", "4/4 throughput/agrona-mpsc");
    }

    @Test
    void aRowThatFailsIsNotTriedAgainAndHasNoResult() throws Exception {
        Trials trials = run(row -> {
            if (row.equals(RING)) {
                throw new IOException("it broke");
            }
            return new Measurement(Map.of(Measurement.CPU_PERCENT, 0.2));
        });
        assertThat(runs).containsExactly(RING, AGRONA, AGRONA);
        assertThat(trials.results()).extracting(RowResult::row).containsExactly(AGRONA);
        assertThat(trials.skipped()).containsExactly(new Report.Skipped(RING, "it broke", true));
        assertThat(err.toString()).contains("1/4 throughput/ring-mpmc/32/spin: FAILED, it broke",
            "3/4 throughput/ring-mpmc/32/spin: left out", "4/4 throughput/agrona-mpsc/32/spin: 0.20 %");
    }

    @Test
    void aRowWhoseProgramIsMissingIsSkippedAndNoFailure() throws Exception {
        Trials trials = run(row -> {
            throw new RowRunner.SkippedException("no python3 here");
        });
        assertThat(trials.skipped()).containsExactly(new Report.Skipped(RING, "no python3 here", false),
            new Report.Skipped(AGRONA, "no python3 here", false));
    }
}
