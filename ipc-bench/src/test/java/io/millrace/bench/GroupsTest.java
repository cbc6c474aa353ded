package io.millrace.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class GroupsTest {
    private static List<List<String>> keys(List<List<Row>> groups) {
        return groups.stream().map(group -> group.stream().map(Row::key).toList()).toList();
    }

    private static List<Row> rows(String... subjects) {
        return Rows.all().stream().filter(row -> row.scenario() == Scenario.ROUND_TRIP && row.payloadBytes() <= 32
            && row.waitMode() == WaitMode.SPIN && Arrays.asList(subjects).contains(row.subject())).toList();
    }

    @Test
    void rowsThatAreComparedAndTakeTurnsAreTogether() {
        assertThat(keys(Groups.of(Rows.all())).stream().filter(group -> group.size() > 1)).containsExactly(
            List.of("throughput/ring-spsc/32/spin", "throughput/agrona-spsc/32/spin", "throughput/pipe/32/spin",
                "throughput/uds-batched/32/block"),
            List.of("throughput/ring-mpmc/32/spin", "throughput/agrona-mpsc/32/spin"),
            List.of("throughput/pipe/1048576/block", "throughput/uds/1048576/block"),
            List.of("round-trip/ring-spsc/32/spin", "round-trip/c-cache-line/8/spin", "round-trip/ring-mpmc/32/spin",
                "round-trip/pipe/32/spin"),
            List.of("round-trip/ring-spsc/32/block", "round-trip/c-futex/4/block", "round-trip/uds/32/block"));
    }

    @Test
    void everyRowIsInOneGroup() {
        assertThat(Groups.of(Rows.all()).stream().flatMap(List::stream))
            .containsExactlyInAnyOrderElementsOf(Rows.all());
    }

    @Test
    void rowsThatOnlyAThirdConnectsAreTogetherIfThatIsMeasuredToo() {
        assertThat(Groups.of(rows("pipe", "c-cache-line"))).hasSize(2);
        assertThat(Groups.of(rows("pipe", "c-cache-line", "ring-spsc"))).hasSize(1);
    }

    @Test
    void crowdsAndProgramsThatAreRunToTheirEndTakeNoTurns() {
        assertThat(Rows.all().stream().filter(row -> !row.takesTurns())).allMatch(row -> !row.ends().isOneEach()
            || !Scenario.OF_PAIRS.contains(row.scenario()) || row.subject().startsWith("python-"));
    }
}
