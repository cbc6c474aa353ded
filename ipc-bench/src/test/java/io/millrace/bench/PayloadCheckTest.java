package io.millrace.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.memory.Region;
import org.junit.jupiter.api.Test;

class PayloadCheckTest {
    private static final int LENGTH = 32;

    private final PayloadCheck check = new PayloadCheck(LENGTH);
    private final Region message = Region.allocate(LENGTH);

    private void accept(long sequence) {
        Payload.fill(message, LENGTH, sequence);
        check.accept(message);
    }

    @Test
    void messagesInOrderAreCounted() {
        accept(0);
        accept(1);
        assertThat(check.received()).isEqualTo(2);
    }

    @Test
    void aLostMessageIsNoticed() {
        accept(0);
        assertThatThrownBy(() -> accept(2)).hasMessageContaining("message 1").hasMessageContaining("actual 2");
    }

    @Test
    void aRepeatedMessageIsNoticed() {
        accept(0);
        assertThatThrownBy(() -> accept(0)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aTornMessageIsNoticedInWhicheverWordItIsTorn() {
        for (int offset = 0; offset < LENGTH; offset += Long.BYTES) {
            PayloadCheck fresh = new PayloadCheck(LENGTH);
            Payload.fill(message, LENGTH, 0);
            message.putLongPlain(offset, Payload.word(1, offset));
            assertThatThrownBy(() -> fresh.accept(message)).hasMessageContaining("word at " + offset);
        }
    }

    @Test
    void aTextThatIsNotTheNextIsNoticed() {
        TextPayload text = new TextPayload(LENGTH);
        check.accept(text.text(0));
        check.accept(text.text(1));
        assertThat(check.received()).isEqualTo(2);
        assertThatThrownBy(() -> check.accept(text.text(1))).hasMessageContaining("message 2, character 15");
        assertThatThrownBy(() -> check.accept(text.text(3))).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aShorterMessageIsNoticed() {
        Region shorter = Region.allocate(LENGTH - Long.BYTES);
        assertThatThrownBy(() -> check.accept(shorter)).hasMessageContaining("length");
    }
}
