package io.millrace.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.memory.MappedFile;
import io.millrace.memory.Region;
import java.io.OutputStream;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MessageBufferTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 4095, 4096, 4097, 100_000, MessageBuffer.KEPT_LENGTH_MAX,
        MessageBuffer.KEPT_LENGTH_MAX + 1, 5 << 20})
    void whatIsWrittenToTheStreamIsTheMessage(int length) throws Exception {
        byte[] bytes = CodecSubject.bytes(new Random(length), length);
        for (int round = 0; round < 2; round++) { // the second time with a buffer that has grown
            try (MessageBuffer buffer = MessageBuffer.borrow()) {
                assertThat(buffer.length()).isZero();
                OutputStream stream = buffer.stream();
                stream.write(bytes[0]);
                for (int done = 1, part; done < length; done += part) {
                    part = Math.min(1000, length - done);
                    stream.write(bytes, done, part);
                }
                assertThat(buffer.length()).isEqualTo(length);
                byte[] message = new byte[length];
                buffer.message().getBytes(0, message, 0, length);
                assertThat(message).isEqualTo(bytes);
                assertThat(buffer.message().length()).isEqualTo(length);
            }
        }
    }

    @Test
    void roomIsExactlyAsLongAsAskedForAndKeepsTheMessage() {
        try (MessageBuffer buffer = MessageBuffer.borrow()) {
            for (int length = 0; length < 3 << 20; length = 2 * length + 3) {
                Region room = buffer.reserve(length);
                assertThat(room.length()).isEqualTo(length);
                for (int i = 0; i < buffer.length(); i += 1000) {
                    assertThat(room.getBytePlain(i)).isEqualTo((byte) (i / 1000));
                }
                for (int i = 0; i < length; i += 1000) {
                    room.putBytePlain(i, (byte) (i / 1000));
                }
                buffer.setLength(length);
            }
        }
    }

    @Test
    void aBufferInsideTheUseOfABufferIsAnotherOne() {
        try (MessageBuffer outer = MessageBuffer.borrow()) {
            outer.reserve(8).putLongPlain(0, 1);
            outer.setLength(8);
            try (MessageBuffer inner = MessageBuffer.borrow()) {
                assertThat(inner).isNotSameAs(outer);
                inner.reserve(8).putLongPlain(0, 2);
            }
            assertThat(outer.message().getLongPlain(0)).isEqualTo(1);
        }
    }

    @Test
    void aBufferIsUsedAgain() {
        MessageBuffer first = MessageBuffer.borrow();
        first.reserve(8);
        first.setLength(8);
        first.close();
        try (MessageBuffer second = MessageBuffer.borrow()) {
            assertThat(second).isSameAs(first);
            assertThat(second.length()).isZero();
        }
    }

    @Test
    void aBufferThatWasGivenBackRefusesEveryCall() throws Exception {
        MessageBuffer buffer = MessageBuffer.borrow();
        OutputStream stream = buffer.stream();
        Region room = buffer.reserve(10);
        buffer.close();
        buffer.close();
        assertThatThrownBy(() -> buffer.reserve(1)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> buffer.setLength(1)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(buffer::length).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(buffer::message).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(buffer::clear).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(buffer::stream).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> stream.write(1)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> stream.write(new byte[1])).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> room.getBytePlain(0)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void impossibleLengthsAreRefusedWithTheActualAndTheExpectedOne() {
        try (MessageBuffer buffer = MessageBuffer.borrow()) {
            assertThatThrownBy(() -> buffer.reserve(-1)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("actual -1", "expected 0 or more");
            assertThatThrownBy(() -> buffer.reserve(Integer.MAX_VALUE)).isInstanceOf(EncodingException.class)
                .hasMessageContainingAll("actual " + Integer.MAX_VALUE, "expected at most " + MappedFile.LENGTH_MAX);
            assertThatThrownBy(() -> buffer.setLength(-1)).isInstanceOf(IndexOutOfBoundsException.class);
            int reserved = buffer.reserve(10).length();
            assertThatThrownBy(() -> buffer.setLength(11)).isInstanceOf(IndexOutOfBoundsException.class);
            buffer.setLength(10);
            assertThat(reserved).isEqualTo(10);
        }
    }
}
