package io.millrace.domain;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IdWordTest {
    private static final long EPOCH_MAX = (1L << 37) - 1;

    @ParameterizedTest
    @CsvSource({"0, 1", "1, 1", "0, 67108864", "137438953471, 1", "137438953471, 67108864"})
    void wordKeepsBothNumbers(long epoch, int next) {
        assertThat(IdWord.of(new IdWord(epoch, next).value())).isEqualTo(new IdWord(epoch, next));
    }

    @Test
    void epochBeginsAnewAfterTheLast() {
        assertThat(new IdWord(EPOCH_MAX, 7).afterReset()).isEqualTo(new IdWord(0, 1));
        assertThat(new IdWord(4, 7).afterReset()).isEqualTo(new IdWord(5, 1));
    }

    @Test
    void idsThatArePassedOverAreNotHandedOut() {
        assertThat(new IdWord(4, 7).afterHandOut(new Seat(4, 9))).isEqualTo(new IdWord(4, 10));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, 1L << 27, (1 << 26) + 1, (1 << 27) - 1})
    void wordsThatNobodyWritesAreNotSound(long word) {
        assertThat(IdWord.of(word).isSound()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 1 << 26, -1L << 27 | 1})
    void wordsThatSomebodyWritesAreSound(long word) {
        assertThat(IdWord.of(word).isSound()).isTrue();
    }
}
