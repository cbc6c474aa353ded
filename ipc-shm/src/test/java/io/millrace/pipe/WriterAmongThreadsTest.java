package io.millrace.pipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.memory.Region;
import io.millrace.testing.Background;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A writer has the sending side of its handle to itself, from its first claim to its close. */
@Timeout(60)
class WriterAmongThreadsTest extends WriterFixture {
    @Test
    void fromItsFirstClaimToItsCloseTheOtherThreadsOfItsHandleWait() throws Exception {
        CompletableFuture<Object> other;
        try (MessageWriter writer = second.writer()) {
            write(writer, 1);
            assertThat(Background.outcome(() -> second.tryClaim(4)).join()).isNull();
            assertThat(Background.outcome(() -> second.claim(4, SHORT)).join()).isInstanceOf(TimeoutException.class);
            assertThat(Background.outcome(() -> second.writer().claim(4, SHORT)).join())
                .isInstanceOf(TimeoutException.class);
            other = Background.outcome(() -> {
                second.sendBytes(new byte[] {3, 0, 0, 0});
                return "sent";
            });
            write(writer, 2);
        }
        assertThat(other.join()).isEqualTo("sent");
        assertThat(readAll()).containsExactly(1, 2, 3);
    }

    @Test
    void itsThreadSendsNothingElseMeanwhileAndDoesNotCloseTheConnection() throws Exception {
        try (MessageWriter writer = second.writer()) {
            write(writer, 1);
            assertThatThrownBy(() -> second.send(2)).isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("writer");
            assertThatThrownBy(() -> second.claim(4)).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> second.writer().claim(4)).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(second::close).isInstanceOf(IllegalStateException.class);
            first.sendBytes(new byte[7]);
            assertThat(second.receiveBytes()).as("receives as before").hasSize(7);
            write(writer, 3);
        }
        assertThat(readAll()).containsExactly(1, 3);
    }

    @Test
    void aWriterThatHasClaimedNothingIsInNobodysWay() throws Exception {
        try (MessageWriter writer = second.writer()) {
            second.sendBytes(new byte[] {1, 0, 0, 0});
            assertThat(readAll()).containsExactly(1);
            second.close();
            assertThatThrownBy(() -> writer.claim(4)).isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("the connection is closed");
        }
        assertThatThrownBy(second::writer).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void closedTwiceIsClosedAndWhatAnotherThreadHasClaimedIsLeftAlone() throws Exception {
        MessageWriter writer = second.writer();
        write(writer, 1);
        writer.close();
        CountDownLatch claimed = new CountDownLatch(1);
        CountDownLatch tried = new CountDownLatch(1);
        CompletableFuture<Object> other = Background.outcome(() -> {
            try (MessageWriter others = second.writer()) {
                others.claim(4).putIntPlain(0, 2);
                claimed.countDown();
                tried.await();
                others.send();
            }
            return "sent";
        });
        claimed.await();
        writer.close();
        assertThatThrownBy(writer::send).isInstanceOf(IllegalStateException.class).hasMessageContaining("closed");
        assertThatThrownBy(() -> writer.tryClaim(4)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> writer.claim(-1)).isInstanceOf(IllegalStateException.class);
        tried.countDown();
        assertThat(other.join()).isEqualTo("sent");
        assertThat(writer.toString()).contains("closed");
        assertThat(readAll()).containsExactly(1, 2);
    }

    @Test
    void aThreadThatEndsWithItsWriterOrItsClaimOpenIsInNobodysWay() throws Exception {
        for (int i = 0; i < 4; i += 2) { // the first thread to send, and one that is not
            assertThat(Background.outcome(() -> second.writer().claim(4)).join()).isInstanceOf(Region.class);
            second.sendBytes(new byte[] {(byte) i, 0, 0, 0});
            assertThat(Background.outcome(() -> second.claim(4)).join()).isInstanceOf(MessageClaim.class);
            try (MessageWriter writer = second.writer()) {
                write(writer, i + 1);
            }
        }
        assertThat(readAll()).containsExactly(0, 1, 2, 3);
        assertThat(Background.outcome(() -> second.writer().claim(4)).join()).isInstanceOf(Region.class);
        second.close();
    }

    @Test
    void whoWaitsForTheWriterIsToldThatTheConnectionIsClosed() throws Exception {
        CompletableFuture<Void> closing;
        try (MessageWriter writer = second.writer()) {
            write(writer, 1);
            try (Background<Boolean> waiting = Background.start(() -> {
                second.send("too late");
                return true;
            })) {
                Background.awaitUntil(waiting::isParked);
                closing = CompletableFuture.runAsync(second::close, Background.threads());
                assertThatThrownBy(waiting::result).hasCauseInstanceOf(IllegalStateException.class);
            }
        }
        closing.join();
    }

    @Test
    void noOtherThreadClosesIt() throws Exception {
        MessageWriter writer = second.writer();
        write(writer, 1);
        assertThat(Background.outcome(() -> {
            writer.close();
            return "closed";
        }).join()).isInstanceOf(IllegalStateException.class);
        assertThat(writer.toString()).contains("sending").contains("second end");
        write(writer, 2);
        writer.close();
        assertThat(readAll()).containsExactly(1, 2);
    }

    @Test
    void whoClosesTheConnectionWaitsForTheWriterWhoseNextClaimSaysSo() throws Exception {
        CompletableFuture<Void> closing;
        try (MessageWriter writer = second.writer()) {
            write(writer, 1);
            closing = CompletableFuture.runAsync(second::close, Background.threads());
            assertStreamsUntilTheConnectionIsClosed(writer);
            assertThat(closing.isDone()).isFalse();
            assertThat(readAll()).as("the end is held yet").startsWith(1);
        }
        closing.join();
    }

    private void assertStreamsUntilTheConnectionIsClosed(MessageWriter writer) {
        assertThatThrownBy(() -> {
            for (long end = System.nanoTime() + 30_000_000_000L; System.nanoTime() < end;) {
                if (writer.tryClaim(4) != null) {
                    writer.send();
                }
            }
        }).isInstanceOf(IllegalStateException.class).hasMessageContaining("the connection is closed");
    }

    @Test
    void aConnectionThatIsClosedDuringTheFirstClaimIsNoticedToo() throws Exception {
        for (int i = 0; i < 300; i++) {
            pipe.close();
            makePipe();
            CyclicBarrier both = new CyclicBarrier(2);
            CompletableFuture<Object> closing = Background.outcome(() -> {
                both.await();
                second.close();
                return "closed";
            });
            try (MessageWriter writer = second.writer()) {
                both.await();
                assertStreamsUntilTheConnectionIsClosed(writer);
            }
            assertThat(closing.join()).isEqualTo("closed");
        }
    }

    @Test
    void aClaimThatWaitsForRoomIsToldThatTheConnectionIsClosed() throws Exception {
        try (Background<Region> waiting = waitingForRoom()) {
            second.close();
            assertThatThrownBy(waiting::result).hasCauseInstanceOf(IllegalStateException.class)
                .hasMessageContaining("the connection is closed");
        }
    }
}
