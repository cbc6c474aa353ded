package io.millrace.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;

/**
 * The programs in a document, each a block of Java with a public class, followed by a block of text: what it prints.
 */
public final class DocumentPrograms {
    private static final Pattern PROGRAM = Pattern.compile(
        "```java\\n(.*?public class (\\w+).*?)```\\n\\n```text\\n(.*?)```", Pattern.DOTALL);
    private static final Pattern BLOCK = Pattern.compile("```java");

    private DocumentPrograms() { }

    /** A program and what it prints. */
    public record Program(String name, String text, String output) {
        /** Compiles and runs it in a directory, through a command that runs the rest of its line if one is given. */
        public void assertPrintsWhatTheDocumentSays(Path directory, String... through) throws Exception {
            Path source = Files.writeString(directory.resolve(name + ".java"), text);
            int errors = ToolProvider.getSystemJavaCompiler().run(null, null, null, "-proc:none", "-d",
                directory.toString(), "-cp", System.getProperty("java.class.path"), source.toString());
            assertThat(errors).isZero();
            try (URLClassLoader loader = new URLClassLoader(new URL[] {directory.toUri().toURL()});
                ChildJvm child = ChildJvm.of(loader.loadClass(name)).through(through)
                    .classPath(directory + File.pathSeparator + System.getProperty("java.class.path")).start()) {
                for (String line : output.split("\n")) {
                    child.awaitLine(line);
                }
                child.awaitSuccess();
            }
        }

        @Override
        public String toString() {
            return name;
        }
    }

    /** All programs of a document in {@code docs}; there is no block of Java that is none. */
    public static List<Program> of(String document) throws IOException {
        String text = Files.readString(Path.of(System.getProperty("millrace.root"), "docs", document));
        List<Program> programs = PROGRAM.matcher(text).results()
            .map(match -> new Program(match.group(2), match.group(1), match.group(3))).toList();
        assertThat(programs).hasSize((int) BLOCK.matcher(text).results().count()).isNotEmpty();
        return programs;
    }
}
