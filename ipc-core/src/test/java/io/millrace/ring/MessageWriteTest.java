package io.millrace.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.millrace.memory.MemoryBackend;
import io.millrace.memory.Region;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** Writing single messages. */
class MessageWriteTest extends MessageContract {
    private static final int MESSAGES = 1_000;

    @Test
    void messagesComeInTheOrderInWhichTheyWereWrittenOverManyLaps() {
        Queue<Received> expected = new ArrayDeque<>();
        for (int written = 0; written < MESSAGES;) {
            int type = random.nextInt() & Integer.MAX_VALUE;
            String text = randomText(random.nextInt(lengthMax + 1));
            if (ring.tryWrite(type, bytes(text), 0, text.length())) {
                expected.add(new Received(type, text));
                written++;
            } else {
                ring.read((actualType, payload) ->
                    assertThat(new Received(actualType, text(payload))).isEqualTo(expected.remove()), 1);
            }
        }
        assertThat(readAll(reading())).containsExactlyElementsOf(expected);
    }

    @Test
    void copiesPartOfAnArray() {
        assertThat(ring.tryWrite(TYPE, bytes("-abc-"), 1, 3)).isTrue();
        assertThat(read()).containsExactly("abc");
    }

    @Test
    void copiesPartOfARegion() {
        Region source = Region.allocate(5);
        source.putBytes(0, bytes("-abc-"), 0, 5);
        assertThat(ring.tryWrite(TYPE, source, 1, 3)).isTrue();
        assertThat(read()).containsExactly("abc");
    }

    @Test
    void copiesPartOfAnAgronaBufferWhereThoseWork() {
        assumeThat(MemoryBackend.current()).isEqualTo(MemoryBackend.AGRONA);
        DirectBuffer source = new UnsafeBuffer(bytes("-abc-"));
        assertThat(ring.tryWrite(TYPE, source, 1, 3)).isTrue();
        assertThat(read()).containsExactly("abc");
    }

    @Test
    void carriesTheTypeAndDoesNotLookAtIt() {
        for (int type : new int[] {0, 1, Integer.MAX_VALUE}) {
            ring.tryWrite(type, bytes("x"), 0, 1);
        }
        assertThat(readAll(reading())).extracting(Received::type).containsExactly(0, 1, Integer.MAX_VALUE);
    }

    @Test
    void anEmptyMessageIsAMessage() {
        write("", "between", "");
        assertThat(read()).containsExactly("", "between", "");
    }

    @Test
    void takesAsManyEmptyMessagesAsThereIsRoomForAndLeavesTheLast() {
        assertThat(fill()).isEqualTo(ring.emptyMessagesMax());
        assertThat(read()).hasSize(ring.emptyMessagesMax()).containsOnly("");
    }

    @Test
    void aFullRingRefusesEveryWayOfWritingAndStaysAsItIs() {
        fill();
        String before = ring.dump();

        assertThat(ring.tryWrite(TYPE, new byte[0], 0, 0)).isFalse();
        assertThat(ring.tryWrite(TYPE, Region.allocate(1), 0, 1)).isFalse();
        assertThat(ring.tryWrite(TYPE, new byte[lengthMax], 0, lengthMax)).isFalse();
        assertThat(ring.tryClaim(TYPE, 1)).isNull();

        assertThat(ring.dump()).isEqualTo(before);
        assertThat(read()).hasSize(ring.emptyMessagesMax());
    }

    @Test
    void aClaimOfTheLongestMessageMayBeTakenBackAtEveryRotation() {
        String longest = randomText(lengthMax);
        for (int i = 0; i <= ring.emptyMessagesMax(); i++) {
            assertThat(ring.tryClaim(TYPE, lengthMax).length()).isEqualTo(lengthMax);
            ring.abort();
            write(longest);
            assertThat(read()).containsExactly(longest);
            write("");
            assertThat(read()).containsExactly("");
        }
    }

    @Test
    void aMessageLongerThanTheRingTakesIsRefusedWithBothLengths() {
        byte[] tooLong = new byte[lengthMax + 1];
        assertThatThrownBy(() -> ring.tryWrite(TYPE, tooLong, 0, tooLong.length))
            .isInstanceOf(MessageTooLongException.class)
            .hasMessageContainingAll("actual " + tooLong.length, "0 to " + lengthMax);
        for (int length : new int[] {lengthMax + 1, Integer.MAX_VALUE, -1, Integer.MIN_VALUE}) {
            assertThatThrownBy(() -> ring.tryClaim(TYPE, length)).isInstanceOf(MessageTooLongException.class)
                .hasMessageContainingAll("actual " + length, "0 to " + lengthMax);
        }
        write("usable");
        assertThat(read()).containsExactly("usable");
    }

    @Test
    void aMessageThatDoesNotFitLeavesRoomForOneThatDoes() {
        fill();
        ring.read((type, payload) -> { }, 3);
        assertThat(tryWrite(randomText(3 * ring.recordAlignment() + 1))).isFalse();
        assertThat(tryWrite("8 bytes!")).isTrue();
        assertThat(read()).last().isEqualTo("8 bytes!");
    }

    @Test
    void aClaimIsExactlyAsLongAsWasAskedForAndArrivesAsItWasFilled() {
        List<String> expected = new ArrayList<>();
        for (int length : new int[] {0, 1, 7, 8, 9, 24, 25, lengthMax}) {
            String text = randomText(length);
            Region payload = ring.tryClaim(TYPE, length);
            assertThat(payload.length()).isEqualTo(length);
            assertThatThrownBy(() -> payload.putBytePlain(length, (byte) 1))
                .isInstanceOf(IndexOutOfBoundsException.class);
            payload.putBytes(0, bytes(text), 0, length);
            ring.commit();
            assertThat(read()).containsExactly(text);
            expected.add(text);
        }
        assertThat(expected).doesNotHaveDuplicates();
    }

    @Test
    void aNegativeTypeIsRefused() {
        for (int type : new int[] {-1, Integer.MIN_VALUE}) {
            assertThatThrownBy(() -> ring.tryWrite(type, new byte[1], 0, 1))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("actual " + type);
            assertThatThrownBy(() -> ring.tryClaim(type, 1)).isInstanceOf(IllegalArgumentException.class);
        }
        write("usable");
        assertThat(read()).containsExactly("usable");
    }

    @Test
    void aSourceThatIsTooShortLeavesTheRingUsable() {
        List<String> expected = new ArrayList<>();
        for (int i = 0; i <= ring.emptyMessagesMax(); i++) {
            assertThatThrownBy(() -> ring.tryWrite(TYPE, new byte[8], 1, 8))
                .isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> ring.tryWrite(TYPE, Region.allocate(32), 1, 32))
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
