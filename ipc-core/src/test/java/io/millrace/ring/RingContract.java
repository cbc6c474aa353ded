package io.millrace.ring;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.memory.Region;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
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
 * What a ring promises, wherever it lives. Each subclass holds the sentences about one topic; each runs over
 * every {@link RingSubject}, with an empty ring whose roles are taken.
 */
@ParameterizedClass(name = "{0}")
@MethodSource("io.millrace.ring.RingSubject#all")
@Timeout(60)
abstract class RingContract {
    static final int CAPACITY = 256;
    static final int LENGTH_MAX = CAPACITY / 2 - RecordHeader.LENGTH;
    static final int TYPE = 7;
    static final Owner WRITER = Owner.of(1);
    static final Owner READER = Owner.of(2);

    @Parameter
    RingSubject subject;
    @TempDir
    Path directory;

    SpscRing writing;
    SpscRing reading;
    SpscProducer producer;
    SpscConsumer consumer;
    Random random;
    private RingSubject.Handles handles;

    @RegisterExtension
    final TestExecutionExceptionHandler sayWithWhat = (context, failure) -> {
        failure.addSuppressed(new IllegalStateException("with " + subject));
        throw failure;
    };

    @BeforeEach
    void takeBothRoles() throws IOException {
        handles = subject.open(directory, CAPACITY);
        writing = handles.writing();
        reading = handles.reading();
        producer = writing.producer(WRITER);
        consumer = reading.consumer(READER);
        random = subject.random();
    }

    @AfterEach
    void closeRing() throws IOException {
        handles.close();
    }

    /** A record as it was read. */
    record Received(int type, String text) { }

    boolean tryWrite(String text) {
        byte[] bytes = bytes(text);
        return producer.tryWrite(TYPE, bytes, 0, bytes.length);
    }

    void write(String... texts) {
        for (String text : texts) {
            assertThat(tryWrite(text)).as("room for '%s'", text).isTrue();
        }
    }

    void append(String... texts) {
        for (String text : texts) {
            claim(text).append();
        }
    }

    /** An open claim, filled with the text. */
    Claim claim(String text) {
        Claim claim = producer.tryClaim(TYPE, text.length());
        claim.payload().putBytes(0, bytes(text), 0, text.length());
        return claim;
    }

    /** Empty messages until there is no room. */
    int fill() {
        int count = 0;
        while (tryWrite("")) {
            count++;
        }
        return count;
    }

    List<Received> readAll(SpscConsumer from) {
        List<Received> received = new ArrayList<>();
        from.read((type, payload) -> received.add(new Received(type, text(payload))), Integer.MAX_VALUE);
        return received;
    }

    List<String> read() {
        return texts(readAll(consumer));
    }

    static List<String> texts(List<Received> received) {
        return received.stream().map(Received::text).toList();
    }

    String randomText(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    /** One character for each byte. */
    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    static String text(Region payload) {
        byte[] bytes = new byte[payload.length()];
        payload.getBytes(0, bytes, 0, bytes.length);
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
