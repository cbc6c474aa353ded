package io.millrace.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.jr.ob.JSON;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {
    private static final Row RING = new Row(Scenario.THROUGHPUT, "ring-spsc", 32, WaitMode.SPIN);
    private static final Row AGRONA = new Row(Scenario.THROUGHPUT, "agrona-spsc", 32, WaitMode.SPIN);

    private static RowResult result(Row row, double... rates) {
        RowResult result = new RowResult(row);
        for (double rate : rates) {
            result.add(new Measurement(Map.of(Measurement.MESSAGES_PER_SECOND, rate)));
        }
        return result;
    }

    private static Report report(List<Report.Skipped> skipped, RowResult... results) {
        return new Report(Map.of("cpu", "test <cpu>"), "abc1234", List.of(results), skipped);
    }

    @Test
    void severalTrialsGiveTheMedianWithLeastAndGreatestBesideIt() {
        assertThat(result(RING, 5, 1, 3).toMap())
            .containsEntry("messagesPerSecond", 3L)
            .containsEntry("messagesPerSecondMin", 1L)
            .containsEntry("messagesPerSecondMax", 5L)
            .containsEntry("trials", 3);
    }

    @Test
    void anEvenNumberOfTrialsGivesTheMiddleOfTheTwoInTheMiddle() {
        assertThat(result(RING, 1, 2, 4, 9).toMap()).containsEntry("messagesPerSecond", 3L);
    }

    @Test
    void oneTrialHasNeitherLeastNorGreatest() {
        assertThat(result(RING, 2.5).toMap()).containsEntry("messagesPerSecond", 2.5)
            .doesNotContainKeys("messagesPerSecondMin", "messagesPerSecondMax", "p50Nanos");
    }

    @Test
    void theJsonHasTheFieldsOfTheContract(@TempDir Path directory) throws Exception {
        Path file = directory.resolve("result.json");
        Report report = report(List.of(new Report.Skipped(AGRONA, "not here", false)), result(RING, 1));
        ReportFiles.write(report, new BenchOptions(true, null, file, null, false));

        Map<String, Object> json = JSON.std.mapFrom(Files.readString(file));
        assertThat(json).containsEntry("schema", 1).containsEntry("commit", "abc1234").containsKey("machine");
        assertThat(json.get("results")).isEqualTo(List.of(Map.of("scenario", "throughput", "subject", "ring-spsc",
            "payloadBytes", 32, "producers", 1, "consumers", 1, "wait", "spin", "trials", 1,
            "messagesPerSecond", 1)));
        assertThat(json.get("skipped"))
            .isEqualTo(List.of(Map.of("key", "throughput/agrona-spsc/32/spin", "reason", "not here")));
        try (var files = Files.list(directory)) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void onlyARowThatShouldHaveFiguresIsAFailure() {
        assertThat(report(List.of(new Report.Skipped(RING, "no gcc here", false))).hasFailures()).isFalse();
        assertThat(report(List.of(new Report.Skipped(RING, "it broke", true))).hasFailures()).isTrue();
    }

    @Test
    void ratiosCompareRowsOfTheSameRun() {
        Report report = report(List.of(), result(RING, 6), result(AGRONA, 3));
        assertThat(Ratios.lines(report)).singleElement().asString().contains("2.00 x");
        assertThat(Table.render(report)).contains("2.00 x", "ring-spsc", "agrona-spsc");
    }

    @Test
    void thePageHasPicturesAndNeedsNoOtherFile() {
        assertThat(HtmlPage.render(report(List.of(), result(RING, 6), result(AGRONA, 3))))
            .contains("<svg", "test &lt;cpu>", "abc1234").doesNotContain("src=").doesNotContain("href=");
    }
}
