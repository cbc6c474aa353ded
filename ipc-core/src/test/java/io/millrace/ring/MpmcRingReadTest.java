package io.millrace.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.memory.Region;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Records in hand, several consumers, and what handlers may not do; more of reading in {@link MessageReadTest}. */
class MpmcRingReadTest extends MpmcRingContract {
    @Test
    void aRecordInHandShowsTheMessageUntilItIsReleased() {
        write("hello");
        TakenRecord record = consumer.tryTake();
        assertThat(record.type()).isEqualTo(TYPE);
        assertThat(text(record.payload())).isEqualTo("hello");
        assertThat(record.deliveries()).isZero();
        assertThat(record).hasToString("TakenRecord[type 7, 5 bytes, 0 deliveries before]");
        record.release();
        assertThat(consumer.tryTake()).isNull();
        assertThatTheRingIsAsGoodAsNew();
    }

    @Test
    void closingARecordReleasesIt() {
        write("a", "b");
        try (TakenRecord record = consumer.tryTake()) {
            assertThat(text(record.payload())).isEqualTo("a");
        }
        assertThat(takeAll(consumer)).containsExactly("b");
        assertThatTheRingIsAsGoodAsNew();
    }

    @Test
    void aRecordThatIsOverRefusesEveryCallButClose() {
        write("a", "b");
        for (boolean back : new boolean[] {false, true}) {
            TakenRecord record = consumer.tryTake();
            Region payload = record.payload();
            if (back) {
                record.giveBack();
            } else {
                record.release();
            }
            for (ThrowingCallable call : List.<ThrowingCallable>of(record::type, record::payload, record::deliveries,
                record::release, record::giveBack)) {
                assertThatIllegalStateException().isThrownBy(call)
                    .withMessageContaining("released, given back or held already");
            }
            record.close();
            assertThat(record).hasToString("TakenRecord[not in hand]");
            assertThat(payload.length()).isZero();
        }
        assertThat(takeAll(consumer)).containsExactly("b+1");
    }

    @Test
    void aConsumerHasOneRecordInHandAtATime() {
        write("a", "b");
        TakenRecord record = consumer.tryTake();
        assertThatIllegalStateException().isThrownBy(consumer::tryTake).withMessageContaining("a record is in hand");
        assertThatIllegalStateException().isThrownBy(() -> consumer.read((type, payload) -> { }, 1))
            .withMessageContaining("a record is in hand");
        assertThat(text(record.payload())).isEqualTo("a");
        record.release();
        assertThat(takeAll(consumer)).containsExactly("b");
    }

    @Test
    void consumersCompeteAndEachMessageGoesToOne() {
        List<MpmcConsumer> consumers = List.of(consumer, writing.consumer(Owner.of(3)), reading.consumer(Owner.of(4)));
        List<String> expected = new ArrayList<>();
        List<String> taken = new ArrayList<>();
        for (int number = 0; number < 5 * granules; number++) {
            String text = number + randomText(random.nextInt(30));
            while (!tryWrite(text)) {
                MpmcConsumer next = consumers.get(random.nextInt(3));
                next.read((type, payload) -> taken.add(text(payload)), 1 + random.nextInt(3));
            }
            expected.add(text);
        }
        readAll(consumers.get(1)::read).forEach(each -> taken.add(each.text()));
        assertThat(taken).containsExactlyElementsOf(expected);
    }

    @Test
    void aRecordInHandHoldsBackNoOtherConsumer() {
        write("a", "b", "c");
        TakenRecord record = consumer.tryTake();
        assertThat(takeAll(writing.consumer(Owner.of(3)))).containsExactly("b", "c");
        assertThat(text(record.payload())).isEqualTo("a");
        record.release();
        assertThatTheRingIsAsGoodAsNew();
    }

    @Test
    void whatIsGivenBackComesAgainFlaggedAndBeforeNewerRecords() {
        MpmcConsumer other = writing.consumer(Owner.of(3));
        assertThat(other.tryTake()).isNull(); // it has looked once, and must look again
        write("a", "b", "c");
        consumer.tryTake().giveBack();
        assertThat(takeAll(other)).containsExactly("a+1", "b", "c");
        assertThatTheRingIsAsGoodAsNew();
    }

