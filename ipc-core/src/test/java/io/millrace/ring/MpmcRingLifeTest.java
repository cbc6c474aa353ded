package io.millrace.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.millrace.ring.RingSubject.Place;
import java.io.IOException;
import java.util.List;
import java.util.regex.Pattern;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** From creation to close, and what people see of a ring. */
class MpmcRingLifeTest extends MpmcRingContract {
    @Test
    void afterTheRingWasClosedEveryCallIsRefused() throws IOException {
        producer.close();
        consumer.close();
        writing.close();
        writing.close();
        for (ThrowingCallable call : List.<ThrowingCallable>of(() -> writing.producer(WRITER),
            () -> writing.consumer(READER), () -> writing.repair(SURVIVOR), writing::capacity,
            writing::messageLengthMax, writing::dataSignalWord, writing::spaceSignalWord, writing::dump)) {
            assertThatIllegalStateException().isThrownBy(call).withMessageContaining("is closed");
        }
        assertThat(writing).hasToString("MpmcRing[" + place() + ", closed]");
    }

    @Test
    void anEndThatOutlivesItsRingStillHasTheMapping() throws IOException {
        write("written before");
        writing.close();
        reading.close();
        write("written afterwards");
        assertThat(takeAll(consumer)).containsExactly("written before", "written afterwards");
    }

    @Test
    void anOwnerIdThatDoesNotFitIntoAControlWordIsRefused() {
        for (int id : new int[] {ControlWord.OWNER_MAX + 1, Integer.MAX_VALUE}) {
            assertThatIllegalArgumentException().isThrownBy(() -> writing.producer(Owner.of(id)))
                .withMessageContainingAll("actual " + id, "1 to " + ControlWord.OWNER_MAX);
            assertThatIllegalArgumentException().isThrownBy(() -> writing.consumer(Owner.of(id)))
                .withMessageContainingAll("actual " + id, "1 to " + ControlWord.OWNER_MAX);
        }
    }

    @Test
    void theLargestOwnerIdIsKeptWhole() {
        Owner largest = Owner.of(ControlWord.OWNER_MAX);
        producer = writing.producer(largest);
        claim("x");
        assertThat(reading.dump()).contains(": claimed, span 1, owner " + ControlWord.OWNER_MAX + "\n");
        assertThat(reading.repair(new Owner(1, id -> id == ControlWord.OWNER_MAX))).isEqualTo(1);
        producer = writing.producer(Owner.of(3));
        write("y");
        consumer = reading.consumer(largest);
        assertThat(takeAll(consumer)).containsExactly("y");
        assertThatTheRingIsAsGoodAsNew();
    }

    @Test
    void theTextOfARingSaysWhereItIsHowLargeAndHowFar() {
        int count = fill();
        long head = subject.position();
        assertThat(writing.toString()).matches("MpmcRing\\[" + Pattern.quote(place()) + ", " + granules
            + " granules of 16 bytes, tail \\d+, head " + head + "]");
        long tail = Long.parseLong(writing.toString().replaceAll(".* tail (\\d+),.*", "$1"));
        assertThat(tail).as("the hint").isBetween(head + count - MpmcRecords.HINT_STRIDE, head + count);
    }

    @Test
    void theTextsOfItsPartsSayWhatTheyHold() {
        assertThat(producer).hasToString("MpmcProducer[owner 1]");
        MpmcClaim claim = claim("12345");
        assertThat(producer).hasToString("MpmcProducer[owner 1, claiming]");
        assertThat(claim).hasToString("MpmcClaim[5 bytes]");
        claim.commit();
        consumer.tryTake();
        assertThat(consumer).hasToString("MpmcConsumer[owner 2, returns seen 0, record in hand]");
    }

    @Test
    void theDumpShowsTheHintsAndTheRecordsWhoseSpaceIsInUse() {
        write("gone", "in hand", "waits");
        TakenRecord gone = consumer.tryTake();
        writing.consumer(Owner.of(5)).tryTake();
        gone.release();
        claim("claimed");
        String dump = reading.dump();

        assertThat(dump).contains("mpmc-ring body", "granules = " + granules, "granuleLength = 16",
            "deliveriesMax = 3", "returned = 0", "dropped = 0", "reclaimed = " + subject.position());
        long lap = subject.position() / granules;
        List<String> records = dump.lines().filter(line -> line.startsWith("position ")).toList();
        assertThat(records).filteredOn(line -> line.contains("done")).hasSize(1);
        assertThat(records.get(0)).startsWith("position " + subject.position() + ": ");
        assertThat(records).filteredOn(line -> line.endsWith("taken, span 1, owner 5")).hasSize(1);
        assertThat(records).filteredOn(line -> line.endsWith("claimed, span 1, owner 1")).hasSize(1);
        assertThat(records).filteredOn(line -> line.matches(".*published, span 1, lap (" + lap + "|" + (lap + 1)
            + ")")).hasSize(1);
        assertThat(dump.contains("segment header")).isEqualTo(subject.place() != Place.PRIVATE_MEMORY);
    }

    @Test
    void theDumpOfManyRecordsEndsSomewhere() {
        int count = fill();
        assertThat(reading.dump().lines().filter(line -> line.startsWith("position ")))
            .hasSize(Math.min(count, 64));
    }

    @Test
    void theSignalWordsAreTwoWordsThatBothSidesShare() {
        assertThat(writing.dataSignalWord().length()).isEqualTo(Integer.BYTES);
        assertThat(writing.spaceSignalWord().length()).isEqualTo(Integer.BYTES);
        writing.dataSignalWord().putIntVolatile(0, 11);
        writing.spaceSignalWord().putIntVolatile(0, 22);
        assertThat(reading.dataSignalWord().getIntVolatile(0)).isEqualTo(11);
        assertThat(reading.spaceSignalWord().getIntVolatile(0)).isEqualTo(22);
    }

    private String place() {
        return subject.place() == Place.PRIVATE_MEMORY ? "private memory" : directory.resolve("ring").toString();
    }
}
