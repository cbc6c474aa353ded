package io.millrace.rules;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchRule;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What this module may know, and what it never does on its own. */
class AtomicArchitectureTest {
    /**
     * Eight types, each alone and in an array; the counter, the struct, the labels; structs in an array and in a list;
     * where they are, and the lock of each; three errors.
     */
    private static final int PUBLIC_TYPES_MAX = 8 + 8 + 3 + 2 + 4 + 3;

    /** Those of the core hold here as well. */
    static Stream<ArchRule> rulesOfTheCore() {
        return Stream.of(MemoryRules.onlyMemoryTouchesMemory(), MemoryRules.onlyMemoryUsesAgronasBuffers(),
            MemoryRules.onlyWaitIdles(), MemoryRules.onlyWaitUsesAddresses(), MemoryRules.onlyWaitCallsNativeCode(),
            MemoryRules.chronicleStaysWhereItIsKeptQuiet(), QuietRules.onlyWaitReadsClocksOrPauses(),
            QuietRules.nobodyPrintsOrLogs(), QuietRules.nobodyStartsThreads());
    }

    @ParameterizedTest
    @MethodSource("rulesOfTheCore")
    void moduleKeepsTheRule(ArchRule rule) {
        rule.check(AtomicProject.CLASSES);
    }

    @Test
    void moduleKnowsTheCoreAlone() {
        classes().that().resideInAPackage("io.millrace.atomic..").should().onlyDependOnClassesThat()
            .resideInAnyPackage("java..", "io.millrace.atomic..", "io.millrace.memory..", "io.millrace.format..",
                "io.millrace.wait..", "io.millrace.ring..")
            .allowEmptyShould(false).check(AtomicProject.CLASSES);
    }

    @Test
    void thereAreFewPublicTypes() {
        assertThat(AtomicProject.CLASSES.stream()
            .filter(type -> type.isTopLevelClass() && type.getModifiers().contains(JavaModifier.PUBLIC)).count())
            .isPositive().isLessThanOrEqualTo(PUBLIC_TYPES_MAX);
    }
}
