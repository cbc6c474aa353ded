package io.millrace.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.codec.Codecs;
import io.millrace.queue.SharedQueue;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What one JVM measures alone. */
@Timeout(120)
class RecoveryTest {
    private static final Plan SHORT = new Plan(Duration.ofMillis(100), Duration.ofMillis(100), 1, 2);

    @ParameterizedTest
    @EnumSource
    void everySubjectHasItsFigures(LoneSubject subject) throws Exception {
        try (RunDirectory directory = RunDirectory.create()) {
            Measurement measured = RowRunners.of(directory, SHORT, false).run(subject.row());
            if (subject.row().scenario() == Scenario.IDLE) {
                assertThat(measured.figures()).containsOnlyKeys(Measurement.CPU_PERCENT);
            } else if (subject.row().scenario() == Scenario.SPAWN) {
                assertThat(measured.figures()).containsOnlyKeys(Measurement.P50_NANOS, Measurement.P99_NANOS,
                    Measurement.MAX_NANOS);
                assertThat(measured.figures().get(Measurement.P50_NANOS)).isPositive();
            } else {
                assertThat(measured.figures()).containsOnlyKeys(Measurement.P50_NANOS, Measurement.MAX_NANOS);
                assertThat(measured.figures().get(Measurement.P50_NANOS)).isPositive();
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void aVictimEndsWithItsSurvivor(Victim.Hands hands) throws Exception {
        try (RunDirectory directory = RunDirectory.create()) {
            Path domain = directory.newPlace().resolve("domain");
            try (SharedQueue<String> queue = SharedQueue.<String>builder().domain(domain).name(Victim.QUEUE)
                .codec(Codecs.utf8()).create()) {
                queue.put("item");
                try (Victim victim = Victim.start(domain, hands)) {
                    victim.process().getOutputStream().close(); // as when the survivor is gone
                    assertThat(victim.process().waitFor()).isEqualTo(1);
                }
                assertThat(queue.receive().item()).isEqualTo("item");
            }
        }
    }

    @Test
    void aVictimHasTheItemInItsHands() throws Exception {
        try (RunDirectory directory = RunDirectory.create()) {
            Path domain = directory.newPlace().resolve("domain");
            try (SharedQueue<String> queue = SharedQueue.<String>builder().domain(domain).name(Victim.QUEUE)
                .codec(Codecs.utf8()).create()) {
                queue.put("item");
                try (Victim victim = Victim.start(domain, Victim.Hands.GETTING)) {
                    assertThat(queue.poll(Duration.ofMillis(200))).isNull();
                    victim.kill();
                    assertThat(queue.receive().isRedelivered()).isTrue();
                }
            }
        }
    }
}
