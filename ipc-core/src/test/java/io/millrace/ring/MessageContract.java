package io.millrace.ring;

import java.io.IOException;
import java.nio.file.Path;
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
 * What all kinds of rings promise, wherever they live, to one producer and one consumer. Each subclass holds the
 * sentences about one topic; each runs over every {@link MessageSubject}, with an empty ring.
 */
@ParameterizedClass(name = "{0}")
@MethodSource("io.millrace.ring.MessageSubject#all")
@Timeout(60)
abstract class MessageContract extends MessageTexts {
    @Parameter
    MessageSubject subject;
    @TempDir
    Path directory;

    MessageRing ring;
    int lengthMax;

    @RegisterExtension
    final TestExecutionExceptionHandler sayWithWhat = (context, failure) -> {
        failure.addSuppressed(new IllegalStateException("with " + subject));
        throw failure;
    };

    @BeforeEach
    void openRing() throws IOException {
        ring = subject.opener().open(directory);
        lengthMax = ring.messageLengthMax();
        random = new Random(subject.position());
    }

    @AfterEach
    void closeRing() throws IOException {
        ring.close();
    }

    @Override
    boolean tryWrite(String text) {
        byte[] bytes = bytes(text);
        return ring.tryWrite(TYPE, bytes, 0, bytes.length);
    }

    @Override
    Reading reading() {
        return ring::read;
    }
}
