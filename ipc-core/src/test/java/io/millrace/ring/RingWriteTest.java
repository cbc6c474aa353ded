package io.millrace.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.millrace.memory.MemoryBackend;
import io.millrace.memory.Region;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** Writing single messages. */
class RingWriteTest extends RingContract {
    private static final int LAPS = 200;

    @Test
    void messagesComeInTheOrderInWhichTheyWereWrittenOverManyLaps() {
        Queue<Received> expected = new ArrayDeque<>();
        long written = 0;
        while (written < (long) LAPS * CAPACITY) {
            int type = random.nextInt() & Integer.MAX_VALUE;
            String text = randomText(random.nextInt(LENGTH_MAX + 1));
            if (producer.tryWrite(type, bytes(text), 0, text.length())) {
                expected.add(new Received(type, text));
                written += text.length();
            } else {
                consumer.read((actualType, payload) ->
                    assertThat(new Received(actualType, text(payload))).isEqualTo(expected.remove()), 1);
            }
        }
        assertThat(readAll(consumer)).containsExactlyElementsOf(expected);
    }

    @Test
    void copiesPartOfAnArray() {
        assertThat(producer.tryWrite(TYPE, bytes("-abc-"), 1, 3)).isTrue();
        assertThat(read()).containsExactly("abc");
    }

    @Test
    void copiesPartOfARegion() {
        Region source = Region.allocate(5);
        source.putBytes(0, bytes("-abc-"), 0, 5);
        assertThat(producer.tryWrite(TYPE, source, 1, 3)).isTrue();
        assertThat(read()).containsExactly("abc");
    }

    @Test
    void copiesPartOfAnAgronaBufferWhereThoseWork() {
        assumeThat(MemoryBackend.current()).isEqualTo(MemoryBackend.AGRONA);
        DirectBuffer source = new UnsafeBuffer(bytes("-abc-"));
        assertThat(producer.tryWrite(TYPE, source, 1, 3)).isTrue();
        assertThat(read()).containsExactly("abc");
    }

    @Test
    void carriesTheTypeAndDoesNotLookAtIt() {
        for (int type : new int[] {0, 1, Integer.MAX_VALUE}) {
            producer.tryWrite(type, bytes("x"), 0, 1);
        }
        assertThat(readAll(consumer)).extracting(Received::type).containsExactly(0, 1, Integer.MAX_VALUE);
    }

    @Test
    void anEmptyMessageIsAMessage() {
        write("", "between", "");
        assertThat(read()).containsExactly("", "between", "");
    }

    @Test
    void takesAsManyEmptyMessagesAsThereAreWordsButOne() {
        assertThat(fill()).isEqualTo(CAPACITY / Long.BYTES - 1);
        assertThat(read()).hasSize(CAPACITY / Long.BYTES - 1).containsOnly("");
    }

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
    void aMessageThatDoesNotFitLeavesRoomForOneThatDoes() {
        fill();
        consumer.read((type, payload) -> { }, 3);
        assertThat(tryWrite("too long for three words")).isFalse();
        assertThat(tryWrite("8 bytes!")).isTrue();
        assertThat(read()).last().isEqualTo("8 bytes!");
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
                    assertThat(texts(readAll(rings.reading().consumer(READER)))).containsExactly(text);
                }
            }
        }
    }

    @Test
    void aClaimOfTheLongestMessageMayBeTakenBackAtEveryRotation() {
        String longest = randomText(LENGTH_MAX);
        for (int i = 0; i < CAPACITY / Long.BYTES; i++) {
            producer.tryClaim(TYPE, LENGTH_MAX).abort();
            write(longest);
            assertThat(read()).containsExactly(longest);
            write("");
            assertThat(read()).containsExactly("");
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

    @Test
    void aNegativeTypeIsRefused() {
        for (int type : new int[] {-1, Integer.MIN_VALUE}) {
            assertThatThrownBy(() -> producer.tryWrite(type, new byte[1], 0, 1))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("actual " + type);
            assertThatThrownBy(() -> producer.tryClaim(type, 1)).isInstanceOf(IllegalArgumentException.class);
        }
        write("usable");
        assertThat(read()).containsExactly("usable");
    }

    @Test
    void aSourceThatIsTooShortLeavesTheRingUsable() {
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < CAPACITY; i++) {
            assertThatThrownBy(() -> producer.tryWrite(TYPE, new byte[8], 1, 8))
                .isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> producer.tryWrite(TYPE, Region.allocate(32), 1, 32))
                .isInstanceOf(IndexOutOfBoundsException.class);
            String text = randomText(random.nextInt(40));
            write(text);
            expected.add(text);
            if (random.nextBoolean() || expected.size() == 2) {
                assertThat(read()).containsExactlyElementsOf(expected);
                expected.clear();
            }
        }
    }
}
