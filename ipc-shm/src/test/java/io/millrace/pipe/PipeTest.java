package io.millrace.pipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.codec.Codecs;
import io.millrace.testing.Background;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A pipe between threads of one JVM. */
@Timeout(60)
class PipeTest extends PipeFixture {
    private static final Duration SHORT = Duration.ofMillis(20);

    @Test
    void whatIsSentAtOneEndIsReceivedAtTheOtherBothWays() throws Exception {
        second.send(Arrays.asList(1, 2.25, null));
        first.send("answer");
        second.send(null);
        assertThat(first.receive()).isEqualTo(Arrays.asList(1, 2.25, null));
        assertThat(second.receive(String.class)).isEqualTo("answer");
        assertThat(first.poll(SHORT)).isTrue();
        assertThat(first.receive()).isNull();
        assertThat(first.poll()).isFalse();
    }

    @Test
    void messagesOfBytesAreNeitherSplitNorMergedAndMayBeEmpty() throws Exception {
        byte[] message = "abcdefghijklmnopqrstuvwxyz".getBytes();
        second.sendBytes(message);
        second.sendBytes(message, 7, 8);
        second.sendBytes(message, 26, 0);
        assertThat(first.receiveBytes()).isEqualTo(message);
        assertThat(first.receiveBytes()).isEqualTo("hijklmno".getBytes());
        assertThat(first.poll()).isTrue();
        assertThat(first.poll()).isTrue();
        assertThat(first.receiveBytes()).isEmpty();
        assertThat(first.poll()).isFalse();
    }

