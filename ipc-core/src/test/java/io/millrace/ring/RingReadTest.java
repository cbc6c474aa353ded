package io.millrace.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What handlers may do, and when space is given back; more of it in {@link MessageReadTest}. */
class RingReadTest extends RingContract {
    @Test
    void spaceIsGivenBackAtTheEndOfTheCallAndNotBefore() {
        int count = fill();
        List<Boolean> room = new ArrayList<>();
        consumer.read((type, payload) -> room.add(tryWrite("")), count);
        assertThat(room).hasSize(count).containsOnly(false);
        assertThat(fill()).isEqualTo(count);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 10})
    void aHandlerMayNotReadOrClose(int limit) {
        write("a", "b");
        List<String> received = new ArrayList<>();
        RecordHandler handler = (type, payload) -> {
            assertThatIllegalStateException().isThrownBy(() -> consumer.read((t, p) -> { }, 1))
                .withMessageContaining("within a handler");
            assertThatIllegalStateException().isThrownBy(consumer::close)
                .withMessageContaining("within a handler");
            assertThatIllegalStateException().isThrownBy(reading::close);
            received.add(text(payload));
        };
        while (consumer.read(handler, limit) > 0) {
            // until there is none
        }
        assertThat(received).containsExactly("a", "b");

        write("the ring is as usable as before");
        assertThat(read()).hasSize(1);
        assertThat(reading).asString().doesNotContain("closed");
        assertThatThrownBy(() -> reading.producer(READER)).isInstanceOf(RoleTakenException.class);
    }
}
