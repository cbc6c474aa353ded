package io.millrace.wait;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.millrace.memory.MappedFile;
import io.millrace.memory.Region;
import io.millrace.testing.Background;
import io.millrace.testing.ChildJvm;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Waiting for another JVM, and waiting without a futex. */
@Timeout(60)
class WaitTwoJvmTest {
    private static final int ROUNDS = 20_000;
    private static final int ROUNDS_WITHOUT_FUTEX = 2_000;
    private static final int SLEEPS = 100;

    @TempDir
    Path directory;
    private Path file;
    private MappedFile words;

    @BeforeEach
    void createWords() throws IOException {
        file = directory.resolve("words");
        words = MappedFile.createUnpublished(file, PingPong.LENGTH);
        words.publish();
    }

    @AfterEach
    void closeWords() throws IOException {
        words.close();
    }

    @Test
    void noWakeUpBetweenTwoJvmsIsLost() throws Exception {
        try (ChildJvm child = ChildJvm.of(WaitChild.class).start("answer", file, ROUNDS)) {
            new PingPong(words.region(), 0).play(ROUNDS);
            child.awaitLine("futex " + Futex.isAvailable());
            end(child);
        }
    }

    @Test
    void aRaiseWakesASleeperInAnotherJvm() throws Exception {
        assumeThat(Futex.isAvailable()).isTrue();
        Region word = words.region().slice(0, Integer.BYTES);
        Signal signal = new Signal(word);
        try (ChildJvm child = ChildJvm.of(WaitChild.class).start("sleep", file, SLEEPS)) {
            child.awaitLine("futex true");
            for (int i = 0; i < SLEEPS; i++) {
                child.awaitLine("announced");
                signal.raise();
                child.awaitLine("woken");
            }
            assertThat(word.getIntPlain(0)).isEqualTo(2 * SLEEPS);
            end(child);
        }
    }

    @Test
    void anInterruptHereEndsNoWaitInAnotherJvm() throws Exception {
        assumeThat(Futex.isAvailable()).isTrue();
        Region word = words.region().slice(0, Integer.BYTES);
        Signal signal = new Signal(word);
        try (ChildJvm child = ChildJvm.of(WaitChild.class).start("wait", file, 1)) {
            child.awaitLine("futex true");
            for (int i = 0; i < SLEEPS; i++) {
                // The child, woken with the one that is interrupted, announces itself again, or it would miss the end.
                Background.awaitUntil(() -> word.getIntVolatile(0) % 2 != 0);
                Waiter waiter = HourSleeper.waiter(signal);
                try (Background<Boolean> waiting = Background.start(
                    () -> waiter.await(() -> false, Timeouts.FOREVER))) {
                    Background.awaitUntil(() -> word.getIntVolatile(0) % 2 != 0);
                    waiting.interrupt();
                    assertThatThrownBy(waiting::result).hasCauseInstanceOf(InterruptedException.class);
                }
            }
            words.region().putIntRelease(Integer.BYTES, 1);
            signal.raise();
            child.awaitLine("changed");
            end(child);
        }
    }

    @Test
    void withoutAFutexTwoThreadsStillAnswerEachOther() throws Exception {
        try (ChildJvm child = ChildJvm.of(WaitChild.class).property(Futex.PROPERTY, "off")
            .start("play-alone", file, ROUNDS_WITHOUT_FUTEX)) {
            child.awaitLine("futex false");
            end(child);
        }
    }

    @Test
    void aJvmWithoutFutexAndOneWithItStillAnswerEachOther() throws Exception {
        int rounds = 50; // the one without cannot wake the other, whose first slice has to end each time
        try (ChildJvm child = ChildJvm.of(WaitChild.class).property(Futex.PROPERTY, "off")
            .start("answer", file, rounds)) {
            child.awaitLine("futex false");
            new PingPong(words.region(), 0).play(rounds);
            end(child);
        }
    }

    private static void end(ChildJvm child) throws InterruptedException {
        child.awaitLine("done");
        child.send("end");
        child.awaitSuccess();
    }
}
