package io.millrace.pipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.IntSupplier;
import org.junit.jupiter.api.Test;

/** What a connector makes of a listener that accepts and is closed while the connector looks. */
class ConnectorTest {
    private final Deque<String> said = new ArrayDeque<>();
    private boolean over;

    /** A look for what was said, and what the listener does right behind the steps of it. */
    private IntSupplier look(Runnable behindTheQuestion, Runnable behindTheLook) {
        return Connector.behind(() -> {
            boolean answer = over;
            behindTheQuestion.run();
            return answer;
        }, () -> {
            int got = said.poll() == null ? 0 : 1;
            behindTheLook.run();
            return got;
        }, () -> new IllegalStateException("over"));
    }

    private void sayAndEnd() {
        if (!over) {
            said.add("welcome");
            over = true;
        }
    }

    private static void nothing() { }

    @Test
    void whatTheListenerSaidIsHeardWheneverItEndsBehindThat() {
        IntSupplier between = look(this::sayAndEnd, ConnectorTest::nothing);
        assertThat(between.getAsInt()).isEqualTo(1);

        over = false;
        IntSupplier behind = look(ConnectorTest::nothing, this::sayAndEnd);
        assertThat(behind.getAsInt()).isZero();
        assertThat(behind.getAsInt()).isEqualTo(1);
    }

    @Test
    void aListenerThatHasSaidNothingBeforeItsEndIsOver() {
        IntSupplier look = look(ConnectorTest::nothing, () -> over = true);
        assertThat(look.getAsInt()).isZero();
        assertThatThrownBy(look::getAsInt).isInstanceOf(IllegalStateException.class).hasMessage("over");
    }
}
