package io.millrace.rules;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static io.millrace.rules.Targets.oneOf;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Set;

/** Who may touch memory, and through what. */
final class MemoryRules {
    private static final String MEMORY = "io.millrace.memory..";
    private static final String WAIT = "io.millrace.wait..";
    private static final String NATIVE = "com.kenai.jffi..";
    private static final String MEMORY_IO = "com.kenai.jffi.MemoryIO";

    private MemoryRules() { }

    /** The choke point. */
    static ArchRule onlyMemoryTouchesMemory() {
        return noClasses().that().resideOutsideOfPackage(MEMORY)
            .should().dependOnClassesThat(named("are ways to memory",
                "java.lang.invoke.VarHandle", "java.nio.MappedByteBuffer", "sun.misc.Unsafe",
                "jdk.internal.misc.Unsafe", "java.lang.foreign.MemorySegment", MEMORY_IO))
            .orShould().accessTargetWhere(oneOf("makes a way to memory",
                "java.nio.channels.FileChannel.map()", "java.nio.ByteBuffer.allocateDirect()",
                "java.lang.invoke.MethodHandles.byteBufferViewVarHandle()"))
            .allowEmptyShould(false);
    }

    /**
     * Of Agrona the rest of the core may use two interfaces in signatures, without the addresses that they
     * tell, and ways to idle; not the buffers, which are a way to memory too.
     */
    static ArchRule onlyMemoryUsesAgronasBuffers() {
        DescribedPredicate<JavaClass> forAll =
            named("are interfaces of buffers", "org.agrona.DirectBuffer", "org.agrona.MutableDirectBuffer")
                .or(describe("are idle strategies", type -> type.getSimpleName().endsWith("IdleStrategy")));
        return noClasses().that().resideOutsideOfPackage(MEMORY)
            .should().dependOnClassesThat(resideInAPackage("org.agrona..").and(not(forAll)))
            .orShould().accessTargetWhere(oneOf("tells an address",
                "org.agrona.DirectBuffer.addressOffset()"))
            .allowEmptyShould(false);
    }

    static ArchRule onlyWaitIdles() {
        return noClasses().that().resideOutsideOfPackage(WAIT)
            .should().dependOnClassesThat().haveNameMatching("org\\.agrona\\..*IdleStrategy")
            .allowEmptyShould(false);
    }

    static ArchRule onlyWaitUsesAddresses() {
        return noClasses().that().resideOutsideOfPackage(WAIT)
            .should().accessTargetWhere(oneOf("tells an address", "io.millrace.memory.NativeAddress.value()"))
            .allowEmptyShould(false);
    }

    static ArchRule onlyWaitCallsNativeCode() {
        return noClasses().that().resideOutsideOfPackages(MEMORY, WAIT)
            .should().dependOnClassesThat().resideInAPackage(NATIVE)
            .allowEmptyShould(false);
    }

    static ArchRule memoryUsesNoNativeCodeButForAddresses() {
        return noClasses().that().resideInAPackage(MEMORY)
            .should().dependOnClassesThat(resideInAPackage(NATIVE).and(not(named("is MemoryIO", MEMORY_IO))))
            .allowEmptyShould(false);
    }

    static ArchRule chronicleStaysWhereItIsKeptQuiet() {
        return noClasses()
            .that().resideOutsideOfPackages(MEMORY, "io.millrace.format..", "io.millrace.codec..")
            .should().dependOnClassesThat().resideInAPackage("net.openhft..")
            .allowEmptyShould(false);
    }

    private static DescribedPredicate<JavaClass> named(String description, String... names) {
        return describe(description, type -> Set.of(names).contains(type.getName()));
    }
}
