package io.millrace.pipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.domain.SharedDirectory;
import io.millrace.process.JvmProcess;
import io.millrace.queue.SharedQueue;
import io.millrace.testing.Background;
import io.millrace.wait.Waitable;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Waiting for connections, queues and children at once. */
@Timeout(60)
class WaitAnyTest {
    private static final Duration LONG = Duration.ofSeconds(50);
    private static final Duration SHORT = Duration.ofMillis(20);

    @TempDir(factory = SharedDirectory.class)
    private Path parent;
    private Pipe one;
    private Pipe other;
    private SharedQueue<String> queue;

    @BeforeEach
    void makeAll() {
        one = Pipe.builder(true).domain(domain()).create();
        other = Pipe.builder(true).domain(domain()).create();
        queue = SharedQueue.<String>builder().domain(domain()).create();
    }

    @AfterEach
    void closeAll() {
        one.close();
        other.close();
        queue.close();
    }

    private Path domain() {
        return parent.resolve("domain");
    }

    private CompletableFuture<List<Waitable>> waiting(Waitable... several) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return Connection.waitAny(List.of(several), LONG);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }, Background.threads());
    }

    @Test
    void nothingIsReadyWhereNothingWasSentHoweverLongOneWaits() throws Exception {
        List<Waitable> all = List.of(one.first(), other.first(), queue);
        assertThat(Connection.waitAny(all, Duration.ofSeconds(-1))).isEmpty();
        assertThat(Connection.waitAny(all, SHORT)).isEmpty();
        assertThat(Connection.waitAny(List.<Waitable>of(), SHORT)).isEmpty();
    }

    @Test
    void allThatAreReadyAreFoundAndNothingIsReceived() throws Exception {
        one.second().send("a message");
        queue.put("an item");
        List<Waitable> all = List.of(one.first(), other.first(), queue);
        assertThat(Connection.waitAny(all, LONG)).containsExactly(one.first(), queue);
        assertThat(Connection.waitAny(all, LONG)).containsExactly(one.first(), queue);
        assertThat(one.first().receive()).isEqualTo("a message");
        assertThat(Connection.waitAny(all, LONG)).containsExactly(queue);
    }

    @Test
    void whatBecomesReadyWakesOneWhoWaits() throws Exception {
        CompletableFuture<List<Waitable>> forMessage = waiting(one.first(), queue);
        one.second().send("a message");
        assertThat(forMessage.join()).containsExactly(one.first());
        CompletableFuture<List<Waitable>> forItem = waiting(other.first(), queue);
        queue.put("an item");
        assertThat(forItem.join()).containsExactly(queue);
        CompletableFuture<List<Waitable>> forTheEnd = waiting(other.first(), other.second());
        other.second().sendBytes(new byte[0]);
        assertThat(forTheEnd.join()).containsExactly(other.first());
    }

    @Test
    void theEndOfAStreamAndTheEndOfAChildAreReadyAndStayReady() throws Exception {
        try (JvmProcess child = JvmProcess.builder(PipeWork::receiveForEver, other.first()).domain(domain()).start()) {
            CompletableFuture<List<Waitable>> forChild = waiting(one.first(), child);
            other.first().close();
            child.kill();
            assertThat(forChild.join()).containsExactly(child);
            assertThat(waiting(other.second()).join()).containsExactly(other.second());
            assertThat(Connection.waitAny(List.of(child, other.second()), LONG)).hasSize(2);
        }
    }

    @Test
    void aClosedOneIsRefused() {
        one.first().close();
        assertThatThrownBy(() -> Connection.waitAny(List.of(one.first()), SHORT))
            .isInstanceOf(IllegalStateException.class);
    }
}
