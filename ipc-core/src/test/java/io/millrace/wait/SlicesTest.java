package io.millrace.wait;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SlicesTest {
    private static final long MILLI = 1_000_000;

    private final Slices slices = new Slices();

    /** The times at which slices end, for a caller who asks exactly then. */
    private List<Long> ends(long timeoutNanos, long startNanos, int limit) {
        List<Long> ends = new ArrayList<>();
        slices.begin(timeoutNanos, startNanos);
        long now = startNanos;
        do {
            assertThat(slices.isOver(now)).isFalse();
            now += slices.remainingNanos();
            assertThat(slices.isOver(now - 1)).isFalse();
            assertThat(slices.remainingNanos()).isOne();
            assertThat(slices.isOver(now)).isTrue();
            ends.add(now - startNanos);
        } while (ends.size() < limit && slices.next());
        return ends;
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -5, Long.MAX_VALUE - 100 * MILLI, Long.MIN_VALUE})
    void eachIsTwiceAsLongAsTheOneBeforeUpToTheLongest(long startNanos) {
        assertThat(ends(Timeouts.FOREVER, startNanos, 8)).containsExactly(2 * MILLI, 6 * MILLI, 14 * MILLI,
            30 * MILLI, 62 * MILLI, 112 * MILLI, 162 * MILLI, 212 * MILLI);
    }

    @Test
    void theLastEndsWithTheTimeOfTheWait() {
        assertThat(ends(1, 7, 100)).containsExactly(1L);
        assertThat(ends(2 * MILLI, 7, 100)).containsExactly(2 * MILLI);
        assertThat(ends(2 * MILLI + 1, 7, 100)).containsExactly(2 * MILLI, 2 * MILLI + 1);
        assertThat(ends(20 * MILLI, 7, 100)).containsExactly(2 * MILLI, 6 * MILLI, 14 * MILLI, 20 * MILLI);
    }

    @Test
    void whoAsksLateGetsAWholeSliceFromThere() {
        slices.begin(100 * MILLI, 0);
        assertThat(slices.isOver(10 * MILLI)).isTrue();
        assertThat(slices.next()).isTrue();
        assertThat(slices.remainingNanos()).isEqualTo(4 * MILLI);
        assertThat(slices.isOver(99 * MILLI)).isTrue();
        assertThat(slices.next()).isTrue();
        assertThat(slices.remainingNanos()).isEqualTo(MILLI);
        assertThat(slices.isOver(300 * MILLI)).isTrue();
        assertThat(slices.next()).isFalse();
    }

    @Test
    void aNewWaitBeginsWithAShortOneAgain() {
        ends(Timeouts.FOREVER, 0, 10);
        assertThat(ends(Timeouts.FOREVER, 0, 1)).containsExactly(Slices.FIRST_NANOS);
    }

    @Test
    void aTimeoutAsLongAsCanBeIsNotTakenForOneThatIsUp() {
        assertThat(ends(Timeouts.FOREVER - 1, 0, 3)).hasSize(3);
    }
}
