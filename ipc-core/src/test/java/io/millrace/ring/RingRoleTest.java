package io.millrace.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who may read and write, and what is left to a successor. */
class RingRoleTest extends RingContract {
    private static final int DEAD_WRITER = WRITER.id();
    private static final int DEAD_READER = READER.id();
    private static final Owner HEIR = new Owner(9, id -> id == DEAD_WRITER || id == DEAD_READER);

    @Test
    void aRoleThatIsTakenIsRefusedThroughEveryHandle() {
        for (SpscRing ring : List.of(writing, reading)) {
            assertThatThrownBy(() -> ring.producer(Owner.of(5))).isInstanceOf(RoleTakenException.class)
                .hasMessageContainingAll("producer", "owner 1");
            assertThatThrownBy(() -> ring.consumer(Owner.of(5))).isInstanceOf(RoleTakenException.class)
                .hasMessageContainingAll("consumer", "owner 2");
        }
        write("unharmed");
        assertThat(read()).containsExactly("unharmed");
    }

    @Test
    void theSameOwnerGetsNoRoleTwice() {
        assertThatThrownBy(() -> writing.producer(WRITER)).isInstanceOf(RoleTakenException.class);
        assertThatThrownBy(() -> reading.consumer(READER)).isInstanceOf(RoleTakenException.class);
    }

    @Test
    void aRoleThatWasGivenBackCanBeTaken() {
        write("from the first");
        producer.close();
        consumer.close();
        producer = reading.producer(Owner.of(5));
        consumer = writing.consumer(Owner.of(6));
        write("from the second");
        assertThat(read()).containsExactly("from the first", "from the second");
    }

    @Test
    void closingTheRingGivesItsRolesBack() throws Exception {
        try (SpscRing other = SpscRing.create(directory.resolve("other"), CAPACITY)) {
            try (SpscRing again = SpscRing.open(directory.resolve("other"))) {
                again.producer(WRITER);
                again.consumer(READER);
            }
            assertThat(other.producer(Owner.of(5))).asString().contains("owner 5");
            assertThat(other.consumer(Owner.of(6))).asString().contains("owner 6");
        }
    }

    @Test
    void unknownMeansAlive() {
        List<Integer> asked = new ArrayList<>();
        Owner doubtful = new Owner(9, id -> {
            asked.add(id);
            return false;
        });
        assertThatThrownBy(() -> reading.producer(doubtful)).isInstanceOf(RoleTakenException.class);
        assertThatThrownBy(() -> writing.consumer(doubtful)).isInstanceOf(RoleTakenException.class);
        assertThat(asked).containsExactly(DEAD_WRITER, DEAD_READER);
    }

    @Test
    void nobodyIsAskedAboutARoleThatIsFree() {
        producer.close();
        assertThat(writing.producer(new Owner(9, id -> {
            throw new AssertionError("asked about " + id);
        }))).isNotNull();
    }

    @Test
    void aDeadOwnerIsReplaced() {
        assertThat(reading.producer(HEIR)).asString().contains("owner 9");
        assertThat(writing.consumer(HEIR)).asString().contains("owner 9");
        assertThatThrownBy(() -> writing.producer(Owner.of(5))).hasMessageContaining("owner 9");
    }

    @Test
    void whoWasReplacedDoesNotTakeTheRoleFromTheSuccessor() {
        SpscProducer successor = reading.producer(HEIR);
        producer.close();
        assertThatThrownBy(() -> writing.producer(Owner.of(5))).hasMessageContaining("owner 9");
        assertThat(successor.tryWrite(TYPE, new byte[1], 0, 1)).isTrue();
    }

    @Test
    void theSuccessorOfAProducerContinuesBehindWhatWasPublished() {
        for (int i = 0; i < CAPACITY / Long.BYTES; i++) {
            write("published", "also");
            append("never", "ever");
            claim("nor this");
            producer = reading.producer(new Owner(100 + i, id -> true));
            write("from the heir");
            assertThat(read()).containsExactly("published", "also", "from the heir");
        }
    }

    @Test
    void theSuccessorOfAProducerOfAFullRingFindsItFull() {
        int count = fill();
        producer = reading.producer(HEIR);
        assertThat(tryWrite("")).isFalse();
        assertThat(read()).hasSize(count);
        assertThat(fill()).isEqualTo(count);
    }

    @Test
    void aProducerThatClosesTakesItsUnpublishedBatchAlong() {
        write("published");
        append("not");
        producer.close();
        producer = writing.producer(WRITER);
        write("next");
        assertThat(read()).containsExactly("published", "next");
    }

    @Test
    void theSuccessorOfAConsumerGetsTheRecordsOfAnUnfinishedCallAgainAndNoOthers() {
        write("a", "b", "c", "d", "e");
        consumer.read((type, payload) -> { }, 2);
        List<String> again = new ArrayList<>();
        consumer.read((type, payload) -> {
            if (text(payload).equals("d")) {
                again.addAll(texts(readAll(writing.consumer(HEIR)::read)));
            }
        }, 2);
        assertThat(again).containsExactly("c", "d", "e");
    }

    @Test
    void theSuccessorOfAConsumerGetsNothingThatAFinishedCallRead() {
        write("a", "b");
        assertThat(read()).containsExactly("a", "b");
        write("c");
        consumer = writing.consumer(HEIR);
        assertThat(read()).containsExactly("c");
    }

    @Test
    void anOwnerHasAPositiveId() {
        for (int id : new int[] {0, -1, Integer.MIN_VALUE}) {
            assertThatIllegalArgumentException().isThrownBy(() -> Owner.of(id))
                .withMessageContaining("actual " + id);
        }
        assertThat(Owner.of(Integer.MAX_VALUE)).hasToString("Owner[" + Integer.MAX_VALUE + "]");
    }
}
