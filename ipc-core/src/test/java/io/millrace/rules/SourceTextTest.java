package io.millrace.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the text of every Java file keeps to. */
class SourceTextTest {
    private static final int LINES_MAX = 400;
    private static final int COLUMNS_MAX = 110;
    /** The core's main code was written to 125 columns; it may get narrower, not wider. */
    private static final int COLUMNS_MAX_OF_CORE = 125;
    // Put together here, or this file would break its own rule.
    private static final List<String> PROMISES = List.of("TO" + "DO", "FIX" + "ME");

    @Test
    void noFileIsLong() {
        assertThat(files()).allSatisfy(file ->
            assertThat(Project.lines(file)).as(file.toString()).hasSizeLessThanOrEqualTo(LINES_MAX));
    }

    @Test
    void noLineIsWide() {
        assertThat(files().stream().flatMap(file -> wideLines(file, Project.lines(file)).stream())).isEmpty();
    }

    @Test
    void wideLineIsFound() {
        String widest = "x".repeat(COLUMNS_MAX);
        Path file = Project.TEST.resolve("Some.java");
        assertThat(wideLines(file, List.of(widest, widest + "x", "")))
            .containsExactly(file + ":2 has 111 columns");
    }

    @Test
    void nothingIsPromisedForLater() {
        assertThat(files().stream().flatMap(file -> promises(file, Project.lines(file)).stream())).isEmpty();
    }

    @Test
    void promiseIsFound() {
        Path file = Path.of("Some.java");
        assertThat(promises(file, List.of("int a;", "// " + PROMISES.get(0) + ": b")))
            .containsExactly(file + ":2");
    }

    private static List<Path> files() {
        List<Path> files = Stream.of(Project.MAIN, Project.TEST, Project.STRESS)
            .flatMap(directory -> Project.javaFiles(directory).stream()).toList();
        assertThat(files).hasSizeGreaterThan(50);
        return files;
    }

    private static List<String> wideLines(Path file, List<String> lines) {
        int limit = file.startsWith(Project.MAIN) ? COLUMNS_MAX_OF_CORE : COLUMNS_MAX;
        List<String> wide = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).length() > limit) {
                wide.add(file + ":" + (i + 1) + " has " + lines.get(i).length() + " columns");
            }
        }
        return wide;
    }

    private static List<String> promises(Path file, List<String> lines) {
        List<String> found = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            if (PROMISES.stream().anyMatch(lines.get(i)::contains)) {
                found.add(file + ":" + (i + 1));
            }
        }
        return found;
    }
}
