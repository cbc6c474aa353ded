package io.millrace.rules;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import io.millrace.rules.fixtures.BuffersItself;
import io.millrace.rules.fixtures.CallsNativeCode;
import io.millrace.rules.fixtures.MapsItself;
import io.millrace.rules.fixtures.ReadsClocks;
import io.millrace.rules.fixtures.TalksAndStarts;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The core keeps these rules, and each rule finds a class that breaks it. */
class MemoryAndQuietTest {
    /** A rule, a class that breaks it, and parts of what is then said. */
    static Stream<Arguments> rules() {
        return Stream.of(
            arguments(MemoryRules.onlyMemoryTouchesMemory(), MapsItself.class, new String[] {
                "VarHandle", "MappedByteBuffer", "byteBufferViewVarHandle", "FileChannel.map",
                "allocateDirect"}),
            arguments(MemoryRules.onlyMemoryUsesAgronasBuffers(), BuffersItself.class, new String[] {
                "UnsafeBuffer", "AtomicBuffer", "addressOffset"}),
            arguments(MemoryRules.onlyWaitIdles(), CallsNativeCode.class, new String[] {
                "BusySpinIdleStrategy"}),
            arguments(MemoryRules.onlyWaitUsesAddresses(), CallsNativeCode.class, new String[] {
                "NativeAddress.value"}),
            arguments(MemoryRules.onlyWaitCallsNativeCode(), CallsNativeCode.class, new String[] {"Library"}),
            arguments(MemoryRules.chronicleStaysWhereItIsKeptQuiet(), TalksAndStarts.class, new String[] {
                "HexDumpBytes"}),
            arguments(QuietRules.onlyWaitReadsClocksOrPauses(), ReadsClocks.class, new String[] {
                "nanoTime", "currentTimeMillis", "Instant.now", "Clock", "Thread.sleep", "parkNanos",
                "onSpinWait"}),
            arguments(QuietRules.nobodyPrintsOrLogs(), TalksAndStarts.class, new String[] {
                "System.out", "java.util.logging.Logger", "System$Logger", "printStackTrace"}),
            arguments(QuietRules.nobodyStartsThreads(), TalksAndStarts.class, new String[] {
                "Thread.start", "Executors"}));
    }

    @ParameterizedTest
    @MethodSource("rules")
    void coreKeepsTheRule(ArchRule rule) {
        rule.check(Project.CORE);
    }

    @ParameterizedTest
    @MethodSource("rules")
    void classThatBreaksTheRuleIsFound(ArchRule rule, Class<?> breaker, String[] said) {
        assertThatThrownBy(() -> rule.check(new ClassFileImporter().importClasses(breaker)))
            .isInstanceOf(AssertionError.class).hasMessageContainingAll(said);
    }

    @Test
    void memoryUsesNativeCodeForAddressesOnly() {
        MemoryRules.memoryUsesNoNativeCodeButForAddresses().check(Project.CORE);
    }
}