    @Test
    void theOldestOfThoseThatCameBackIsTakenFirst() {
        write("a", "b", "c", "d");
        MpmcConsumer other = writing.consumer(Owner.of(3));
        TakenRecord first = consumer.tryTake();
        TakenRecord second = other.tryTake();
        second.giveBack();
        first.giveBack();
        assertThat(takeAll(writing.consumer(Owner.of(4)))).containsExactly("a+1", "b+1", "c", "d");
        assertThat(takeAll(consumer)).isEmpty();
        assertThat(takeAll(other)).isEmpty();
    }

    @Test
    void deliveriesAreCountedUpToThreeAndGivingBackNeverDrops() {
        write("often", "behind");
        for (int before : new int[] {0, 1, 2, 3, 3, 3}) {
            TakenRecord record = consumer.tryTake();
            assertThat(record.deliveries()).isEqualTo(before);
            assertThat(text(record.payload())).isEqualTo("often");
            record.giveBack();
        }
        assertThat(takeAll(consumer)).containsExactly("often+3", "behind");
    }

    @Test
    void whatWasGivenBackOverManyLapsIsNeverLost() {
        for (int i = 0; i < 3 * granules; i++) {
            String text = randomText(random.nextInt(lengthMax + 1));
            write(text);
            consumer.tryTake().giveBack();
            write("");
            assertThat(takeAll(consumer)).containsExactly(text + "+1", "");
        }
    }

    @Test
    void closingAConsumerGivesItsRecordBack() {
        write("a");
        TakenRecord record = consumer.tryTake();
        consumer.close();
        consumer.close();
        assertThatIllegalStateException().isThrownBy(record::payload);
        assertThat(consumer).hasToString("MpmcConsumer[owner 2, closed]");
        assertThatIllegalStateException().isThrownBy(consumer::tryTake).withMessageContaining("is closed");
        assertThatIllegalStateException().isThrownBy(() -> consumer.read((type, payload) -> { }, 1))
            .withMessageContaining("is closed");
        assertThat(takeAll(writing.consumer(Owner.of(3)))).containsExactly("a+1");
    }

    @Test
    void aHandlerMayNotReadTakeOrClose() {
        write("a", "b");
        List<String> received = new ArrayList<>();
        consumer.read((type, payload) -> {
            for (ThrowingCallable call : List.<ThrowingCallable>of(consumer::tryTake, consumer::close,
                () -> consumer.read((t, p) -> { }, 1))) {
                assertThatIllegalStateException().isThrownBy(call).withMessageContaining("within a handler");
            }
            received.add(text(payload));
        }, 10);
        assertThat(received).containsExactly("a", "b");
        assertThatTheRingIsAsGoodAsNew();
    }

    @Test
    void spaceIsGivenBackWithEachRecord() {
        int count = fill();
        List<Boolean> room = new ArrayList<>();
        consumer.read((type, payload) -> room.add(tryWrite("")), 3);
        assertThat(room).as("in the handler of each record").containsExactly(false, true, true);
        assertThat(read()).hasSize(count - 1);
    }

    @Test
    void aHandlerThatThrowsEndsItsRecordAndLeavesTheOthers() {
        MpmcConsumer other = writing.consumer(Owner.of(3));
        write("unbearable", "b");
        assertThatIllegalArgumentException().isThrownBy(() -> consumer.read((type, payload) -> {
            throw new IllegalArgumentException("mine");
        }, 10)).withMessage("mine");
        assertThat(takeAll(other)).containsExactly("b");
        assertThatTheRingIsAsGoodAsNew();
    }

    @Test
    void thePayloadOfARecordInHandIsExactlyTheMessage() {
        for (int length : new int[] {0, 1, 8, 9, lengthMax}) {
            write(randomText(length));
            TakenRecord record = consumer.tryTake();
            assertThat(record.payload().length()).isEqualTo(length);
            assertThatThrownBy(() -> record.payload().getBytePlain(length))
                .isInstanceOf(IndexOutOfBoundsException.class);
            record.release();
        }
    }
}
