package io.millrace.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A second JVM, of the JDK that runs the tests and with their class path, run to its end. */
final class ChildJvm {
    private final Path directory;
    private final List<String> prefix = new ArrayList<>();
    private final List<String> flags = new ArrayList<>();
    private String classPath = System.getProperty("java.class.path");

    /** One that works in that directory, where its output is kept too. */
    ChildJvm(Path directory) {
        this.directory = directory;
    }

    /** Starts it through another command. */
    ChildJvm through(String... command) {
        prefix.addAll(List.of(command));
        return this;
    }

    ChildJvm with(String... jvmFlags) {
        flags.addAll(List.of(jvmFlags));
        return this;
    }

    /**
     * The flags without which a JDK of the newer sort prints remarks of its own; older ones refuse one of
     * them.
     */
    ChildJvm withFlagsThatQuietTheJdk() {
        if (Runtime.version().feature() >= 24) {
            with("--sun-misc-unsafe-memory-access=allow", "--enable-native-access=ALL-UNNAMED");
        }
        return this;
    }

    ChildJvm withClassPath(String path) {
        classPath = path;
        return this;
    }

    Result run(Class<?> main, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(prefix);
        command.add(java().toString());
        command.addAll(flags);
        command.addAll(List.of("-Xmx64m", "-XX:+UseSerialGC", "-cp", classPath, main.getName()));
        command.addAll(List.of(arguments));
        Path out = directory.resolve("stdout");
        Path err = directory.resolve("stderr");
        ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile())
            .redirectOutput(out.toFile()).redirectError(err.toFile());
        // A JVM that picks up options from here says so on stderr.
        builder.environment().keySet().removeAll(List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS",
            "_JAVA_OPTIONS"));
        int code = builder.start().waitFor();
        Result result = new Result(code, Files.readString(out, StandardCharsets.UTF_8),
            Files.readString(err, StandardCharsets.UTF_8));
        Files.delete(out);
        Files.delete(err);
        return result;
    }

    static Path java() {
        return Path.of(System.getProperty("java.home"), "bin", "java");
    }

    record Result(int code, String out, String err) {
        /** What it printed, provided that it ended well. */
        String outOfSuccess() {
            assertThat(code).as("exit code; stderr: %s", err).isZero();
            return out;
        }
    }
}
