package io.millrace.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/**
 * The tables of {@code docs/format.md}, each between {@code <!-- layout: NAME -->} and {@code <!-- end -->}.
 * A package that has layouts of its own tests them through {@link #tablesShow}.
 */
public final class FormatDocument {
    private static final Path DOCS = Path.of(System.getProperty("millrace.root"), "docs");
    private static final String END = "<!-- end -->";

    private FormatDocument() { }

    /**
     * One test for each layout: the document has exactly one table of that name, and it is the layout's own.
     */
    public static Stream<DynamicTest> tablesShow(Map<String, Layout> layouts) {
        return layouts.entrySet().stream().map(entry -> DynamicTest.dynamicTest(entry.getKey(), () ->
            assertThat(table(entry.getKey())).isEqualTo(entry.getValue().toMarkdown().strip())));
    }

    static Path file(String name) {
        return DOCS.resolve(name);
    }

    static String text() throws IOException {
        return Files.readString(file("format.md"));
    }

    private static String table(String layout) throws IOException {
        String marker = "<!-- layout: " + layout + " -->";
        String[] parts = text().split(Pattern.quote(marker), -1);
        assertThat(parts).as("what is before and behind the marker %s", marker).hasSize(2);
        int end = parts[1].indexOf(END);
        assertThat(end).as("marker %s behind %s", END, marker).isNotNegative();
        return parts[1].substring(0, end).strip();
    }
}
