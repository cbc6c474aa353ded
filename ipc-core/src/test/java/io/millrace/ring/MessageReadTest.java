package io.millrace.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.memory.Region;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reading, and what handlers may do. */
class MessageReadTest extends MessageContract {
    private static final int LENGTHS = 130;

    @Test
    void readsNothingFromAnEmptyRing() {
        assertThat(ring.read((type, payload) -> {
            throw new AssertionError("called for nothing");
        }, 1)).isZero();
    }

    @Test
    void readsNoMoreThanTheLimit() {
        write("a", "b", "c");
        List<String> received = new ArrayList<>();
        RecordHandler handler = (type, payload) -> received.add(text(payload));
        assertThat(ring.read(handler, 2)).isEqualTo(2);
        assertThat(received).containsExactly("a", "b");
        assertThat(ring.read(handler, 2)).isEqualTo(1);
        assertThat(ring.read(handler, 2)).isZero();
        assertThat(received).containsExactly("a", "b", "c");
    }

    @Test
    void theLimitCountsMessagesAndNotThePaddingBetweenThem() {
        for (int i = 0; i <= ring.emptyMessagesMax(); i++) {
            write("x", "a message of thirty-two bytes...", "y");
            for (int j = 0; j < 3; j++) {
                assertThat(ring.read((type, payload) -> { }, 1)).isEqualTo(1);
            }
            assertThat(ring.read((type, payload) -> { }, 1)).isZero();
        }
    }

    @Test
    void aLimitBelowOneIsRefused() {
        write("stays");
        for (int limit : new int[] {0, -1, Integer.MIN_VALUE}) {
            assertThatIllegalArgumentException()
                .isThrownBy(() -> ring.read((type, payload) -> { }, limit))
                .withMessageContaining("actual " + limit);
        }
        assertThat(read()).containsExactly("stays");
    }

    @Test
    void aHandlerThatThrowsEndsTheCallBehindItsRecord() {
        write("a", "b", "c", "d");
        List<String> received = new ArrayList<>();
        IllegalArgumentException mine = new IllegalArgumentException("b is unbearable");
        assertThatThrownBy(() -> ring.read((type, payload) -> {
            received.add(text(payload));
            if (text(payload).equals("b")) {
                throw mine;
            }
        }, 10)).isSameAs(mine);
        assertThat(received).containsExactly("a", "b");
        assertThat(read()).containsExactly("c", "d");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 10})
    void aRecordWhoseHandlerThrowsIsRead(int limit) {
        write("a", "b");
        assertThatIllegalArgumentException().isThrownBy(() -> ring.read((type, payload) -> {
            throw new IllegalArgumentException("mine");
        }, limit));
        assertThat(read()).containsExactly("b");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 10})
    void aHandlerThatThrowsGivesTheSpaceOfItsRecordBack(int limit) {
        fill();
        assertThatIllegalArgumentException().isThrownBy(() -> ring.read((type, payload) -> {
            throw new IllegalArgumentException("mine");
        }, limit));
        assertThat(tryWrite("")).isTrue();
        assertThat(tryWrite("")).isFalse();
    }

    @Test
    void aHandlerMayWriteToTheRingItReadsFrom() {
        write("first");
        ring.read((type, payload) -> write("second"), 1);
        assertThat(read()).containsExactly("second");
    }

    @Test
    void thePayloadIsExactlyTheMessage() {
        for (int length = 0; length <= Math.min(lengthMax, LENGTHS); length++) {
            String text = randomText(length);
            write(text);
            assertThat(ring.read((type, payload) -> {
                assertThat(text(payload)).isEqualTo(text);
                assertThatThrownBy(() -> payload.getBytePlain(payload.length()))
                    .isInstanceOf(IndexOutOfBoundsException.class);
                assertThatThrownBy(() -> payload.getBytePlain(-1))
                    .isInstanceOf(IndexOutOfBoundsException.class);
                assertThatThrownBy(() -> payload.slice(0, payload.length() + 1))
                    .isInstanceOf(IndexOutOfBoundsException.class);
            }, 1)).isEqualTo(1);
        }
    }

    @Test
    void aPayloadThatSomebodyKeptIsEmptyAfterClose() {
        write("kept too long");
        List<Region> kept = new ArrayList<>();
        ring.read((type, payload) -> kept.add(payload), 1);
        ring.closeReader();
        assertThat(kept.get(0).length()).isZero();
        assertThatThrownBy(() -> kept.get(0).getBytePlain(0)).isInstanceOf(IndexOutOfBoundsException.class);
    }
}
