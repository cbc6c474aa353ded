package io.millrace.rules;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import io.millrace.memory.CircularRegion;
import io.millrace.memory.IntWord;
import io.millrace.memory.LongWord;
import io.millrace.memory.Region;
import java.util.List;
import java.util.stream.Stream;

/**
 * A call, or a reference, to a method of {@link Region}, or of its words, that orders accesses, as the bytecode has it.
 *
 * @param file the Java file, relative to the root of the sources
 * @param line where the call is
 * @param caller the calling method, {@code Class.method}; of a lambda, the method around it; of a
 *     constructor, {@code Class.new}
 * @param method what is called
 */
record OrderedCall(String file, int line, String caller, String method) {
    private static final String ORDERED =
        ".*(Acquire|Release|Volatile)|compareAndSet.*|getAndAdd.*|.*Fence";

    /** Those of all classes outside the package of {@link Region}. */
    static List<OrderedCall> in(JavaClasses classes) {
        return classes.stream().filter(type -> !type.getPackageName().equals(Region.class.getPackageName()))
            .flatMap(type -> type.getAccessesFromSelf().stream())
            .filter(access -> Stream.of(Region.class, CircularRegion.class, LongWord.class, IntWord.class)
                .anyMatch(access.getTargetOwner()::isAssignableTo) && access.getTarget().getName().matches(ORDERED))
            .map(OrderedCall::of).sorted((a, b) -> a.where().compareTo(b.where())).toList();
    }

    private static OrderedCall of(JavaAccess<?> access) {
        JavaClass type = access.getOriginOwner();
        String directory = type.getPackageName().replace('.', '/') + "/";
        return new OrderedCall(directory + access.getSourceCodeLocation().getSourceFileName(),
            access.getLineNumber(),
            type.getSimpleName() + "." + access.getOrigin().getName().replace("<init>", "new"),
            access.getTarget().getName());
    }

    String where() {
        return file + ":" + line;
    }
}
