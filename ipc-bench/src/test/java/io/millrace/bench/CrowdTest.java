package io.millrace.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.millrace.memory.MemoryBackend;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Several producers and consumers, both sides in this JVM. */
@Timeout(60)
class CrowdTest {
    private static final Plan SHORT = new Plan(Duration.ofMillis(50), Duration.ofMillis(100), 1, 1);

    @TempDir
    private Path directory;

    static Stream<Arguments> crowds() {
        List<Arguments> all = new ArrayList<>();
        for (Subject subject : Subject.values()) {
            for (WaitMode waitMode : WaitMode.values()) {
                if (subject.takesPartIn(Scenario.THROUGHPUT, waitMode, Rows.SHORT_PAYLOAD_BYTES)) {
                    subject.crowds().forEach(ends -> all.add(Arguments.of(subject, waitMode, ends)));
                }
            }
        }
        return all.stream();
    }

    @ParameterizedTest
    @MethodSource("crowds")
    void everyMessageOfEveryProducerIsReceivedOnceAndCounted(Subject subject, WaitMode waitMode, Ends ends)
        throws Exception {
        assumeTrue(!subject.toString().startsWith("agrona") || MemoryBackend.current() == MemoryBackend.AGRONA);
        Row row = new Row(Scenario.THROUGHPUT, subject.toString(), 32, waitMode, ends);
        Transport bound = subject.transport(32, waitMode);
        String address = bound.bind(directory);
        Transport other = subject.transport(32, waitMode);
        Stop stop = new Stop();
        try (Links receiving = new Links(ends.consumers(), bound::accept);
            Links sending = new Links(ends.producers(), () -> other.connect(directory, address))) {
            FutureTask<Measurement> sent =
                new FutureTask<>(() -> new CrowdSenders(SHORT, stop, sending.all()).run());
            Thread senders = new Thread(sent, "senders");
            senders.start();
            Measurement received = new CrowdReceivers(row, SHORT, receiving.all()).run(() -> {
                stop.give();
                senders.interrupt();
            });
            assertThat(received.figures().get(Measurement.MESSAGES_PER_SECOND)).isPositive();
            assertThat(sent.get().figures().keySet()).isSubsetOf(Measurement.BYTES_ALLOCATED_PER_OP);
        }
    }

    @Test
    void aMemberThatFailsEndsTheWorkOfAll() throws Exception {
        CountDownLatch interrupted = new CountDownLatch(1);
        Crowd crowd = new Crowd(2, (index, ours) -> {
            if (index == 1) {
                throw new IllegalStateException("message 7");
            }
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                interrupted.countDown();
            }
        });
        assertThatThrownBy(() -> crowd.work(Duration.ofHours(1))).hasMessage("message 7");
        assertThatThrownBy(crowd::end).hasMessage("message 7");
        interrupted.await();
    }

    @Test
    void aReceiverThatFailsWaitsForNoStream() {
        Link broken = new Link() {
            @Override
            public void send(long sequence) { }

            @Override
            public void receive(PayloadCheck check, int limit) {
                throw new IllegalStateException("word at 8");
            }

            @Override
            public void close() { }
        };
        Row row = new Row(Scenario.THROUGHPUT, "ring-mpmc", 32, WaitMode.SPIN, new Ends(1, 2));
        Plan measuresNothing = new Plan(Duration.ZERO, Duration.ZERO, 1, 1);
        for (Plan plan : List.of(SHORT, measuresNothing)) {
            assertThatThrownBy(() -> new CrowdReceivers(row, plan, List.of(broken, broken)).run(() -> { }))
                .hasMessage("word at 8");
        }
    }
}
