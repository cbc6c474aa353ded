package io.millrace.pipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.testing.Background;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A writer has the sending side to itself, from its first claim to its close. */
@Timeout(60)
class MessageWriterTest extends PipeFixture {
    private static final Duration SHORT = Duration.ofMillis(20);
    private static final int LANE = 1 << 12;

    private final List<Integer> read = new ArrayList<>();

    @BeforeEach
    @Override
    void makePipe() {
        use(Pipe.builder(true).laneCapacity(LANE));
    }

    private static void write(MessageWriter writer, int message) throws Exception {
        writer.claim(Integer.BYTES).putIntPlain(0, message);
        writer.send();
    }

    private List<Integer> readAll() throws Exception {
        while (first.read(message -> read.add(message.getIntPlain(0)), 100) > 0) {
            continue;
        }
        return read;
    }

    private static int fill(MessageWriter writer) throws Exception {
        int count = 0;
        while (writer.tryClaim(1000) != null) {
            writer.send();
            count++;
        }
        return count;
    }

    @Test
    void messagesOfAnyLengthArriveInTheirOrderAsTheyWereWritten() throws Exception {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        try (MessageWriter writer = second.writer()) {
            for (int i = 0; i < 20_000; i++) {
                int length = Integer.BYTES + random.nextInt(i % 50 == 0 ? LANE / 2 - 11 : 40);
                writer.claim(length).putIntPlain(0, i);
                writer.send();
                int number = i;
                assertThat(first.read(message -> {
                    assertThat(message.length()).as("seed %d", seed).isEqualTo(length);
                    assertThat(message.getIntPlain(0)).as("seed %d", seed).isEqualTo(number);
                }, 2)).as("seed %d", seed).isEqualTo(1);
            }
            writer.claim(0);
            writer.send();
        }
        assertThat(first.receiveBytes()).isEmpty();
        second.send("another way");
        assertThat(first.receive()).isEqualTo("another way");
    }

    @Test
    void whereThereIsNoRoomAClaimWaitsOrSaysSo() throws Exception {
        try (MessageWriter writer = second.writer()) {
            int sent = fill(writer);
            assertThat(writer.tryClaim(1000)).isNull();
            assertThatThrownBy(() -> writer.claim(1000, SHORT)).isInstanceOf(TimeoutException.class)
                .hasMessageContaining("no room");
            CompletableFuture<Object> reader = Background.outcome(() -> {
                for (int i = 0; i < sent; i++) {
                    first.receiveBytes();
                }
                return first.receiveBytes();
            });
            for (int i = 0; i < 2; i++) {
                writer.claim(1000).putIntPlain(0, i);
                writer.send();
            }
            assertThat((byte[]) reader.join()).hasSize(1000).startsWith(0, 0, 0, 0);
            assertThat(first.receiveBytes()).hasSize(1000).startsWith(1, 0, 0, 0);
        }
    }

    @Test
    void whatWasClaimedAndNotSentIsForgottenAtTheClose() throws Exception {
        try (MessageWriter writer = second.writer()) {
            write(writer, 1);
            writer.claim(100);
        }
        try (MessageWriter writer = second.writer()) {
            write(writer, 2);
        }
        assertThat(readAll()).containsExactly(1, 2);
    }

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
        try (MessageWriter others = (MessageWriter) Background.outcome(second::writer).join()) {
            others.claim(4).putIntPlain(0, 2);
            writer.close();
            assertThatThrownBy(writer::send).isInstanceOf(IllegalStateException.class).hasMessageContaining("closed");
            assertThatThrownBy(() -> writer.tryClaim(4)).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> writer.claim(-1)).isInstanceOf(IllegalStateException.class);
            others.send();
        }
        assertThat(writer.toString()).contains("closed");
        assertThat(readAll()).containsExactly(1, 2);
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
    void whatIsWrongIsToldAndAfterwardsItWritesAsBefore() throws Exception {
        try (MessageWriter writer = second.writer()) {
            assertThatThrownBy(writer::send).isInstanceOf(IllegalStateException.class);
            for (int i = 0; i < 2; i++) {
                for (int length : new int[] {-1, LANE / 2 - 7, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
                    assertThatThrownBy(() -> writer.claim(length)).isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining(length + " bytes").hasMessageContaining("0 to " + (LANE / 2 - 8));
                    assertThatThrownBy(() -> writer.tryClaim(length)).isInstanceOf(IllegalArgumentException.class);
                }
                writer.claim(4).putIntPlain(0, i);
                assertThatThrownBy(() -> writer.tryClaim(4)).isInstanceOf(IllegalStateException.class);
                assertThatThrownBy(() -> writer.claim(4)).isInstanceOf(IllegalStateException.class);
                writer.send();
                assertThatThrownBy(writer::send).isInstanceOf(IllegalStateException.class);
            }
        }
        assertThat(readAll()).containsExactly(0, 1);
        pipe.close();
        use(Pipe.builder(false));
        assertThatThrownBy(first::writer).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void whoClosesTheConnectionWaitsForTheWriterWhoseNextClaimSaysSo() throws Exception {
        CompletableFuture<Void> closing;
        try (MessageWriter writer = second.writer()) {
            write(writer, 1);
            closing = CompletableFuture.runAsync(second::close, Background.threads());
            assertThatThrownBy(() -> {
                while (true) {
                    if (writer.tryClaim(4) != null) {
                        writer.send();
                    }
                }
            }).isInstanceOf(IllegalStateException.class).hasMessageContaining("the connection is closed");
            assertThat(closing.isDone()).isFalse();
            assertThat(first.read(message -> { }, 1)).as("the end is held yet").isEqualTo(1);
        }
        closing.join();
    }

    @Test
    void aClaimThatWaitsForRoomIsToldThatTheConnectionIsClosed() throws Exception {
        CompletableFuture<Void> closing;
        try (MessageWriter writer = second.writer()) {
            fill(writer);
            closing = CompletableFuture.runAsync(second::close, Background.threads());
            assertThatThrownBy(() -> writer.claim(1000)).isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("the connection is closed");
        }
        closing.join();
    }

    @Test
    void whenTheOtherEndIsOverTheNextClaimThrowsAndOneThatWaitsToo() throws Exception {
        try (MessageWriter writer = second.writer()) {
            fill(writer);
            CompletableFuture.runAsync(first::close, Background.threads());
            assertThatThrownBy(() -> writer.claim(1000)).isInstanceOf(BrokenPipeException.class);
            assertThatThrownBy(() -> writer.claim(1)).isInstanceOf(BrokenPipeException.class);
            assertThatThrownBy(() -> writer.tryClaim(1)).isInstanceOf(BrokenPipeException.class);
        }
        second.close();
    }

    @Test
    void betweenTwoMessagesTheEndOfTheOtherSideIsNoticedAtOnce() throws Exception {
        try (MessageWriter writer = second.writer()) {
            write(writer, 1);
            first.close();
            assertThatThrownBy(() -> writer.tryClaim(4)).isInstanceOf(BrokenPipeException.class);
            assertThatThrownBy(writer::send).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void anInterruptEndsAWaitAndNothingElse() throws Exception {
        try (MessageWriter writer = second.writer()) {
            Thread.currentThread().interrupt();
            int sent = fill(writer);
            assertThatThrownBy(() -> writer.claim(1000)).isInstanceOf(InterruptedException.class);
            assertThat(Thread.interrupted()).isFalse();
            for (int i = 0; i < sent; i++) {
                assertThat(first.receiveBytes()).hasSize(1000);
            }
            write(writer, 5);
        }
        assertThat(readAll()).containsExactly(5);
    }
}
