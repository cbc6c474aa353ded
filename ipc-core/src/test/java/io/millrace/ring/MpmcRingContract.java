package io.millrace.ring;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the MPMC ring promises beyond {@link MessageContract}, wherever it lives. Each subclass holds the sentences
 * about one topic; each runs over every {@link MpmcSubject}, with an empty ring, a producer and a consumer.
 */
@ParameterizedClass(name = "{0}")
@MethodSource("io.millrace.ring.MpmcSubject#all")
@Timeout(60)
abstract class MpmcRingContract extends MessageTexts {
    static final int GRANULE = MpmcSubject.GRANULE_LENGTH;
    static final Owner WRITER = Owner.of(1);
    static final Owner READER = Owner.of(2);
    static final Owner SURVIVOR = new Owner(9, id -> id == WRITER.id() || id == READER.id());

    @Parameter
    MpmcSubject subject;
    @TempDir
    Path directory;

    MpmcRing writing;
    MpmcRing reading;
    MpmcProducer producer;
    MpmcConsumer consumer;
    int granules;
    int lengthMax;
    private MpmcSubject.Handles handles;

    @RegisterExtension
    final TestExecutionExceptionHandler sayWithWhat = (context, failure) -> {
        failure.addSuppressed(new IllegalStateException("with " + subject));
        throw failure;
    };

    @BeforeEach
    void openRing() throws IOException {
        useRing(subject.open(directory));
    }

    @AfterEach
    void closeRing() throws IOException {
        handles.close();
    }

    /** Goes on with another ring; the one before is closed. */
    void useRing(MpmcSubject.Handles rings) throws IOException {
        if (handles != null) {
            handles.close();
        }
        handles = rings;
        writing = rings.writing();
        reading = rings.reading();
        producer = writing.producer(WRITER);
        consumer = reading.consumer(READER);
        granules = subject.granules();
        lengthMax = writing.messageLengthMax();
        random = subject.random();
    }

    @Override
    boolean tryWrite(String text) {
        return tryWrite(producer, text);
    }

    static boolean tryWrite(MpmcProducer to, String text) {
        byte[] bytes = bytes(text);
        return to.tryWrite(TYPE, bytes, 0, bytes.length);
    }

    @Override
    Reading reading() {
        return consumer::read;
    }

    /** An open claim, filled with the text. */
    MpmcClaim claim(String text) {
        MpmcClaim claim = producer.tryClaim(TYPE, text.length());
        claim.payload().putBytes(0, bytes(text), 0, text.length());
        return claim;
    }

    /** The texts and deliveries of all records, taken and released one by one: {@code "text+1"} for the second time. */
    static List<String> takeAll(MpmcConsumer from) {
        List<String> taken = new ArrayList<>();
        for (TakenRecord record = from.tryTake(); record != null; record = from.tryTake()) {
            taken.add(text(record.payload()) + (record.deliveries() == 0 ? "" : "+" + record.deliveries()));
            record.release();
        }
        return taken;
    }

    /** Whether an empty ring is empty, has all its room and works. */
    void assertThatTheRingIsAsGoodAsNew() {
        assertThat(read()).isEmpty();
        assertThat(fill()).as("room for all but the spare granule").isEqualTo(granules - 1);
        assertThat(read()).hasSize(granules - 1).containsOnly("");
        String longest = randomText(lengthMax);
        write(longest);
        assertThat(read()).containsExactly(longest);
    }
}
