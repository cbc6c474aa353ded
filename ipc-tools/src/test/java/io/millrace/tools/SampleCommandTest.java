package io.millrace.tools;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.samples.Sample;
import io.millrace.testing.ChildJvm;
import io.millrace.testing.MemoryDirectory;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class SampleCommandTest {
    private static final int SUCCESS = 0;
    private static final int WRONG_USAGE = 2;

    @TempDir(factory = MemoryDirectory.class)
    private Path parent;

    @Test
    void listTellsEverySampleInALineOfItsOwn() {
        Run run = Run.of("sample", "--list");
        assertThat(run.code()).isEqualTo(SUCCESS);
        assertThat(run.out().lines().map(line -> line.split(" {2,}", 2)[0]))
            .containsExactlyElementsOf(Arrays.stream(Sample.values()).map(Sample::key).toList());
        assertThat(run.out().lines()).allMatch(line -> line.matches("[a-z-]+ {2,}\\S.*"));
        assertThat(run.err()).isEmpty();
    }

    @Test
    void unknownNameIsWrongUsageToldInOneLineThatNamesTheSamples() {
        Run run = Run.of("sample", "no-such-sample");
        assertThat(run.code()).isEqualTo(WRONG_USAGE);
        assertThat(run.out()).isEmpty();
        assertThat(run.err().lines()).hasSize(1);
        assertThat(run.err()).startsWith("millrace sample: ").contains("no-such-sample")
            .contains(Arrays.stream(Sample.values()).map(Sample::key).toList());
    }

    @ParameterizedTest
    @ValueSource(strings = {"sample", "sample --list queue-full-blocks", "sample signals extra"})
    void neitherANameNorTheListIsWrongUsageAndSoIsMoreThanOne(String commandLine) {
        Run run = Run.of(commandLine.split(" "));
        assertThat(run.code()).isEqualTo(WRONG_USAGE);
        assertThat(run.err()).contains("Usage: millrace sample").doesNotContain("\tat ");
    }

    @Test
    void sampleGoesOnUntilTheLastOfItsChildrenHasEnded() throws Exception {
        try (ChildJvm millrace = ChildJvm.of(Millrace.class)
            .property("millrace.domain", parent.resolve("domain").toString()).start("sample", "queue-three-readers")) {
            assertThat(millrace.awaitAllLines()).hasSize(5).contains("The parent has reached its last line.")
                .filteredOn(line -> line.matches("process \\d+ got: message [123]")).hasSize(3);
            millrace.awaitSuccess();
        }
        assertThat(parent.resolve("domain").toFile().list()).containsExactlyInAnyOrder("lock", "table");
    }
}
