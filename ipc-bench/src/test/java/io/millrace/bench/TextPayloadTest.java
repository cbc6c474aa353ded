package io.millrace.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TextPayloadTest {
    private final TextPayload payload = new TextPayload(32);

    @Test
    void aTextRepeatsItsNumber() {
        assertThat(payload.text(0)).isEqualTo("0".repeat(32));
        assertThat(payload.text(0x12)).isEqualTo("0000000000000012".repeat(2));
    }

    @Test
    void countingUpGivesWhatWritingAnewGives() {
        for (long number : new long[] {0, 8, 9, 10, 14, 15, 16, 0x9f, 0xfff, 0xfffff, 1 << 20, -2}) {
            TextPayload counting = new TextPayload(48);
            counting.text(number);
            assertThat(counting.text(number + 1)).isEqualTo(String.format("%016x", number + 1).repeat(3));
        }
    }

    @Test
    void aTextIsNoticedThatDiffersInOneCharacterOrInLength() {
        String text = payload.text(41);
        TextPayload other = new TextPayload(32);
        assertThat(other.mismatch(text, 41)).isEqualTo(-1);
        assertThat(other.mismatch(text, 42)).isEqualTo(15);
        assertThat(other.mismatch(text.substring(0, 31) + "a", 41)).isEqualTo(31);
        assertThat(other.mismatch(text.substring(1), 41)).isEqualTo(13);
        assertThat(TextPayload.number(text)).isEqualTo(41);
        assertThat(other.mismatch(text.substring(0, 31), 41)).isEqualTo(31);
        assertThat(other.mismatch(text + "0", 41)).isEqualTo(32);
    }

    @Test
    void aLengthThatHoldsHalfANumberIsRefused() {
        assertThatThrownBy(() -> new TextPayload(40)).hasMessageContaining("actual 40");
    }
}
