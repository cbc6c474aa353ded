package io.millrace.rules;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The table of ordering pairs in {@code docs/memory-model.md}. */
final class MemoryModelTable {
    private static final int COLUMNS = 6;
    private static final Pattern METHOD = Pattern.compile("`([A-Z]\\w*\\.\\w+)[`(]");
    private static final Pattern CLASS = Pattern.compile("`([A-Z]\\w*)`");

    /**
     * One row.
     *
     * @param tag the pair
     * @param writers methods, {@code Class.method}
     * @param readers methods, {@code Class.method}
     * @param stressTests classes
     */
    record Row(String tag, Set<String> writers, Set<String> readers, Set<String> stressTests) { }

    private MemoryModelTable() { }

    /** The rows: all lines that begin with a tag in a table. */
    static List<Row> rows(List<String> lines) {
        return lines.stream().filter(line -> line.matches("\\| `[a-z-]+` \\|.*"))
            .map(MemoryModelTable::row).toList();
    }

    private static Row row(String line) {
        String[] cells = Stream.of(line.substring(1).split("\\|")).map(String::strip).toArray(String[]::new);
        if (cells.length != COLUMNS || Stream.of(cells).anyMatch(String::isEmpty)) {
            throw new IllegalArgumentException("expected " + COLUMNS + " filled columns: " + line);
        }
        return new Row(cells[0].replace("`", ""), names(METHOD, cells[1]), names(METHOD, cells[2]),
            names(CLASS, cells[5]));
    }

    private static Set<String> names(Pattern pattern, String cell) {
        return pattern.matcher(cell).results().map(match -> match.group(1))
            .collect(Collectors.toCollection(TreeSet::new));
    }
}