    @Test
    void longMessagesGoThroughInPartsInBothDirectionsAtOnce() throws Exception {
        byte[] message = new byte[5_000_000];
        new Random(7).nextBytes(message);
        CompletableFuture<Void> echo = CompletableFuture.runAsync(() -> {
            try {
                for (int i = 0; i < 3; i++) {
                    first.sendBytes(first.receiveBytes());
                }
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }, Background.threads());
        for (int i = 0; i < 3; i++) {
            second.sendBytes(message);
            assertThat(second.receiveBytes()).isEqualTo(message);
        }
        echo.join();
        CompletableFuture<Object> received = CompletableFuture.supplyAsync(() -> {
            try {
                return first.receive();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }, Background.threads());
        second.send(message);
        assertThat(received.join()).isEqualTo(message);
    }

    @Test
    void afterTheLastHandleIsClosedWhatWasSentIsReceivedAndThenTheStreamIsOver() throws Exception {
        second.send("last");
        second.close();
        assertThat(first.poll()).isTrue();
        assertThat(first.receive()).isEqualTo("last");
        assertThat(first.poll()).isTrue();
        assertThatThrownBy(first::receive).isInstanceOf(EndOfStreamException.class);
        assertThatThrownBy(first::receiveBytes).isInstanceOf(EndOfStreamException.class);
        assertThatThrownBy(() -> first.send("nobody")).isInstanceOf(BrokenPipeException.class);
    }

    @Test
    void aReceiverThatWaitsLearnsOfTheEndAtOnceAndASenderThatWaitsForRoomToo() throws Exception {
        CompletableFuture<Throwable> receiver = failure(() -> first.receive());
        CompletableFuture<Throwable> sender = failure(() -> first.sendBytes(new byte[10_000_000]));
        second.close();
        assertThat(receiver.join()).isInstanceOf(EndOfStreamException.class);
        assertThat(sender.join()).isInstanceOf(BrokenPipeException.class);
    }

    @Test
    void closingAHandleEndsItsOwnWaits() throws Exception {
        CompletableFuture<Throwable> receiver = failure(() -> first.receive());
        CompletableFuture<Throwable> sender = failure(() -> first.sendBytes(new byte[10_000_000]));
        assertThat(second.poll(Duration.ofSeconds(30))).isTrue();
        first.close();
        assertThat(receiver.join()).isInstanceOf(IllegalStateException.class);
        assertThat(sender.join()).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(first::poll).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> first.send(1)).isInstanceOf(IllegalStateException.class);
    }

    /** Something that fails, sooner or later. */
    private interface Doomed {
        Object run() throws Exception;
    }

    private interface DoomedAction {
        void run() throws Exception;
    }

    private static CompletableFuture<Throwable> failure(DoomedAction doomed) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                doomed.run();
                return null;
            } catch (Throwable e) {
                return e;
            }
        }, Background.threads());
    }

    @Test
    void aTimeoutSendsNothingAndReceivesNothing() throws Exception {
        assertThatThrownBy(() -> first.receive(SHORT)).isInstanceOf(TimeoutException.class);
        assertThatThrownBy(() -> first.sendBytes(new byte[10_000_000], SHORT)).isInstanceOf(TimeoutException.class);
        CompletableFuture<Void> next = CompletableFuture.runAsync(() -> {
            try {
                first.sendBytes(new byte[] {7});
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }, Background.threads());
        assertThat(second.receiveBytes()).containsExactly(7);
        next.join();
    }

    @Test
    void severalThreadsSendByOneHandleAndNothingIsLostMixedOrOutOfItsThreadsOrder() throws Exception {
        int threads = 4;
        int messages = 3_000;
        List<CompletableFuture<Void>> senders = java.util.stream.IntStream.range(0, threads)
            .mapToObj(thread -> CompletableFuture.runAsync(() -> {
                try {
                    for (int i = 0; i < messages; i++) {
                        byte[] message = new byte[i % 100 == 0 ? 200_000 : 5];
                        message[0] = (byte) thread;
                        message[1] = (byte) (i >> 8);
                        message[2] = (byte) i;
                        second.sendBytes(message);
                    }
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            }, Background.threads())).toList();
        int[] next = new int[threads];
        for (int i = 0; i < threads * messages; i++) {
            byte[] message = first.receiveBytes();
            int number = (message[1] & 0xFF) << 8 | message[2] & 0xFF;
            assertThat(number).isEqualTo(next[message[0]]++);
        }
        senders.forEach(CompletableFuture::join);
    }

    @Test
    void messagesAreWrittenAndReadInPlace() throws Exception {
        try (MessageClaim claim = second.claim(Long.BYTES)) {
            claim.payload().putLongPlain(0, 42);
            claim.send();
        }
        try (MessageClaim claim = second.tryClaim(Long.BYTES)) {
            assertThat(claim.toString()).contains("8 bytes");
        }
        second.sendBytes(new byte[] {1});
        long[] seen = new long[2];
        assertThat(first.read(message -> seen[message.length() / 8] = message.getBytePlain(0), 10)).isEqualTo(2);
        assertThat(seen).containsExactly(1, 42);
        assertThat(first.read(message -> { }, 10)).isZero();
    }

    @Test
    void typedConnectionsUseTheirCodecAndTellAnother() throws Exception {
        second.typed(Codecs.utf8()).send("text");
        second.typed(Codecs.utf8()).send(null);
        assertThat(first.typed(Codecs.utf8()).receive()).isEqualTo("text");
        assertThat(first.typed(Codecs.utf8()).receive()).isNull();
        second.typed(Codecs.ofLong()).send(5L);
        assertThatThrownBy(() -> first.typed(Codecs.utf8()).receive())
            .isInstanceOf(io.millrace.codec.DecodingException.class);
    }

    @Test
    void ofASimplexPipeTheFirstEndOnlyReceives() throws Exception {
        pipe.close();
        use(Pipe.builder(false));
        assertThat(List.of(first.isReadable(), first.isWritable(), second.isReadable(), second.isWritable()))
            .containsExactly(true, false, false, true);
        second.send(1);
        assertThat(first.receive()).isEqualTo(1);
        assertThatThrownBy(() -> first.send(2)).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(second::receive).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(second::poll).isInstanceOf(UnsupportedOperationException.class);
    }
}
