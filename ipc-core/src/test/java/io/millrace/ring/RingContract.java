package io.millrace.ring;

import java.io.IOException;
import java.nio.file.Path;
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
 * What the SPSC ring promises beyond {@link MessageContract}, wherever it lives. Each subclass holds the sentences
 * about one topic; each runs over every {@link RingSubject}, with an empty ring whose roles are taken.
 */
@ParameterizedClass(name = "{0}")
@MethodSource("io.millrace.ring.RingSubject#all")
@Timeout(60)
abstract class RingContract extends MessageTexts {
    static final int CAPACITY = 256;
    static final int LENGTH_MAX = CAPACITY / 2 - RecordHeader.LENGTH;
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

    @Override
    boolean tryWrite(String text) {
        byte[] bytes = bytes(text);
        return producer.tryWrite(TYPE, bytes, 0, bytes.length);
    }

    @Override
    Reading reading() {
        return consumer::read;
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
}
