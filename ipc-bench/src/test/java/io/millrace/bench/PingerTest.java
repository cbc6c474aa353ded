package io.millrace.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class PingerTest {
    private static double middle(long... nanos) {
        Histogram histogram = new Histogram(3);
        for (long each : nanos) {
            histogram.recordValue(each);
        }
        return Pinger.middle(histogram);
    }

    @Test
    void theMiddleIsTheMeanOfTheMiddleHalf() {
        assertThat(middle(90, 100, 110, 5_000)).isEqualTo(105);
        assertThat(middle(100, 100, 100, 110, 110, 110, 110, 110)).isEqualTo(107.5);
        assertThat(middle(100, 200, 300)).isEqualTo(200);
        assertThat(middle(150)).isEqualTo(150);
    }
}
