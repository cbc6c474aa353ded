package io.millrace.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.memory.Region;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Claims, and several producers; more of writing in {@link MessageWriteTest}. */
class MpmcRingWriteTest extends MpmcRingContract {
    @Test
    void aRecordTakesWholeGranules() {
        for (int length : new int[] {0, 1, 16, 17, 32, 33}) {
            int span = Math.max(1, (length + GRANULE - 1) / GRANULE);
            write(randomText(length));
            int further = fill();
            // Padding before it, if there is any, is given back at once: nothing is in front of it.
            assertThat(further).as("with %d bytes", length).isEqualTo(granules - 1 - span);
            assertThat(read()).hasSize(1 + further);
        }
    }

    @Test
    void whatDoesNotFitIntoTheRestOfALapIsWrittenBehindPadding() {
        for (int i = 0; i < granules; i++) {
            String text = randomText(2 * GRANULE);
            String behind = randomText(lengthMax);
            write(text);
            assertThat(read()).containsExactly(text);
            write(behind);
            assertThat(read()).containsExactly(behind);
            write("");
            assertThat(read()).containsExactly("");
        }
    }

    @Test
    void aClaimIsSeenWhenItIsCommittedAndNotBefore() {
        MpmcClaim claim = claim("hello");
        assertThat(read()).isEmpty();
        assertThat(consumer.tryTake()).isNull();
        claim.commit();
        assertThat(read()).containsExactly("hello");
    }

    @Test
    void anOpenClaimHoldsBackWhatIsBehindItAndNoProducer() {
        MpmcProducer other = reading.producer(Owner.of(3));
        MpmcClaim claim = claim("first");
        assertThat(tryWrite(other, "second")).isTrue();
        assertThat(tryWrite(other, "third")).isTrue();
        assertThat(read()).isEmpty();
        claim.commit();
        assertThat(read()).containsExactly("first", "second", "third");
    }

    @Test
    void anAbortedOrClosedClaimIsNeverSeenAndItsSpaceIsUsedAgain() {
        for (int i = 0; i < 3 * granules; i++) {
            write("before");
            MpmcClaim claim = claim("never");
            if (i % 2 == 0) {
                claim.abort();
            } else {
                claim.close();
            }
            write("after");
            assertThat(read()).containsExactly("before", "after");
        }
        assertThatTheRingIsAsGoodAsNew();
    }

    @Test
    void aRingFullOfAbortedClaimsIsEmpty() {
        for (int i = 0; i < 5 * granules; i++) {
            claim("never").abort();
        }
        assertThatTheRingIsAsGoodAsNew();
    }

    @Test
    void closingAClaimThatWasCommittedChangesNothing() {
        try (MpmcClaim claim = claim("committed")) {
            claim.commit();
        }
        assertThat(read()).containsExactly("committed");
    }

    @Test
    void anEndedClaimRefusesEveryCallButClose() {
        MpmcClaim claim = claim("x");
        Region payload = claim.payload();
        claim.commit();
        for (ThrowingCallable call : List.<ThrowingCallable>of(claim::payload, claim::commit, claim::abort)) {
            assertThatIllegalStateException().isThrownBy(call).withMessageContaining("committed, aborted or closed");
        }
        claim.close();
        assertThat(claim).hasToString("MpmcClaim[not open]");
        assertThat(payload.length()).isZero();
        assertThatThrownBy(() -> payload.putBytePlain(0, (byte) 1)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThat(read()).containsExactly("x");
    }

    @Test
    void aProducerHasOneClaimAtATime() {
        MpmcClaim claim = claim("one");
        for (ThrowingCallable call : List.<ThrowingCallable>of(() -> producer.tryClaim(TYPE, 1),
            () -> tryWrite("two"), () -> producer.tryWrite(TYPE, Region.allocate(1), 0, 1))) {
            assertThatIllegalStateException().isThrownBy(call).withMessageContaining("a claim is open");
        }
        claim.commit();
        write("two");
        assertThat(read()).containsExactly("one", "two");
    }

    @Test
    void closingAProducerAbortsItsClaim() {
        MpmcClaim claim = claim("never");
        producer.close();
        producer.close();
        assertThatIllegalStateException().isThrownBy(claim::commit);
        assertThat(producer).hasToString("MpmcProducer[owner 1, closed]");
        assertThatIllegalStateException().isThrownBy(() -> tryWrite("x")).withMessageContaining("is closed");
        assertThatIllegalStateException().isThrownBy(() -> producer.tryClaim(TYPE, 1))
            .withMessageContaining("is closed");
        producer = writing.producer(Owner.of(3));
        assertThatTheRingIsAsGoodAsNew();
    }

    @Test
    void theMessagesOfEachProducerComeInItsOrder() {
        List<MpmcProducer> producers = new ArrayList<>();
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            producers.add((i % 2 == 0 ? writing : reading).producer(Owner.of(10 + i)));
        }
        for (int number = 0; number < 5 * granules; number++) {
            String text = random.nextInt(4) + " " + number + " " + randomText(random.nextInt(20));
            if (tryWrite(producers.get(text.charAt(0) - '0'), text)) {
                expected.add(text);
            } else {
                assertThat(read()).containsExactlyElementsOf(expected);
                expected.clear();
            }
        }
        assertThat(read()).containsExactlyElementsOf(expected);
    }

    @Test
    void aRingWhoseOldestRecordIsInHandFillsUpAndNoFurther() {
        write("kept");
        TakenRecord kept = consumer.tryTake();
        MpmcConsumer other = writing.consumer(Owner.of(3));
        int passed = 0;
        while (tryWrite("")) {
            passed += other.read((type, payload) -> { }, 1);
        }
        assertThat(passed).isEqualTo(granules - 2);
        assertThat(text(kept.payload())).isEqualTo("kept");
        kept.release();
        assertThatTheRingIsAsGoodAsNew();
    }
}
