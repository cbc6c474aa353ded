package io.millrace.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.millrace.memory.Region;
import io.millrace.ring.RingSubject.Handles;
import io.millrace.ring.RingSubject.Place;
import java.io.IOException;
import java.util.HexFormat;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** From creation to close, and what people see of a ring. */
class RingLifeTest extends RingContract {
    @Test
    void afterTheRingWasClosedEveryCallIsRefused() throws IOException {
        Region payload = claim("open").payload();
        writing.close();
        reading.close();
        refuses(() -> writing.producer(WRITER));
        refuses(() -> writing.consumer(READER));
        refuses(writing::capacity);
        refuses(writing::messageLengthMax);
        refuses(writing::dataSignalWord);
        refuses(writing::spaceSignalWord);
        refuses(writing::dump);
        refusesEverything(producer);
        refuses(() -> consumer.read((type, record) -> { }, 1));
        assertThat(payload.length()).isZero();
    }

    @Test
    void afterAnEndWasClosedEveryCallIsRefused() {
        producer.close();
        consumer.close();
        refusesEverything(producer);
        refuses(() -> consumer.read((type, record) -> { }, 1));
        assertThat(producer).hasToString("SpscProducer[owner 1, closed]");
        assertThat(consumer).hasToString("SpscConsumer[owner 2, closed]");
    }

    @Test
    void closingAgainDoesNothing() throws IOException {
        producer.close();
        SpscProducer successor = writing.producer(Owner.of(5));
        producer.close();
        assertThat(successor.tryWrite(TYPE, new byte[1], 0, 1)).isTrue();
        reading.close();
        reading.close();
        consumer.close();
    }

    @Test
    void capacityIsRoundedUpToAPowerOfTwo() throws IOException {
        long[][] askedAndGot = {{64, 64}, {65, 128}, {127, 128}, {128, 128}, {129, 256}, {100_000, 131_072}};
        for (long[] pair : askedAndGot) {
            try (Handles rings = subject.open(directory.resolve("r" + pair[0]), pair[0], 0)) {
                assertThat(rings.reading().capacity()).isEqualTo((int) pair[1]);
                assertThat(rings.reading().messageLengthMax()).isEqualTo((int) pair[1] / 2 - 8);
            }
        }
    }

    @Test
    void aCapacityOutOfRangeIsRefusedAndNoFileIsMade() {
        long[] capacities = {63, 0, -1, Long.MIN_VALUE, SpscRing.CAPACITY_MAX + 1L, 1L << 32, Long.MAX_VALUE};
        for (long capacity : capacities) {
            assertThatIllegalArgumentException()
                .isThrownBy(() -> subject.open(directory.resolve("refused"), capacity, 0))
                .withMessageContainingAll("actual " + capacity, "64 to 1073741824");
        }
        assertThat(directory.resolve("refused")).doesNotExist();
    }

    @Test
    void theTextOfARingSaysWhereItIsHowLargeAndWhoHasTheRoles() throws IOException {
        assertThat(writing).asString().startsWith("SpscRing[").contains(place(), "256 bytes")
            .contains("producer: owner 1", "consumer: owner 2");
        producer.close();
        assertThat(writing).asString().contains("producer: nobody");
        writing.close();
        assertThat(writing).hasToString("SpscRing[" + place() + ", closed]");
    }

    @Test
    void theTextsOfItsPartsSayWhereTheyStand() {
        long position = subject.position();
        assertThat(producer).hasToString("SpscProducer[owner 1, position " + position + ", 0 appended]");
        append("x", "y");
        assertThat(producer).hasToString("SpscProducer[owner 1, position " + position + ", 2 appended]");
        assertThat(consumer).hasToString("SpscConsumer[owner 2, position " + position + "]");
        Claim claim = producer.tryClaim(TYPE, 5);
        assertThat(claim).hasToString("Claim[5 bytes]");
        claim.abort();
        assertThat(claim).hasToString("Claim[not open]");
    }

    @Test
    void theDumpShowsTheFieldsAndTheUnreadRecords() {
        write("gone");
        read();
        write("Hello", "");
        append("hidden");
        String dump = reading.dump();

        assertThat(dump).contains("spsc-ring body", "@0 capacity = 256", "@4 producer = 1", "@8 consumer = 2")
            .contains("@128 consumed = " + (subject.position() + 16 + paddingBefore(8 + "gone".length())))
            .contains("type 7, 5 bytes", "type 7, 0 bytes", hex("Hello"), "# @8 payload")
            .doesNotContain(hex("gone"), hex("hidden"));
        assertThat(dump.split("\n")).filteredOn(line -> line.startsWith("position ")
            && !line.contains("type -1")).hasSize(2);
        assertThat(dump.contains("segment header")).isEqualTo(subject.place() != Place.PRIVATE_MEMORY);
    }

    @Test
    void theDumpOfManyRecordsEndsSomewhere() throws IOException {
        try (Handles rings = subject.open(directory.resolve("large"), 1 << 16, subject.position())) {
            SpscProducer to = rings.writing().producer(WRITER);
            for (int i = 0; i < 1_000; i++) {
                to.tryWrite(i, new byte[1], 0, 1);
            }
            assertThat(rings.reading().dump().split("\n")).filteredOn(line -> line.startsWith("position "))
                .hasSize(64);
        }
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

    private int paddingBefore(int recordLength) {
        int toEnd = CAPACITY - (int) (subject.position() % CAPACITY);
        return recordLength > toEnd ? toEnd : 0;
    }

    private static String hex(String text) {
        return HexFormat.ofDelimiter(" ").formatHex(bytes(text));
    }

    private String place() {
        return subject.place() == Place.PRIVATE_MEMORY ? "private memory"
            : directory.resolve("ring").toString();
    }

    private static void refusesEverything(SpscProducer producer) {
        refuses(() -> producer.tryWrite(TYPE, new byte[1], 0, 1));
        refuses(() -> producer.tryWrite(TYPE, Region.allocate(1), 0, 1));
        refuses(() -> producer.tryClaim(TYPE, 1));
        refuses(producer::publish);
        refuses(producer::discard);
    }

    private static void refuses(ThrowingCallable call) {
        assertThatIllegalStateException().isThrownBy(call).withMessageContaining("is closed");
    }
}
