package io.millrace.codec;

import io.millrace.testing.DocumentPrograms;
import io.millrace.testing.DocumentPrograms.Program;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The programs in the document about codecs print what is printed there. */
@Timeout(60)
class CodecsDocumentTest {
    @TempDir
    Path directory;

    static List<Program> programs() throws IOException {
        return DocumentPrograms.of("codecs.md");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("programs")
    void programPrintsWhatTheDocumentSays(Program program) throws Exception {
        program.assertPrintsWhatTheDocumentSays(directory);
    }
}
