package io.millrace.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class RowsTest {
    private static List<String> keys(boolean quick, String only) {
        Pattern pattern = only == null ? null : Pattern.compile(only);
        return Rows.of(new BenchOptions(quick, pattern, null, null, false)).stream().map(Row::key).toList();
    }

    @Test
    void everyRowHasAKeyOfItsOwn() {
        assertThat(keys(false, null)).doesNotHaveDuplicates().hasSize(128);
    }

    @Test
    void everySubjectIsMeasuredAtThreeLengths() {
        assertThat(keys(false, "throughput/(?!python).*/(32|256|4096)/(spin|block)$")).hasSize(15 * 3);
        assertThat(keys(false, "round-trip/(?!c-|python).*/(32|256|4096)/")).hasSize(14 * 3);
    }

    @Test
    void pipesAndWhatTheyAreComparedWithAreMeasuredWithLongMessagesToo() {
        assertThat(keys(false, "/1048576/")).hasSize(2 * 5).contains("throughput/uds/1048576/block",
            "throughput/pipe/1048576/block", "round-trip/pipe-serialized/1048576/block",
            "round-trip/python-pipe/1048576/block");
    }

    @Test
    void rowsWithSeveralEndsSayHowManyAndTakeShortMessages() {
        assertThat(keys(false, "[0-9]x[0-9]")).containsExactly("throughput/ring-mpmc/32/spin/2x2",
            "throughput/ring-mpmc/32/spin/1x2", "throughput/ring-mpmc/32/spin/2x1", "throughput/ring-mpmc/32/block/2x2",
            "throughput/ring-mpmc/32/block/1x2", "throughput/ring-mpmc/32/block/2x1",
            "throughput/agrona-mpsc/32/spin/2x1", "throughput/queue/32/block/2x2", "throughput/queue/32/block/1x2",
            "throughput/queue/32/block/2x1");
    }

    @Test
    void rowsThatAreComparedStandBesideEachOther() {
        List<String> keys = keys(false, null);
        assertThat(keys).containsSequence("throughput/queue/32/block", "throughput/python-queue/32/block")
            .containsSequence("throughput/pipe/1048576/block", "throughput/python-pipe/1048576/block",
                "throughput/pipe-serialized/1048576/block", "throughput/uds/1048576/block")
            .containsSequence("round-trip/ring-spsc/32/spin", "round-trip/c-cache-line/8/spin")
            .containsSequence("round-trip/ring-spsc/32/block", "round-trip/c-futex/4/block");
    }

    @Test
    void oneJvmAloneIsMeasuredIdleAndWithVictims() {
        assertThat(keys(true, "idle|recovery")).containsExactly("idle/queue/32/block",
            "recovery/queue-taken/32/block", "recovery/queue-claimed/32/block");
    }

    @Test
    void startsOfJvmsStandBesideThoseOfPython() {
        assertThat(keys(true, "spawn/")).containsExactly("spawn/jvm-empty/32/block", "spawn/python-spawn/32/block",
            "spawn/jvm-task/32/block");
    }

    @Test
    void countersStandBesideThoseOfCAndPython() {
        assertThat(keys(true, "contended-add/")).containsExactly("contended-add/counter/8/spin",
            "contended-add/c-fetch-add/8/spin", "contended-add/python-value/8/spin",
            "contended-add/counter-striped/8/spin", "contended-add/counter-alone/8/spin",
            "contended-add/c-fetch-add-alone/8/spin");
    }

    @Test
    void aQuickRunTakesShortMessagesAndTheYardsticks() {
        assertThat(keys(true, null)).hasSize(56)
            .contains("round-trip/c-cache-line/8/spin", "round-trip/c-futex/4/block")
            .allMatch(key -> key.contains("/32/") || key.contains("/c-")
                || key.startsWith("contended-add/"));
    }

    @Test
    void aQuickRunTakesOtherLengthsIfAskedFor() {
        assertThat(keys(true, "4096")).isNotEmpty().allMatch(key -> key.contains("/4096/"));
    }

    @Test
    void theExpressionIsSearchedInTheKey() {
        assertThat(keys(false, "ring-spsc/256"))
            .containsExactlyInAnyOrder("throughput/ring-spsc/256/spin", "throughput/ring-spsc/256/block",
                "round-trip/ring-spsc/256/spin", "round-trip/ring-spsc/256/block");
    }

    @Test
    void anExpressionThatMatchesNothingTakesNoRow() {
        assertThat(keys(false, "no-such-subject")).isEmpty();
    }
}
