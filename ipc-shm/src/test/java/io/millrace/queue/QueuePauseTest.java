package io.millrace.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.domain.SharedDirectory;
import io.millrace.testing.ChildJvm;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A JVM that is stopped in the middle is not dead: when it goes on, what it had in hand is still its own. */
@Timeout(60)
class QueuePauseTest {
    private static final QueueSubject SUBJECT = QueueSubject.SHARED_ONE_HANDLE;
    private static final Duration LONGER_THAN_MANY_SLICES = Duration.ofMillis(300);

    @TempDir(factory = SharedDirectory.class)
    Path parent;

    private ChildJvm child(String task) throws Exception {
        return ChildJvm.of(QueueChild.class).start(task, SUBJECT, parent.resolve("domain"), "paused");
    }

    private QueueBase<Parcel> create() {
        return SUBJECT.builder(parent.resolve("domain"), new ParcelCodec()).name("paused").create();
    }

    private static void signal(ChildJvm child, String name) throws Exception {
        assertThat(new ProcessBuilder("kill", "-" + name, Long.toString(child.pid())).inheritIO().start().waitFor())
            .isZero();
    }

    @Test
    void messageOfAPausedProducerArrives() throws Exception {
        try (QueueBase<Parcel> queue = create(); ChildJvm child = child("encoding")) {
            child.awaitLine("encoding");
            signal(child, "STOP");
            queue.put(new Parcel(2, 100));
            assertThat(queue.get().number()).isEqualTo(5);
            assertThat(queue.get().number()).isEqualTo(6);
            assertThat(queue.poll(LONGER_THAN_MANY_SLICES)).as("behind what is being written").isNull();
            signal(child, "CONT");
            child.send("go on");
            assertThat(queue.receive()).isEqualTo(new Delivery<>(new Parcel(1, 7), 0));
            assertThat(queue.receive()).isEqualTo(new Delivery<>(new Parcel(2, 100), 0));
            child.awaitLine("behind encoding");
            queue.remove();
        }
    }

    @Test
    void messageOfAPausedConsumerStaysItsOwnAndOthersGoOn() throws Exception {
        try (QueueBase<Parcel> queue = create()) {
            queue.put(new Parcel(1, 0));
            try (ChildJvm child = child("decoding")) {
                child.awaitLine("going to decoding");
                child.awaitLine("decoding");
                signal(child, "STOP");
                for (long number = 1; number < 20_000; number++) { // more than a ring holds, behind what is held
                    queue.put(new Parcel(1, number));
                    assertThat(queue.receive(Duration.ofSeconds(20))).isEqualTo(new Delivery<>(new Parcel(1, number), 0));
                }
                assertThat(queue.poll(LONGER_THAN_MANY_SLICES)).as("what the other has in hand").isNull();
                signal(child, "CONT");
                child.send("go on");
                child.awaitLine("behind decoding");
                assertThat(queue.poll()).isNull();
            }
            queue.remove();
        }
    }
}
