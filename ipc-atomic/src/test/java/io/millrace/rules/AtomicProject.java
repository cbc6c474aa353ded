package io.millrace.rules;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Path;

/** Where the rules find what they judge of this module. */
final class AtomicProject {
    static final Path MAIN = Project.ROOT.resolve("ipc-atomic/src/main/java");

    /** The classes of this module, without its tests, and without the core. */
    static final JavaClasses CLASSES =
        new ClassFileImporter().importPath(Project.ROOT.resolve("ipc-atomic/target/classes"));

    private AtomicProject() { }
}
