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
        assertThat(keys(false, null)).doesNotHaveDuplicates().hasSize(41);
    }

    @Test
    void everySubjectIsMeasuredAtThreeLengths() {
        assertThat(keys(false, "throughput/")).hasSize(7 * 3);
        assertThat(keys(false, "round-trip/(?!c-)")).hasSize(6 * 3);
    }

    @Test
    void aQuickRunTakesShortMessagesAndTheYardsticks() {
        assertThat(keys(true, null)).hasSize(15)
            .contains("round-trip/c-cache-line/8/spin", "round-trip/c-futex/4/block")
            .allMatch(key -> key.contains("/32/") || key.contains("/c-"));
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
