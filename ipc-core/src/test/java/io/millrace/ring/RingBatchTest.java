package io.millrace.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.memory.Region;
import org.junit.jupiter.api.Test;

/** Claims, and batches of them. */
class RingBatchTest extends RingContract {
    @Test
    void aClaimIsVisibleWhenItIsCommitted() {
        Claim claim = claim("in place");
        assertThat(read()).isEmpty();
        claim.commit();
        assertThat(read()).containsExactly("in place");
    }

    @Test
    void aClaimIsAsLongAsWasAskedFor() {
        for (int length = 0; length <= LENGTH_MAX; length++) {
            Claim claim = producer.tryClaim(TYPE, length);
            Region payload = claim.payload();
            assertThat(payload.length()).isEqualTo(length);
            assertThatThrownBy(() -> payload.putBytePlain(payload.length(), (byte) 1))
                .isInstanceOf(IndexOutOfBoundsException.class);
            claim.abort();
        }
    }

    @Test
    void thePayloadOfAClaimIsEmptyWhenTheClaimIsOver() {
        Claim claim = claim("short life");
        Region payload = claim.payload();
        claim.commit();
        assertThat(payload.length()).isZero();
        assertThatThrownBy(() -> payload.putBytePlain(0, (byte) 'X'))
            .isInstanceOf(IndexOutOfBoundsException.class);
        assertThat(read()).containsExactly("short life");
    }

    @Test
    void anAbortedClaimLeavesNothing() {
        write("before");
        claim("aborted").abort();
        try (Claim closed = claim("closed")) {
            assertThat(closed.payload().length()).isEqualTo("closed".length());
        }
        write("after");
        assertThat(read()).containsExactly("before", "after");
    }

    @Test
    void closingAClaimThatIsOverDoesNothing() {
        Claim claim = claim("kept");
        claim.commit();
        claim.close();
        claim.close();
        assertThat(read()).containsExactly("kept");
    }

    @Test
    void aClaimThatIsOverRefusesEverythingButClose() {
        Claim claim = claim("once");
        claim.commit();
        assertThatIllegalStateException().isThrownBy(claim::payload);
        assertThatIllegalStateException().isThrownBy(claim::commit);
        assertThatIllegalStateException().isThrownBy(claim::append);
        assertThatIllegalStateException().isThrownBy(claim::abort);
        assertThat(read()).containsExactly("once");
    }

    @Test
    void whileAClaimIsOpenTheProducerDoesNothingElse() {
        append("appended");
        Claim claim = claim("claimed");
        assertThatIllegalStateException().isThrownBy(() -> producer.tryClaim(TYPE, 1));
        assertThatIllegalStateException().isThrownBy(() -> tryWrite("second"));
        assertThatIllegalStateException().isThrownBy(producer::publish);
        assertThatIllegalStateException().isThrownBy(producer::discard)
            .withMessageContaining("commit, append or abort it first");
        claim.commit();
        assertThat(read()).containsExactly("appended", "claimed");
    }

    @Test
    void aClaimThatIsOpenWhenItsProducerClosesIsOver() {
        append("appended before");
        Claim claim = claim("open");
        Region payload = claim.payload();
        producer.close();
        SpscProducer successor = writing.producer(WRITER);
        for (int i = 0; i < 4; i++) {
            successor.tryWrite(TYPE, bytes("successor"), 0, "successor".length());
        }

        assertThatIllegalStateException().isThrownBy(claim::payload);
        assertThatIllegalStateException().isThrownBy(claim::append);
        assertThatIllegalStateException().isThrownBy(claim::commit);
        claim.close();

        assertThat(payload.length()).isZero();
        assertThat(read()).hasSize(4).containsOnly("successor");
    }

    @Test
    void aBatchBecomesVisibleAllAtOnce() {
        append("a", "b", "c");
        assertThat(read()).isEmpty();
        assertThat(producer.publish()).isEqualTo(3);
        assertThat(read()).containsExactly("a", "b", "c");
    }

    @Test
    void aBatchAcrossTheEndOfTheLapBecomesVisibleAllAtOnce() {
        for (int i = 0; i < CAPACITY / Long.BYTES; i++) {
            append("", "a message of thirty-two bytes...", "x");
            assertThat(read()).isEmpty();
            assertThat(producer.publish()).isEqualTo(3);
            assertThat(read()).containsExactly("", "a message of thirty-two bytes...", "x");
        }
    }

    @Test
    void publishingNothingChangesNothing() {
        assertThat(producer.publish()).isZero();
        write("a");
        assertThat(producer.publish()).isZero();
        assertThat(read()).containsExactly("a");
    }

    @Test
    void theNextMessageThatIsWrittenPublishesTheBatchBeforeIt() {
        append("a", "b");
        write("c");
        assertThat(read()).containsExactly("a", "b", "c");
        append("d");
        claim("e").commit();
        assertThat(read()).containsExactly("d", "e");
    }

    @Test
    void aDiscardedBatchNeverExisted() {
        write("before");
        append("a", "b");
        assertThat(producer.discard()).isEqualTo(2);
        assertThat(producer.discard()).isZero();
        assertThat(producer.publish()).isZero();
        write("after");
        assertThat(read()).containsExactly("before", "after");
    }

    @Test
    void aDiscardedBatchGivesItsSpaceBackAtEveryRotation() {
        String text = randomText(LENGTH_MAX - 2 * Long.BYTES);
        for (int i = 0; i < CAPACITY / Long.BYTES; i++) {
            append("", text);
            producer.discard();
            write("", "x");
            assertThat(read()).containsExactly("", "x");
        }
    }

    @Test
    void aBatchThatFillsTheRingBecomesVisibleWhenItIsPublished() {
        int count = 0;
        for (Claim claim = producer.tryClaim(TYPE, 0); claim != null; claim = producer.tryClaim(TYPE, 0)) {
            claim.append();
            count++;
        }
        assertThat(count).isEqualTo(CAPACITY / Long.BYTES - 1);
        assertThat(tryWrite("")).isFalse();
        assertThat(read()).isEmpty();
        assertThat(producer.publish()).isEqualTo(count);
        assertThat(read()).hasSize(count);
    }

    @Test
    void batchesOfAnySizeKeepTheirOrderOverManyLaps() {
        for (int round = 0; round < 500; round++) {
            int size = random.nextInt(6);
            String[] texts = new String[size];
            for (int i = 0; i < size; i++) {
                texts[i] = randomText(random.nextInt(17));
            }
            append(texts);
            assertThat(read()).isEmpty();
            assertThat(producer.publish()).isEqualTo(size);
            assertThat(read()).containsExactly(texts);
        }
    }
}
