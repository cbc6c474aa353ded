package io.millrace.pipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.memory.Region;
import io.millrace.testing.Background;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A writer sends messages that are written in place, in their order. */
@Timeout(60)
class MessageWriterTest extends WriterFixture {
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
    void aClaimThatWasSentBeforeHasNoPowerOverTheWriter() throws Exception {
        MessageClaim old = second.claim(4);
        old.payload().putIntPlain(0, 1);
        old.send();
        try (MessageWriter writer = second.writer()) {
            writer.claim(4).putIntPlain(0, 2);
            old.close();
            assertThatThrownBy(old::send).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(old::payload).isInstanceOf(IllegalStateException.class);
            assertThat(old.toString()).contains("not open");
            assertThat(Background.outcome(() -> second.tryClaim(4)).join()).as("kept out").isNull();
            writer.send();
        }
        assertThat(readAll()).containsExactly(1, 2);
    }

    @Test
    void afterAFirstClaimThatFailedTheOthersSendAsBefore() throws Exception {
        try (MessageWriter writer = second.writer()) {
            assertThatThrownBy(() -> writer.claim(LANE)).isInstanceOf(IllegalArgumentException.class);
            assertSendsAtOnce();
            while (first.read(message -> { }, 10) > 0) {
                continue;
            }
            try (MessageWriter full = second.writer()) {
                fill(full);
            }
            assertThat(writer.tryClaim(1000)).isNull();
            assertThatThrownBy(() -> writer.claim(1000, SHORT)).isInstanceOf(TimeoutException.class);
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> writer.claim(1000)).isInstanceOf(InterruptedException.class);
            assertSendsAtOnce();
            first.close();
            assertThatThrownBy(() -> writer.claim(4)).isInstanceOf(BrokenPipeException.class);
            second.close();
        }
    }

    private void assertSendsAtOnce() {
        assertThat(Background.outcome(() -> {
            MessageClaim claim = second.tryClaim(4);
            claim.send();
            return "sent";
        }).join()).isEqualTo("sent");
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
    void whenTheOtherEndIsOverTheNextClaimThrowsAndOneThatWaitsToo() throws Exception {
        try (Background<Region> waiting = waitingForRoom()) {
            first.close();
            assertThatThrownBy(waiting::result).hasCauseInstanceOf(BrokenPipeException.class);
        }
        try (MessageWriter writer = second.writer()) {
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
