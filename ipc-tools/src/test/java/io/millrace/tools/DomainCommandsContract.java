package io.millrace.tools;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.jr.ob.JSON;
import io.millrace.testing.MemoryDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;

/** A domain, and the commands that are given it. */
abstract class DomainCommandsContract {
    static final int SUCCESS = 0;
    static final int FAILURE = 1;
    static final int WRONG_USAGE = 2;

    @TempDir(factory = MemoryDirectory.class)
    private Path parent;

    Path directory() {
        return parent.resolve("domain");
    }

    Run millrace(String... command) {
        List<String> arguments = new ArrayList<>(List.of(command));
        arguments.addAll(1, List.of("--domain", directory().toString()));
        return Run.of(arguments.toArray(String[]::new));
    }

    Map<String, Object> json(String... command) throws IOException {
        List<String> arguments = new ArrayList<>(List.of(command));
        arguments.add("--json");
        Run run = millrace(arguments.toArray(String[]::new));
        assertThat(run.err()).isEmpty();
        Map<String, Object> map = JSON.std.mapFrom(run.out());
        assertThat(map).containsEntry("schema", 1).containsEntry("domain", directory().toString())
            .containsKey("domainId");
        return map;
    }

    @SuppressWarnings("unchecked")
    static List<Map<String, Object>> list(Object value) {
        return (List<Map<String, Object>>) value;
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> map(Object value) {
        return (Map<String, Object>) value;
    }

    List<String> names() {
        try (Stream<Path> files = Files.list(directory())) {
            return files.map(file -> file.getFileName().toString())
                .filter(name -> !name.equals("lock") && !name.equals("table")).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void collect(Object value, Set<String> names) {
        if (value instanceof Map) {
            map(value).forEach((name, inner) -> {
                names.add(name);
                collect(inner, names);
            });
        } else if (value instanceof List) {
            ((List<?>) value).forEach(inner -> collect(inner, names));
        }
    }
}
