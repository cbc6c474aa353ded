package io.millrace.rules;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Where the rules find what they judge: classes from the class path, texts from the repository. */
final class Project {
    static final Path ROOT = Path.of(System.getProperty("millrace.root"));
    static final Path MAIN = ROOT.resolve("ipc-core/src/main/java");
    static final Path TEST = ROOT.resolve("ipc-core/src/test/java");
    static final Path STRESS = ROOT.resolve("ipc-stress/src/main/java");

    /** The classes of the library, without tests. */
    static final JavaClasses CORE = new ClassFileImporter()
        .withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("io.millrace");

    private Project() { }

    /** The Java files under a directory, in the order of their names. */
    static List<Path> javaFiles(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(file -> file.toString().endsWith(".java")).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The lines below a heading, up to the next one of its level. */
    static List<String> section(Path document, String heading) {
        List<String> lines = lines(document);
        int start = lines.indexOf(heading);
        if (start < 0) {
            throw new IllegalArgumentException("no line '" + heading + "' in " + document);
        }
        String level = heading.substring(0, heading.indexOf(' ') + 1);
        return lines.stream().skip(start + 1).takeWhile(line -> !line.startsWith(level)).toList();
    }

    static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
