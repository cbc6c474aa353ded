package io.millrace.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.memory.Region;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Writing single messages; more of it in {@link MessageWriteTest}. */
class RingWriteTest extends RingContract {
    @Test
    void aFullRingRefusesEveryWayOfWritingAndStaysAsItIs() {
        fill();
        String before = writing.dump() + producer;

        assertThat(producer.tryWrite(TYPE, new byte[0], 0, 0)).isFalse();
        assertThat(producer.tryWrite(TYPE, Region.allocate(1), 0, 1)).isFalse();
        assertThat(producer.tryWrite(TYPE, new byte[LENGTH_MAX], 0, LENGTH_MAX)).isFalse();
        assertThat(producer.tryClaim(TYPE, 1)).isNull();
        assertThat(producer.publish()).isZero();

        assertThat(writing.dump() + producer).isEqualTo(before);
        assertThat(read()).hasSize(CAPACITY / Long.BYTES - 1);
    }

    @Test
    void theLongestMessageFitsAtEveryRotationOfAnEmptyRing() throws IOException {
        for (int capacity : new int[] {SpscRing.CAPACITY_MIN, CAPACITY}) {
            for (int shift = 0; shift < capacity; shift += Long.BYTES) {
                String text = randomText(capacity / 2 - RecordHeader.LENGTH);
                Path file = directory.resolve(capacity + "+" + shift);
                try (RingSubject.Handles rings = subject.open(file, capacity, subject.position() + shift)) {
                    SpscProducer to = rings.writing().producer(WRITER);
                    assertThat(rings.writing().messageLengthMax()).isEqualTo(text.length());
                    assertThat(to.tryWrite(TYPE, bytes(text), 0, text.length()))
                        .as("shift %d", shift).isTrue();
                    assertThat(texts(readAll(rings.reading().consumer(READER)::read))).containsExactly(text);
                }
            }
        }
    }

    @Test
    void aMessageLongerThanTheRingTakesIsRefusedWithBothLengths() {
        for (int length : new int[] {LENGTH_MAX + 1, CAPACITY, Integer.MAX_VALUE, -1, Integer.MIN_VALUE}) {
            assertThatThrownBy(() -> producer.tryWrite(TYPE, new byte[0], 0, length))
                .isInstanceOf(MessageTooLongException.class)
                .hasMessageContainingAll("actual " + length, "0 to " + LENGTH_MAX, CAPACITY + " bytes");
            assertThatThrownBy(() -> producer.tryClaim(TYPE, length))
                .isInstanceOf(MessageTooLongException.class);
        }
        write("usable");
        assertThat(read()).containsExactly("usable");
    }
}
