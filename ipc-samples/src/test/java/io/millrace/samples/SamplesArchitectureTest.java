package io.millrace.samples;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import java.util.Arrays;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** The samples show the model of multiprocessing, and each can be run by its name. */
class SamplesArchitectureTest {
    private static final JavaClasses CLASSES =
        new ClassFileImporter().withImportOption(new DoNotIncludeTests()).importPackagesOf(Sample.class);

    @Test
    void samplesNeedNothingBelowQueuesAndProcesses() {
        noClasses().should().dependOnClassesThat().resideInAnyPackage("io.millrace.memory..", "io.millrace.format..",
            "io.millrace.ring..", "io.millrace.wait..", "io.millrace.codec..", "io.millrace.domain..", "org.agrona..")
            .allowEmptyShould(false).check(CLASSES);
    }

    @Test
    void everyProgramIsFoundByItsName() {
        assertThat(CLASSES.stream().filter(type -> type.tryGetMethod("main", String[].class).isPresent())
            .map(type -> type.getSimpleName().toLowerCase(Locale.ROOT)))
            .containsExactlyInAnyOrderElementsOf(Arrays.stream(Sample.values())
                .map(sample -> sample.key().replace("-", "")).toList());
        assertThat(Sample.values()).allSatisfy(sample -> assertThat(Sample.find(sample.key())).contains(sample));
        assertThat(Sample.find("no-such-sample")).isEmpty();
    }
}
