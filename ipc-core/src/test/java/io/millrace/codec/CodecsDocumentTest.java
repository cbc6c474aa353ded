package io.millrace.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.testing.ChildJvm;
import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The programs in the document about codecs print what is printed there. */
@Timeout(60)
class CodecsDocumentTest {
    private static final Pattern PROGRAM = Pattern.compile(
        "```java\\n(.*?public class (\\w+).*?)```\\n\\n```text\\n(.*?)```", Pattern.DOTALL);

    @TempDir
    Path directory;

    private static String document() throws IOException {
        return Files.readString(Path.of(System.getProperty("millrace.root"), "docs", "codecs.md"));
    }

    static Stream<Arguments> programs() throws IOException {
        return PROGRAM.matcher(document()).results()
            .map(match -> Arguments.of(match.group(2), match.group(1), match.group(3)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("programs")
    void programPrintsWhatTheDocumentSays(String name, String program, String output) throws Exception {
        Path source = Files.writeString(directory.resolve(name + ".java"), program);
        int errors = ToolProvider.getSystemJavaCompiler().run(null, null, null, "-proc:none", "-d",
            directory.toString(), "-cp", System.getProperty("java.class.path"), source.toString());
        assertThat(errors).isZero();
        try (URLClassLoader loader = new URLClassLoader(new URL[] {directory.toUri().toURL()});
            ChildJvm child = ChildJvm.of(loader.loadClass(name))
                .classPath(directory + File.pathSeparator + System.getProperty("java.class.path")).start()) {
            for (String line : output.split("\n")) {
                child.awaitLine(line);
            }
            child.awaitSuccess();
        }
    }

    @Test
    void everyProgramOfTheDocumentIsRun() throws IOException {
        Matcher blocks = Pattern.compile("```java").matcher(document());
        assertThat(programs()).hasSize((int) blocks.results().count()).hasSizeGreaterThan(2);
    }
}
