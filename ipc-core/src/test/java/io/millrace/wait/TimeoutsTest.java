package io.millrace.wait;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class TimeoutsTest {
    @Test
    void aDurationThatFitsIsItsNanoseconds() {
        assertThat(Timeouts.nanos(Duration.ofMillis(3))).isEqualTo(3_000_000);
        assertThat(Timeouts.nanos(Duration.ZERO)).isZero();
        assertThat(Timeouts.nanos(Duration.ofNanos(-7))).isEqualTo(-7);
        assertThat(Timeouts.nanos(Duration.ofNanos(Long.MAX_VALUE - 1))).isEqualTo(Long.MAX_VALUE - 1);
    }

    @Test
    void aDurationThatIsTooLongIsForEver() {
        assertThat(Timeouts.nanos(Duration.ofNanos(Long.MAX_VALUE))).isEqualTo(Timeouts.FOREVER);
        assertThat(Timeouts.nanos(Duration.ofNanos(Long.MAX_VALUE).plusNanos(1))).isEqualTo(Timeouts.FOREVER);
        assertThat(Timeouts.nanos(Duration.ofSeconds(Long.MAX_VALUE))).isEqualTo(Timeouts.FOREVER);
    }

    @Test
    void aDurationThatIsTooShortIsNotAtAll() {
        assertThat(Timeouts.nanos(Duration.ofNanos(Long.MIN_VALUE))).isEqualTo(Long.MIN_VALUE);
        assertThat(Timeouts.nanos(Duration.ofSeconds(Long.MIN_VALUE))).isEqualTo(Long.MIN_VALUE);
    }
}
