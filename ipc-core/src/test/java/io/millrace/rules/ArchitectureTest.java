package io.millrace.rules;

import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Which package of the core may know which, and how much each shows. */
class ArchitectureTest {
    private static final int PUBLIC_TYPES_MAX = 12;
    /**
     * In format, half of them are the typed errors of opening a segment, which callers must be able to tell apart. In
     * ring there are two kinds of rings, each with its two ends and what these hand out. In memory there are words of
     * two lengths, and regions that positions go round in, so that an access need not look which it is and where.
     */
    private static final Map<String, Integer> PUBLIC_TYPES_MAX_ELSEWHERE =
        Map.of("io.millrace.format", 13, "io.millrace.ring", 24, "io.millrace.memory", 14);

    @Test
    void packagesAreFreeOfCycles() {
        slices().matching("io.millrace.(*)..").should().beFreeOfCycles()
            .allowEmptyShould(false).check(Project.CORE);
    }

    @Test
    void arrowsBetweenPackagesAreTheOnesOfThePlan() {
        layeredArchitecture().consideringOnlyDependenciesInLayers()
            .layer("memory").definedBy("io.millrace.memory..")
            .layer("format").definedBy("io.millrace.format..")
            .layer("ring").definedBy("io.millrace.ring..")
            .layer("wait").definedBy("io.millrace.wait..")
            .layer("codec").definedBy("io.millrace.codec..")
            .whereLayer("memory").mayNotAccessAnyLayer()
            .whereLayer("format").mayOnlyAccessLayers("memory")
            .whereLayer("ring").mayOnlyAccessLayers("format", "memory")
            .whereLayer("wait").mayOnlyAccessLayers("memory")
            .whereLayer("codec").mayOnlyAccessLayers("memory")
            .ensureAllClassesAreContainedInArchitecture()
            .allowEmptyShould(false).check(Project.CORE);
    }

    @Test
    void eachPackageHasFewPublicTypes() {
        Map<String, Long> publicTypes = Project.CORE.stream()
            .filter(type -> type.isTopLevelClass() && type.getModifiers().contains(JavaModifier.PUBLIC))
            .collect(Collectors.groupingBy(JavaClass::getPackageName, Collectors.counting()));
        assertThat(publicTypes).hasSizeGreaterThanOrEqualTo(4).allSatisfy((name, count) -> assertThat(count)
            .as("public types of " + name)
            .isLessThanOrEqualTo(PUBLIC_TYPES_MAX_ELSEWHERE.getOrDefault(name, PUBLIC_TYPES_MAX)));
    }
}
