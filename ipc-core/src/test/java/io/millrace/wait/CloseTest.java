package io.millrace.wait;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.millrace.memory.MappedFile;
import io.millrace.memory.Region;
import io.millrace.testing.Background;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Closing what a thread sleeps on for an hour. */
@Timeout(60)
class CloseTest {
    @TempDir
    Path directory;

    @BeforeEach
    void needsFutex() {
        assumeThat(Futex.isAvailable()).isTrue();
    }

    @Test
    void aRaiseAfterTheCloseEndsTheSleepAndTheWait() throws Exception {
        Region word = Region.allocate(Integer.BYTES);
        Signal signal = new Signal(word);
        AtomicBoolean closed = new AtomicBoolean();
        Waiter waiter = HourSleeper.waiter(signal);
        try (Background<Boolean> waiting = Background.start(() -> waiter.await(() -> {
            if (closed.get()) {
                throw new IllegalStateException("closed");
            }
            return false;
        }, Timeouts.FOREVER))) {
            Background.awaitUntil(() -> word.getIntVolatile(0) % 2 != 0);
            closed.set(true);
            signal.raise();
            assertThatThrownBy(waiting::result).isInstanceOf(ExecutionException.class).cause()
                .isInstanceOf(IllegalStateException.class).hasMessage("closed");
        }
    }

    @Test
    void aSleeperKeepsItsMappingUntilItIsAwake() throws Exception {
        assumeThat(Files.isReadable(Path.of("/proc/self/maps"))).isTrue();
        Path file = directory.resolve("word");
        CountDownLatch asleep = new CountDownLatch(1);
        try (Background<Boolean> sleeping = Background.start(sleepOn(file, asleep))) {
            asleep.await();
            collectGarbage();
            assertThat(isMapped()).as("mapped while a thread sleeps on it").isTrue();
            assertThat(sleeping.isOver()).isFalse();
        }
        Background.awaitUntil(() -> {
            collectGarbage();
            return !isMapped();
        });
    }

    /** All that is left of the mapping is what the sleeping thread has. */
    private static Callable<Boolean> sleepOn(Path path, CountDownLatch asleep) {
        return () -> {
            Waiter waiter;
            try (MappedFile file = MappedFile.createUnpublished(path, Integer.BYTES)) {
                file.publish();
                Signal signal = new Signal(file.region());
                waiter = new BlockingWaiter(signal, new HourSleeper(new FutexSleeper(signal)) {
                    @Override
                    void sleep(int announced, long nanos, int sleeps) {
                        asleep.countDown();
                        super.sleep(announced, nanos, sleeps);
                    }
                });
            }
            return waiter.await(() -> false, Timeouts.FOREVER);
        };
    }

    private static void collectGarbage() {
        WeakReference<Object> garbage = new WeakReference<>(new Object());
        while (garbage.get() != null) {
            System.gc();
        }
    }

    /** By the directory: the kernel names a mapping by the name that the file had when it was opened. */
    private boolean isMapped() {
        try {
            return Files.readString(Path.of("/proc/self/maps")).contains(directory.toRealPath().toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
