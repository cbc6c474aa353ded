package io.millrace.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.memory.Region;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CrowdCheckTest {
    private static final int LENGTH = 32;
    private static final int PRODUCERS = 2;

    private final Region message = Region.allocate(LENGTH);
    private int streamsEnded;

    private CrowdCheck check(int consumers) {
        return new CrowdCheck(LENGTH, new Ends(PRODUCERS, consumers), () -> streamsEnded++);
    }

    private void accept(CrowdCheck check, long sequence) {
        Payload.fill(message, LENGTH, sequence);
        check.accept(message);
    }

    private void accept(CrowdCheck check, int producer, long... numbers) {
        for (long number : numbers) {
            accept(check, CrowdSequence.of(producer, number));
        }
    }

    @Test
    void aNumberTellsTheProducerAndTheMessage() {
        long sequence = CrowdSequence.of(3, 5_000_000_000L);
        assertThat(CrowdSequence.producer(sequence)).isEqualTo(3);
        assertThat(CrowdSequence.number(sequence)).isEqualTo(5_000_000_000L);
        assertThat(CrowdSequence.isEnd(sequence)).isFalse();
        long end = CrowdSequence.end(3, 7);
        assertThat(CrowdSequence.producer(end)).isEqualTo(3);
        assertThat(CrowdSequence.number(end)).isEqualTo(7);
        assertThat(CrowdSequence.isEnd(end)).isTrue();
    }

    @Test
    void whatTwoConsumersGotInAnyWayMakesUpWhatWasSent() {
        CrowdCheck first = check(2);
        CrowdCheck second = check(2);
        accept(first, 0, 0, 3);
        accept(second, 0, 1, 2);
        accept(second, 1, 0, 1, 2);
        accept(second, CrowdSequence.end(0, 4));
        assertThat(streamsEnded).isEqualTo(1);
        accept(first, CrowdSequence.end(1, 3));
        assertThat(streamsEnded).isEqualTo(2);
        CrowdCheck.verify(List.of(first, second), PRODUCERS);
        assertThat(Stream.of(first, second).mapToLong(PayloadCheck::received).sum()).isEqualTo(7);
    }

    @Test
    void aProducerThatSentNothingIsWell() {
        CrowdCheck check = check(1);
        accept(check, CrowdSequence.end(0, 0));
        accept(check, CrowdSequence.end(1, 0));
        CrowdCheck.verify(List.of(check), PRODUCERS);
    }

    @Test
    void aSingleConsumerNoticesALostMessageAtOnce() {
        CrowdCheck check = check(1);
        accept(check, 0, 0);
        assertThatThrownBy(() -> accept(check, 0, 2))
            .hasMessageContaining("producer 0").hasMessageContaining("actual 2");
    }

    @Test
    void amongSeveralConsumersALostMessageIsNoticedAtTheEnd() {
        CrowdCheck first = check(2);
        CrowdCheck second = check(2);
        accept(first, 0, 0, 2);
        accept(second, CrowdSequence.end(0, 3));
        accept(second, CrowdSequence.end(1, 0));
        assertThatThrownBy(() -> CrowdCheck.verify(List.of(first, second), PRODUCERS))
            .hasMessageContaining("producer 0").hasMessageContaining("actual 2").hasMessageContaining("expected 3");
    }

    @Test
    void amongSeveralConsumersALostAndARepeatedMessageAreNoticedAtTheEnd() {
        CrowdCheck first = check(2);
        CrowdCheck second = check(2);
        accept(first, 0, 0, 1);
        accept(second, 0, 1);
        accept(second, CrowdSequence.end(0, 3));
        accept(second, CrowdSequence.end(1, 0));
        assertThatThrownBy(() -> CrowdCheck.verify(List.of(first, second), PRODUCERS))
            .hasMessageContaining("add up to 2").hasMessageContaining("add up to 3");
    }

    @Test
    void aStreamWithoutAnEndIsNoticed() {
        CrowdCheck check = check(1);
        accept(check, CrowdSequence.end(0, 0));
        assertThatThrownBy(() -> CrowdCheck.verify(List.of(check), PRODUCERS)).hasMessageContaining("producer 1");
    }

    @Test
    void aConsumerNoticesMessagesOutOfOrder() {
        CrowdCheck check = check(2);
        accept(check, 0, 5);
        assertThatThrownBy(() -> accept(check, 0, 4)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> accept(check, 0, 5)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void anUnknownProducerIsNoticed() {
        assertThatThrownBy(() -> accept(check(2), PRODUCERS, 0)).hasMessageContaining("producer");
    }

    @Test
    void aTornMessageIsNoticedInWhicheverWordItIsTorn() {
        for (int offset = Long.BYTES; offset < LENGTH; offset += Long.BYTES) {
            CrowdCheck check = check(2);
            Payload.fill(message, LENGTH, CrowdSequence.of(1, 0));
            message.putLongPlain(offset, Payload.word(CrowdSequence.of(0, 0), offset));
            assertThatThrownBy(() -> check.accept(message)).hasMessageContaining("word at " + offset);
        }
    }
}
