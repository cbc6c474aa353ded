package io.millrace.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.domain.SharedDirectory;
import io.millrace.testing.DocumentPrograms;
import io.millrace.testing.DocumentPrograms.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The programs in the documents about this module print what is printed there, and leave nothing. */
@Timeout(60)
class ShmDocumentsTest {
    @TempDir(factory = SharedDirectory.class)
    Path parent;

    static List<Program> programs() throws IOException {
        List<Program> programs = new ArrayList<>(DocumentPrograms.of("queues.md"));
        programs.addAll(DocumentPrograms.of("processes.md"));
        programs.addAll(DocumentPrograms.of("values.md"));
        programs.addAll(DocumentPrograms.of("pipes.md"));
        programs.addAll(DocumentPrograms.of("locks.md"));
        return programs;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("programs")
    void programPrintsWhatTheDocumentSays(Program program) throws Exception {
        Path domain = parent.resolve("domain");
        program.assertPrintsWhatTheDocumentSays(parent, "env", "MILLRACE_DOMAIN=" + domain);
        if (!Files.exists(domain)) {
            return; // of a program that needs none
        }
        try (Stream<Path> files = Files.list(domain)) {
            assertThat(files.map(file -> file.getFileName().toString())).containsExactlyInAnyOrder("lock", "table");
        }
    }
}
