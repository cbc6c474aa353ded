package io.millrace.wait;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.memory.Region;
import io.millrace.testing.Background;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A thread that waits for any of several signals; asleep in the kernel up to 128 of them, parked beyond. */
@Timeout(60)
class AnySignalTest {
    private final AtomicBoolean there = new AtomicBoolean();
    private final CompletableFuture<Thread> sleeper = new CompletableFuture<>();

    private static List<Signal> signals(int count) {
        return Stream.generate(() -> new Signal(Region.allocate(Integer.BYTES))).limit(count).toList();
    }

    /** Whether what was waited for came; the thread has looked in vain at least twice when this returns. */
    private CompletableFuture<Boolean> waiting(List<Signal> signals, long timeoutNanos) {
        CompletableFuture<Void> asleep = new CompletableFuture<>();
        CompletableFuture<Boolean> result = CompletableFuture.supplyAsync(() -> {
            sleeper.complete(Thread.currentThread());
            try {
                return Waiter.blocking(signals).await(() -> there.get(), () -> asleep.complete(null), timeoutNanos);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }, Background.threads());
        asleep.join();
        return result;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 128, 129})
    void anyOfTheSignalsWakes(int count) {
        for (int raised : new int[] {0, count / 2, count - 1}) {
            List<Signal> signals = signals(count);
            there.set(false);
            CompletableFuture<Boolean> result = waiting(signals, Timeouts.FOREVER);
            there.set(true);
            signals.get(raised).raise();
            assertThat(result.join()).isTrue();
        }
    }

    @Test
    void anInterruptEndsTheWait() {
        CompletableFuture<Boolean> result = waiting(signals(3), Timeouts.FOREVER);
        sleeper.join().interrupt();
        assertThatThrownBy(result::join).hasRootCauseInstanceOf(InterruptedException.class);
    }

    @Test
    void theEndOfTheTimeEndsTheWait() {
        assertThat(waiting(signals(3), 5_000_000).join()).isFalse();
    }

    @Test
    void noSignalAtAllIsRefused() {
        assertThatThrownBy(() -> Waiter.blocking(List.of())).isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining("actual 0");
    }
}
