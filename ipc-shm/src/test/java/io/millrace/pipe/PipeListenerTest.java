package io.millrace.pipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.domain.Domain;
import io.millrace.domain.SharedDirectory;
import io.millrace.process.JvmProcess;
import io.millrace.queue.SharedQueue;
import io.millrace.testing.Background;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Programs that connect by a name. Afterwards no file is left. */
@Timeout(60)
class PipeListenerTest {
    private static final String NAME = "server";
    private static final Duration LONG = Duration.ofSeconds(50);
    private static final Duration SHORT = Duration.ofMillis(20);

    @TempDir(factory = SharedDirectory.class)
    private Path parent;
    private Path domain;

    @BeforeEach
    void chooseDomain() {
        domain = parent.resolve("domain");
    }

    @AfterEach
    void nothingIsLeft() throws IOException {
        try (Stream<Path> files = Files.list(domain)) {
            assertThat(files.map(file -> file.getFileName().toString())).containsExactlyInAnyOrder("lock", "table");
        }
    }

    private CompletableFuture<Object> connection() {
        return Background.outcome(() -> Pipe.connect(domain, NAME, LONG));
    }

    @Test
    void whoConnectsAndWhoAcceptsTalkBothWaysAndLearnOfEachOthersEnd() throws Exception {
        try (PipeListener listener = Pipe.listen(domain, NAME)) {
            assertThat(listener.name()).isEqualTo(NAME);
            CompletableFuture<Object> connecting = connection();
            Connection connected;
            try (Connection accepted = listener.accept()) {
                connected = (Connection) connecting.get();
                connected.send(1729);
                assertThat(accepted.receive()).isEqualTo(1729);
                accepted.sendBytes("hello".getBytes());
                assertThat(connected.poll(LONG)).isTrue();
                assertThat(connected.receiveBytes()).isEqualTo("hello".getBytes());
            }
            assertThatThrownBy(connected::receive).isInstanceOf(EndOfStreamException.class);
            connected.close();
        }
    }

    @Test
    void whoConnectsChoosesHowLongTheLanesAre() throws Exception {
        try (PipeListener listener = Pipe.listen(domain, NAME)) {
            CompletableFuture<Connection> accepting = CompletableFuture.supplyAsync(() -> {
                try {
                    return listener.accept();
                } catch (Exception e) {
                    throw new AssertionError(e);
                }
            }, Background.threads());
            Pipe.Builder longLanes = Pipe.builder(true).domain(domain).laneCapacity(1 << 20);
            try (Connection connected = longLanes.connect(NAME, LONG); Connection accepted = accepting.get();
                MessageClaim claim = accepted.claim(1 << 18)) {
                claim.send();
                assertThat(connected.receiveBytes(LONG)).hasSize(1 << 18);
            }
            assertThatThrownBy(() -> Pipe.builder(false).domain(domain).connect(NAME, LONG))
                .isInstanceOf(IllegalStateException.class).hasMessageContaining("duplex");
        }
    }

    @Test
    void connectionsOutliveTheListenerWhichIsClosedThen() throws Exception {
        PipeListener listener = Pipe.listen(domain, NAME);
        CompletableFuture<Object> connecting = connection();
        try (Connection accepted = listener.accept(LONG); Connection connected = (Connection) connecting.get()) {
            listener.close();
            listener.close();
            connected.send("still here");
            assertThat(accepted.receive()).isEqualTo("still here");
        }
        assertThatThrownBy(listener::accept).isInstanceOf(IllegalStateException.class);
        assertThat(listener.toString()).contains("closed");
    }

    @Test
    void ofTwoWhoListenByOneNameTheSecondIsRefused() {
        try (PipeListener listener = Pipe.listen(domain, NAME)) {
            assertThatThrownBy(() -> Pipe.listen(domain, NAME)).isInstanceOf(UncheckedIOException.class)
                .hasCauseInstanceOf(FileAlreadyExistsException.class);
            assertThat(listener.toString()).doesNotContain("closed");
        }
        Pipe.listen(domain, NAME).close();
    }

    @Test
    void aNameOfSomethingElseIsRefusedOnBothSides() {
        try (SharedQueue<Object> queue = SharedQueue.builder().domain(domain).name(NAME).create()) {
            assertThatThrownBy(() -> Pipe.listen(domain, NAME)).hasCauseInstanceOf(FileAlreadyExistsException.class);
            assertThatThrownBy(() -> Pipe.connect(domain, NAME, LONG)).isInstanceOf(IOException.class);
            queue.remove();
        }
    }

