package io.millrace.pipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.codec.DecodingException;
import io.millrace.codec.EncodingException;
import io.millrace.testing.Background;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is wrong is told, and afterwards the pipe works as before. */
@Timeout(60)
class PipeMisuseTest extends PipeFixture {
    private static final byte[] MESSAGE = "abcdefghijklmnopqrstuvwxyz".getBytes();

    @BeforeEach
    @Override
    void makePipe() {
        use(Pipe.builder(true).laneCapacity(1 << 12));
    }

    @AfterEach
    void thePipeStillWorks() throws Exception {
        if (!first.isClosed() && !second.isClosed()) {
            while (first.read(message -> { }, 10) > 0) {
                continue;
            }
            second.send("works");
            assertThat(first.receive()).isEqualTo("works");
        }
    }

    @Test
    void aRangeOutsideOfTheArrayIsRefused() {
        int[][] ranges = {{27, 0}, {22, 5}, {26, 1}, {-1, 1}, {4, -1}, {Integer.MAX_VALUE, Integer.MAX_VALUE}};
        for (int[] range : ranges) {
            assertThatThrownBy(() -> second.sendBytes(MESSAGE, range[0], range[1]))
                .isInstanceOf(IndexOutOfBoundsException.class);
        }
        assertThatThrownBy(() -> second.sendBytes((byte[]) null)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> second.sendBytes((ByteBuffer) null)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> first.receiveBytesInto(MESSAGE, 27)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> first.receiveBytesInto(MESSAGE, -1)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> first.receiveBytes(-1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> first.read(message -> { }, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThat(first.poll()).isFalse();
    }

    @Test
    void whatRemainsInABufferIsSentAndItsPositionStays() throws Exception {
        ByteBuffer buffer = ByteBuffer.allocateDirect(26).put(MESSAGE).position(7).limit(15);
        second.sendBytes(buffer);
        assertThat(first.receiveBytes()).isEqualTo("hijklmno".getBytes());
        assertThat(buffer.position()).isEqualTo(7);
    }

    @Test
    void aMessageIsReceivedIntoAnArrayFromTheOffsetOn() throws Exception {
        byte[] array = new byte[10];
        second.sendBytes(new byte[] {1, 2, 3});
        assertThat(first.receiveBytesInto(array, 4)).isEqualTo(3);
        assertThat(array).containsExactly(0, 0, 0, 0, 1, 2, 3, 0, 0, 0);
    }

    @Test
    void aMessageThatDoesNotFitIsInTheException() throws Exception {
        second.sendBytes(MESSAGE);
        second.sendBytes(MESSAGE);
        byte[] array = new byte[20];
        assertThatThrownBy(() -> first.receiveBytesInto(array, 0)).isInstanceOfSatisfying(
            BufferTooShortException.class, e -> assertThat(e.message()).isEqualTo(MESSAGE));
        assertThat(array).containsOnly(0);
        assertThatThrownBy(() -> first.receiveBytes(25)).isInstanceOf(BufferTooShortException.class);
        second.sendBytes(MESSAGE);
        assertThat(first.receiveBytes(26)).isEqualTo(MESSAGE);
    }

    @Test
    void aClaimOfAnImpossibleLengthIsRefused() {
        assertThatThrownBy(() -> second.claim(-1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> second.claim(2041)).isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining("0 to 2040");
        assertThatThrownBy(() -> second.tryClaim(Integer.MAX_VALUE)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void whileAClaimIsOpenItsThreadSendsNothingElseAndDoesNotClose() throws Exception {
        try (MessageClaim claim = second.claim(8)) {
            assertThatThrownBy(() -> second.send(1)).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> second.claim(8)).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(second::close).isInstanceOf(IllegalStateException.class);
            assertThat(second.isClosed()).isFalse();
            claim.payload().putLongPlain(0, 5);
            claim.send();
            assertThatThrownBy(claim::send).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(claim::payload).isInstanceOf(IllegalStateException.class);
        }
        assertThat(first.receiveBytes()).hasSize(8);
    }

    @Test
    void closingAClaimThatWasSentLeavesThatOfAnotherThreadAlone() throws Exception {
        CountDownLatch claimed = new CountDownLatch(1);
        CountDownLatch closed = new CountDownLatch(1);
        CompletableFuture<Void> other;
        try (MessageClaim claim = second.claim(1)) {
            claim.send();
            other = CompletableFuture.runAsync(() -> {
                try (MessageClaim others = second.claim(2)) {
                    claimed.countDown();
                    closed.await();
                    others.send();
                } catch (Exception e) {
                    throw new AssertionError(e);
                }
            }, Background.threads());
            claimed.await();
        }
        closed.countDown();
        other.get();
        assertThat(first.receiveBytes()).hasSize(1);
        assertThat(first.receiveBytes()).hasSize(2);
    }

    @Test
    void whatIsPossibleAtOnceIsDoneThoughTheThreadIsInterruptedAndNothingWaits() throws Exception {
        Thread.currentThread().interrupt();
        second.send("at once");
        int sent = 1;
        for (MessageClaim claim; (claim = second.tryClaim(1000)) != null;) {
            claim.send();
            sent++;
        }
        assertThat(first.receive()).isEqualTo("at once");
        assertThat(Thread.currentThread().isInterrupted()).isTrue();
        assertThatThrownBy(() -> second.sendBytes(new byte[100_000])).isInstanceOf(InterruptedException.class);
        assertThat(Thread.interrupted()).isFalse();
        for (int i = 1; i < sent; i++) {
            assertThat(first.receiveBytes()).hasSize(1000);
        }
        Thread.currentThread().interrupt();
        assertThatThrownBy(first::receive).isInstanceOf(InterruptedException.class);
        assertThat(first.poll(Duration.ofMillis(-1))).isFalse();
    }

    @Test
    void aHandlerThatThrowsHasReceivedTheMessage() throws Exception {
        second.sendBytes(new byte[] {1});
        second.sendBytes(new byte[3000]);
        second.sendBytes(new byte[] {3});
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> first.read(message -> {
                throw new ArithmeticException();
            }, 10)).isInstanceOf(ArithmeticException.class);
        }
        assertThat(first.receiveBytes()).containsExactly(3);
    }

    @Test
    void aHandlerNeitherClosesNorReceivesButMaySend() throws Exception {
        second.sendBytes(MESSAGE);
        Throwable[] thrown = new Throwable[3];
        assertThat(first.read(message -> {
            thrown[0] = failure(first::close);
            thrown[1] = failure(first::receive);
            thrown[2] = failure(() -> first.sendBytes(new byte[] {message.getBytePlain(0)}));
        }, 1)).isEqualTo(1);
        assertThat(thrown[0]).isInstanceOf(IllegalStateException.class);
        assertThat(thrown[1]).isInstanceOf(IllegalStateException.class);
        assertThat(thrown[2]).isNull();
        assertThat(second.receiveBytes()).containsExactly('a');
    }

    private interface Doomed {
        void run() throws Exception;
    }

    private static Throwable failure(Doomed doomed) {
        try {
            doomed.run();
            return null;
        } catch (Throwable e) {
            return e;
        }
    }

    @Test
    void whatCannotBeEncodedIsNotSentAndWhatCannotBeDecodedIsReceived() throws Exception {
        assertThatThrownBy(() -> second.send(new Object())).isInstanceOf(EncodingException.class);
        second.sendBytes(MESSAGE);
        assertThatThrownBy(first::receive).isInstanceOf(DecodingException.class);
        assertThat(first.poll()).isFalse();
    }

    @Test
    void closedTwiceIsClosedAndEveryCallSaysSo() {
        second.close();
        second.close();
        pipe.close();
        assertThat(second.isClosed()).isTrue();
        assertThat(second.toString()).contains("closed");
        assertThatThrownBy(() -> second.send(1)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> second.sendBytes(MESSAGE)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> second.claim(1)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(second::receive).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> second.poll(Duration.ofDays(1))).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void closingWhileOtherThreadsSendAndReceiveEndsThem() throws Exception {
        CountDownLatch running = new CountDownLatch(4);
        CompletableFuture<?>[] others = new CompletableFuture<?>[4];
        for (int i = 0; i < others.length; i++) {
            boolean sends = i % 2 == 0;
            others[i] = CompletableFuture.supplyAsync(() -> failure(() -> {
                for (boolean known = false;; known = true) {
                    if (sends) {
                        second.sendBytes(MESSAGE);
                    } else {
                        second.receiveBytes();
                    }
                    if (!known) {
                        running.countDown();
                    }
                }
            }), Background.threads());
        }
        CompletableFuture<Throwable> peer = CompletableFuture.supplyAsync(() -> failure(() -> {
            while (true) {
                first.receiveBytes();
                first.sendBytes(MESSAGE);
            }
        }), Background.threads());
        running.await();
        second.close();
        for (CompletableFuture<?> other : others) {
            assertThat(other.get()).isInstanceOf(IllegalStateException.class);
        }
        assertThat(peer.get()).isInstanceOfAny(EndOfStreamException.class, BrokenPipeException.class);
    }
}
