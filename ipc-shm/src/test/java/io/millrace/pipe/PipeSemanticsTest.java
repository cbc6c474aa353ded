package io.millrace.pipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.process.JvmProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What programs that were written for Python's pipes rely on, and other tests do not have. */
@Timeout(60)
class PipeSemanticsTest extends PipeFixture {
    private static final byte[] LETTERS = "abcdefghijklmnopqrstuvwxyz".getBytes();

    @Test
    void partsOfAnArrayAreSentAlsoEmptyOnesAtItsEnd() throws Exception {
        second.sendBytes(LETTERS, 5, LETTERS.length - 5);
        second.sendBytes(LETTERS, 7, 8);
        second.sendBytes(LETTERS, LETTERS.length, 0);
        assertThat(first.receiveBytes()).isEqualTo(Arrays.copyOfRange(LETTERS, 5, LETTERS.length));
        assertThat(first.receiveBytes()).isEqualTo(Arrays.copyOfRange(LETTERS, 7, 15));
        assertThat(first.receiveBytes()).isEmpty();
    }

    @Test
    void partsThatTheArrayDoesNotHaveAreRefusedAndNothingIsSent() throws Exception {
        for (int[] part : new int[][] {{27, 0}, {22, 5}, {26, 1}, {-1, 1}, {4, -1}}) {
            assertThatThrownBy(() -> second.sendBytes(LETTERS, part[0], part[1]))
                .isInstanceOf(IndexOutOfBoundsException.class);
        }
        assertThat(first.poll()).isFalse();
    }

    @Test
    void whoOnlyAsksWhetherThereIsAMessageTakesNothing() throws Exception {
        second.sendBytes(new byte[0]);
        second.send(null);
        assertThat(first.poll()).isTrue();
        assertThat(first.poll(Duration.ofSeconds(1))).isTrue();
        assertThat(first.receiveBytes()).isEmpty();
        assertThat(first.poll()).isTrue();
        assertThat(first.receive()).isNull();
        assertThat(first.poll()).isFalse();
    }

    @Test
    void messagesThatLieBehindEachOtherAreNotMerged() throws Exception {
        assertThat(first.poll(Duration.ZERO)).isFalse();
        for (String message : List.of("a", "b", "cd")) {
            second.sendBytes(message.getBytes());
        }
        for (String message : List.of("a", "b", "cd")) {
            assertThat(first.poll(Duration.ofSeconds(1))).isTrue();
            assertThat(first.poll()).isTrue();
            assertThat(first.receiveBytes()).isEqualTo(message.getBytes());
        }
        assertThat(first.poll()).isFalse();
    }

    @Test
    void aChildThatOnlyAsksSplitsNoMessage() throws Exception {
        Path domain = parent.resolve("domain");
        try (JvmProcess child = JvmProcess.builder(PipeWork::pollOnly, first).domain(domain).start()) {
            second.sendBytes("first".getBytes());
            second.sendBytes("second".getBytes());
            second.close();
            child.join();
            assertThat(child.exitCode()).hasValue(0);
        }
        assertThat(first.receiveBytes()).isEqualTo("first".getBytes());
        assertThat(first.receiveBytes()).isEqualTo("second".getBytes());
        assertThatThrownBy(first::receiveBytes).isInstanceOf(EndOfStreamException.class);
    }
}
