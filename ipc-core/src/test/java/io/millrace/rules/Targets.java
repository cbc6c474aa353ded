package io.millrace.rules;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import java.util.List;
import java.util.stream.Stream;

/** Fields that are read or written, and methods that are called or referred to, by name. */
final class Targets {
    private Targets() { }

    /**
     * An access to one of the targets, also through a subtype of their owner.
     *
     * @param targets written {@code package.Type.field} or {@code package.Type.method()}; a constructor is
     *     {@code <init>()}
     */
    static DescribedPredicate<JavaAccess<?>> oneOf(String description, String... targets) {
        List<Target> known = Stream.of(targets).map(Target::of).toList();
        return DescribedPredicate.describe(description,
            access -> known.stream().anyMatch(target -> target.fits(access)));
    }

    private record Target(String owner, String member) {
        static Target of(String text) {
            int dot = text.lastIndexOf('.');
            return new Target(text.substring(0, dot), text.substring(dot + 1));
        }

        boolean fits(JavaAccess<?> access) {
            String name = access.getTarget().getName()
                + (access.getTarget() instanceof CodeUnitAccessTarget ? "()" : "");
            return name.equals(member) && access.getTargetOwner().isAssignableTo(owner);
        }
    }
}
