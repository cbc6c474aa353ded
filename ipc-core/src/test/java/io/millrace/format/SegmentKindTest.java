package io.millrace.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SegmentKindTest {
    @ParameterizedTest
    @ValueSource(strings = {"", "seventeen-letters", "two words", "tab\t", "nul\0", "ümlaut", "line\n"})
    void aNameThatDoesNotFitTheHeaderIsRefused(String name) {
        assertThatThrownBy(() -> new SegmentKind(name, 1, 1)).isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining("actual '" + name + "'").hasMessageContaining("expected 1 to 16");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "spsc-ring", "sixteen-letters!", "~!"})
    void aPrintableNameOfAtMostSixteenCharactersIsTaken(String name) {
        assertThat(new SegmentKind(name, 1, 1).nameBytes()).hasSize(name.length());
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "-1, 1", "2, 1", "1, 0", "-2147483648, 2147483647"})
    void versionsCountFromOneUpwards(int oldest, int current) {
        assertThatThrownBy(() -> new SegmentKind("kind", oldest, current))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining("oldest " + oldest).hasMessageContaining("current " + current)
            .hasMessageContaining("1 <= oldest <= current");
    }
}
