package io.millrace.pipe;

import io.millrace.domain.SharedDirectory;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A duplex pipe in a domain of its own, for each test another. */
abstract class PipeFixture {
    @TempDir(factory = SharedDirectory.class)
    Path parent;
    Pipe pipe;
    Connection first;
    Connection second;

    @BeforeEach
    void makePipe() {
        use(Pipe.builder(true));
    }

    final void use(Pipe.Builder builder) {
        pipe = builder.domain(parent.resolve("domain")).create();
        first = pipe.first();
        second = pipe.second();
    }

    @AfterEach
    void closePipe() {
        pipe.close();
    }
}
