package io.millrace.pipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.domain.SharedDirectory;
import io.millrace.testing.Background;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Several handles on one end, and handles on their way. Afterwards no file is left. */
@Timeout(60)
class PipeHandlesTest {
    private static final Duration SHORT = Duration.ofMillis(20);

    @TempDir(factory = SharedDirectory.class)
    private Path parent;
    private Pipe pipe;
    private final List<Connection> copies = new ArrayList<>();

    @BeforeEach
    void makePipe() {
        pipe = Pipe.builder(true).domain(parent.resolve("domain")).create();
    }

    @AfterEach
    void nothingIsLeft() throws Exception {
        copies.forEach(Connection::close);
        pipe.close();
        try (Stream<Path> files = Files.list(parent.resolve("domain"))) {
            assertThat(files.map(file -> file.getFileName().toString())).containsExactlyInAnyOrder("lock", "table");
        }
    }

    private Connection copy(Connection connection) throws Exception {
        Connection copy = Handles.copy(connection);
        copies.add(copy);
        return copy;
    }

    private static CompletableFuture<Object> received(Connection connection) {
        return Background.outcome(connection::receive);
    }

    @Test
    void eachMessageIsReceivedByOneOfTheHandlesAndAllOfThemLearnOfTheEnd() throws Exception {
        Connection other = copy(pipe.first());
        CompletableFuture<Object> one = received(pipe.first());
        CompletableFuture<Object> two = received(other);
        pipe.second().send("one");
        pipe.second().send("two");
        assertThat(List.of(one.get(), two.get())).containsExactlyInAnyOrder("one", "two");
        one = received(pipe.first());
        two = received(other);
        pipe.second().close();
        assertThat(one.get()).isInstanceOf(EndOfStreamException.class);
        assertThat(two.get()).isInstanceOf(EndOfStreamException.class);
    }

    @Test
    void receiversThatWaitForMessagesDoNotWakeEachOther() throws Exception {
        Connection other = copy(pipe.first());
        CompletableFuture<Object> one = received(pipe.first());
        CompletableFuture<Object> two = received(other);
        String signal = pipe.first().receiver().newWaiter().toString();
        new CountDownLatch(1).await(300, TimeUnit.MILLISECONDS);
        int raised = raised(pipe.first().receiver().newWaiter().toString()) - raised(signal);
        pipe.second().send(1);
        pipe.second().send(2);
        assertThat(List.of(one.get(), two.get())).containsExactlyInAnyOrder(1, 2);
        assertThat(raised).as("wake-ups, where those who wake each other do it ten thousand times").isLessThan(1_000);
    }

    private static int raised(String waiter) {
        return Integer.parseInt(waiter.replaceAll(".*raised (\\d+).*", "$1"));
    }

    @Test
    void whoHasTheBeginningOfAMessageOfWhichNoMoreComesKeepsNobodyFromTheEndOfTheStream() throws Exception {
        Connection other = copy(pipe.first());
        assertThatThrownBy(() -> pipe.second().sendBytes(new byte[10_000_000], SHORT))
            .isInstanceOf(TimeoutException.class);
        assertThatThrownBy(() -> pipe.first().receiveBytes(SHORT)).isInstanceOf(TimeoutException.class);
        CompletableFuture<Object> waiting = received(other);
        pipe.second().close();
        assertThatThrownBy(pipe.first()::receive).isInstanceOf(EndOfStreamException.class);
        assertThat(waiting.get()).isInstanceOf(EndOfStreamException.class);
    }

    @Test
    void whoClosesInTheMiddleOfAMessageLeavesThoseBehindItToOthers() throws Exception {
        Connection other = copy(pipe.first());
        assertThatThrownBy(() -> pipe.second().sendBytes(new byte[10_000_000], SHORT))
            .isInstanceOf(TimeoutException.class);
        assertThatThrownBy(() -> pipe.first().receiveBytes(SHORT)).isInstanceOf(TimeoutException.class);
        pipe.second().send("behind");
        CompletableFuture<Object> waiting = received(other);
        pipe.first().close();
        assertThat(waiting.get()).isEqualTo("behind");
    }

    @Test
    void aHandleOnItsWayHoldsItsEndUntilItHasArrivedOrNeverWill() throws Exception {
        Handles handles = Handles.sent(pipe.second());
        pipe.second().close();
        assertThat(pipe.first().poll(SHORT)).isFalse();
        Connection arrived = handles.arrive();
        handles.end();
        arrived.send("all is well");
        assertThat(pipe.first().receive()).isEqualTo("all is well");
        arrived.close();
        assertThatThrownBy(pipe.first()::receive).isInstanceOf(EndOfStreamException.class);
    }

    @Test
    void aHandleThatNobodyHasTakenOverIsOverWithTheTask() throws Exception {
        Handles handles = Handles.sent(pipe.second());
        pipe.second().close();
        CompletableFuture<Object> waiting = received(pipe.first());
        handles.end();
        assertThat(waiting.get()).isInstanceOf(EndOfStreamException.class);
        assertThatThrownBy(handles::arrive).isInstanceOf(java.io.InvalidObjectException.class);
    }

    @Test
    void aHandleThatIsReadTwiceIsTwoHandles() throws Exception {
        Handles handles = Handles.sent(pipe.second());
        pipe.second().close();
        Connection one = handles.arrive();
        Connection two = handles.arrive();
        handles.end();
        one.send(1);
        one.close();
        assertThat(pipe.first().receive()).isEqualTo(1);
        assertThat(pipe.first().poll(SHORT)).isFalse();
        two.send(2);
        two.close();
        assertThat(pipe.first().receive()).isEqualTo(2);
        assertThatThrownBy(pipe.first()::receive).isInstanceOf(EndOfStreamException.class);
    }

    @Test
    void outsideOfTasksAndMessagesAConnectionCannotBeSerialized() throws Exception {
        try (ObjectOutputStream out = new ObjectOutputStream(OutputStream.nullOutputStream())) {
            assertThatThrownBy(() -> out.writeObject(pipe.second())).isInstanceOf(NotSerializableException.class)
                .hasMessageContaining("in messages of queues and pipes");
        }
    }

    @Test
    void sixtyFourHandlesMaySendAndTheNextIsTold() throws Exception {
        for (int i = 0; i < 64; i++) {
            copy(pipe.second()).send(i);
        }
        assertThatThrownBy(() -> pipe.second().send(64)).isInstanceOf(IllegalStateException.class)
            .hasMessageContaining("64 handles");
        copies.get(7).close();
        pipe.second().send(64);
        int sum = 0;
        for (int i = 0; i <= 64; i++) {
            sum += pipe.first().receive(Integer.class);
        }
        assertThat(sum).isEqualTo(64 * 65 / 2);
    }
}