    @Test
    void namesThatAreNoneAreRefused() throws Exception {
        Pipe.listen(domain, NAME).close();
        for (String name : new String[] {"", "a/b", "../up", ".hidden", "lock", "table", "ä", "a b", "a\0b",
            "x".repeat(101)}) {
            assertThatThrownBy(() -> Pipe.listen(domain, name)).as(name).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> Pipe.connect(domain, name, LONG)).as(name)
                .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void whoConnectsWhereNobodyListensIsToldAtOnce() {
        assertThatThrownBy(() -> Pipe.connect(domain, NAME, LONG)).isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void aListenerThatDoesNotAcceptInTimeLeavesNothing() throws Exception {
        try (PipeListener listener = Pipe.listen(domain, NAME)) {
            assertThatThrownBy(() -> Pipe.connect(domain, NAME, SHORT)).isInstanceOf(TimeoutException.class);
            assertThatThrownBy(() -> listener.accept(SHORT)).isInstanceOf(TimeoutException.class);
        }
    }

    @Test
    void whoWaitsToBeAcceptedIsToldWhenTheListenerCloses() throws Exception {
        PipeListener listener = Pipe.listen(domain, NAME);
        CompletableFuture<Object> connecting = connection();
        while (lanes() == 0) {
            Thread.onSpinWait();
        }
        listener.close();
        assertThat(connecting.get()).isInstanceOf(BrokenPipeException.class);
    }

    private long lanes() throws IOException {
        try (Stream<Path> files = Files.list(domain)) {
            return files.filter(file -> file.getFileName().toString().startsWith(NAME + "~")).count();
        }
    }

    @Test
    void theNameOfAListenerThatWasKilledIsFree() throws Exception {
        JvmProcess child = JvmProcess.builder(PipeWork::listen, domain.toString(), NAME).domain(domain).start();
        try (Connection connected = awaitedConnection()) {
            assertThat(connected.receive()).isEqualTo("welcome");
            child.kill();
            child.join();
            assertThatThrownBy(connected::receive).isInstanceOf(EndOfStreamException.class);
        }
        assertThatThrownBy(() -> Pipe.connect(domain, NAME, LONG)).isInstanceOf(NoSuchFileException.class);
        try (PipeListener listener = Pipe.listen(domain, NAME)) {
            CompletableFuture<Object> connecting = connection();
            listener.accept(LONG).close();
            ((Connection) connecting.get()).close();
        }
    }

    private Connection awaitedConnection() throws Exception {
        while (true) {
            try {
                return Pipe.connect(domain, NAME, LONG);
            } catch (NoSuchFileException e) {
                Thread.onSpinWait(); // the child does not listen yet
            }
        }
    }

    @Test
    void oneWhoIsKilledBeforeHeWasAcceptedIsPassedOver() throws Exception {
        try (PipeListener listener = Pipe.listen(domain, NAME)) {
            JvmProcess child = JvmProcess.builder(PipeWork::connect, domain.toString(), NAME).domain(domain).start();
            while (lanes() == 0) {
                Thread.onSpinWait();
            }
            child.kill();
            child.join();
            CompletableFuture<Object> connecting = connection();
            try (Connection accepted = listener.accept(LONG); Connection connected = (Connection) connecting.get()) {
                connected.send("alive");
                assertThat(accepted.receive()).isEqualTo("alive");
            }
        }
        try (Domain joined = Domain.join(domain)) {
            joined.reap(); // what he has left if he had not yet offered it
        }
    }

    @Test
    void whoWasAcceptedIsConnectedHoweverSoonTheListenerIsClosedThen() throws Exception {
        for (int round = 0; round < 100; round++) {
            CompletableFuture<Object> connecting;
            Connection accepted;
            try (PipeListener listener = Pipe.listen(domain, NAME)) {
                connecting = connection();
                while (lanes() == 0) {
                    Thread.onSpinWait();
                }
                accepted = listener.accept(LONG);
            }
            accepted.close();
            assertThat(connecting.get()).isInstanceOf(Connection.class);
            ((Connection) connecting.get()).close();
        }
    }
}
