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

    private static final List<Ratio> RATIOS = List.of(
        Ratio.ofTurns(new Comparison(Measurement.MESSAGES_PER_SECOND, RING, AGRONA), List.of(1.5, 3.0, 2.0)),
        Ratio.ofMedians(new Comparison(Measurement.MESSAGES_PER_SECOND, AGRONA, RING), 0.05));

    private static RowResult result(Row row, double... rates) {
        RowResult result = new RowResult(row);
        for (double rate : rates) {
            result.add(new Measurement(Map.of(Measurement.MESSAGES_PER_SECOND, rate)));
        }
        return result;
    }

    private static Report report(List<Report.Skipped> skipped, RowResult... results) {
        return new Report(Map.of("cpu", "test <cpu>"), "abc1234", List.of(results), RATIOS, skipped);
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
    void ratiosOfTurnsAreShownWithTheirQuartiles() {
        assertThat(Table.render(report(List.of(), result(RING, 6), result(AGRONA, 3)))).contains(
            "  messagesPerSecond   2.00 x (1.75 to 2.50)     "
                + "throughput/ring-spsc/32/spin : throughput/agrona-spsc/32/spin",
            "  messagesPerSecond 0.0500 x                    "
                + "throughput/agrona-spsc/32/spin : throughput/ring-spsc/32/spin");
    }

    @Test
    void theJsonSaysOfHowManyTurnsARatioIs() {
        assertThat(report(List.of(), result(RING, 6)).toMap().get("ratios")).isEqualTo(List.of(
            Map.of("figure", "messagesPerSecond", "row", RING.key(), "base", AGRONA.key(), "ratio", 2.0,
                "ratioLow", 1.75, "ratioHigh", 2.5, "turns", 3),
            Map.of("figure", "messagesPerSecond", "row", AGRONA.key(), "base", RING.key(), "ratio", 0.05)));
    }

    @Test
    void thePageHasPicturesAndNeedsNoOtherFile() {
        assertThat(HtmlPage.render(report(List.of(), result(RING, 6), result(AGRONA, 3))))
            .contains("<svg", "test &lt;cpu>", "abc1234").doesNotContain("src=").doesNotContain("href=");
    }
}
