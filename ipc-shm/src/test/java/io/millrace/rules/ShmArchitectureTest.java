package io.millrace.rules;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static io.millrace.rules.Targets.oneOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import io.millrace.rules.fixtures.CallsNativeCode;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Which package may know which, who may touch memory and call native code, and what nobody does on his own. */
class ShmArchitectureTest {
    private static final int PUBLIC_TYPES_MAX = 12;
    /** In domain, nearly half are typed errors, and seven are for the packages above; in pipe, five are errors. */
    private static final Map<String, Integer> PUBLIC_TYPES_MAX_ELSEWHERE =
        Map.of("io.millrace.domain", 19, "io.millrace.pipe", 14);
    /** Processes are started, and what is to be awaited about them is awaited, in their package. */
    private static final String PROCESSES = "io\\.millrace\\.process\\..*";
    private static final String THREADS = "io\\.millrace\\.(domain\\.(OpenObjects|Sleepers)|process\\..*)";
    /** What a child says on its own standard output and error is for people; and logs are brought to the parent. */
    private static final String SPEAKERS =
        "io\\.millrace\\.process\\.(ChildMain|Reports|LineOutput|ChildLogs|LoggedTask|ArchiveMaker).*";
    private static final String LIB_C = "io\\.millrace\\.(domain\\.LibC|process\\.ProcessCalls).*";

    /** Those of the core that hold here as well. */
    static Stream<ArchRule> rulesOfTheCore() {
        return Stream.of(MemoryRules.onlyMemoryTouchesMemory(), MemoryRules.onlyMemoryUsesAgronasBuffers(),
            MemoryRules.onlyWaitIdles(), MemoryRules.chronicleStaysWhereItIsKeptQuiet(),
            QuietRules.onlyWaitReadsClocksOrPauses(PROCESSES), QuietRules.onlyPrint(SPEAKERS),
            QuietRules.onlyStartThreads(THREADS));
    }

    /** Native code is called, and addresses are asked for, in one class of each package that needs it. */
    static Stream<ArchRule> rulesOfThisModule() {
        return Stream.of(
            noClasses().that().haveNameNotMatching(LIB_C)
                .should().dependOnClassesThat().resideInAPackage("com.kenai.jffi..").allowEmptyShould(false),
            noClasses().that().haveNameNotMatching(LIB_C)
                .should().accessTargetWhere(oneOf("tells an address", "io.millrace.memory.NativeAddress.value()"))
                .allowEmptyShould(false));
    }

    @ParameterizedTest
    @MethodSource({"rulesOfTheCore", "rulesOfThisModule"})
    void moduleKeepsTheRule(ArchRule rule) {
        rule.check(ShmProject.CLASSES);
    }

    @ParameterizedTest
    @MethodSource("rulesOfThisModule")
    void classThatBreaksTheRuleIsFound(ArchRule rule) {
        assertThatThrownBy(() -> rule.check(new ClassFileImporter().importClasses(CallsNativeCode.class)))
            .isInstanceOf(AssertionError.class).hasMessageContaining(CallsNativeCode.class.getName());
    }

    @Test
    void packagesAreFreeOfCycles() {
        slices().matching("io.millrace.(*)..").should().beFreeOfCycles()
            .allowEmptyShould(false).check(ShmProject.CLASSES);
    }

    @Test
    void domainKnowsNoPackageAboveIt() {
        noClasses().that().resideInAPackage("io.millrace.domain..").should().dependOnClassesThat()
            .resideInAnyPackage("io.millrace.queue..", "io.millrace.pipe..", "io.millrace.value..",
                "io.millrace.sync..", "io.millrace.process..", "io.millrace.pool..", "io.millrace.manager..")
            .allowEmptyShould(false).check(ShmProject.CLASSES);
    }

    @Test
    void eachPackageHasFewPublicTypes() {
        Map<String, Long> publicTypes = ShmProject.CLASSES.stream()
            .filter(type -> type.isTopLevelClass() && type.getModifiers().contains(JavaModifier.PUBLIC))
            .collect(Collectors.groupingBy(JavaClass::getPackageName, Collectors.counting()));
        assertThat(publicTypes).isNotEmpty().allSatisfy((name, count) ->
            assertThat(count).as("public types of " + name)
                .isLessThanOrEqualTo(PUBLIC_TYPES_MAX_ELSEWHERE.getOrDefault(name, PUBLIC_TYPES_MAX)));
    }
}
