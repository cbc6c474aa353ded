package io.millrace.tools;

import java.util.ArrayList;
import java.util.List;

/** Lines of text in aligned columns, two blanks between them; those that are so marked are aligned at their right. */
final class Columns {
    private static final String RIGHT_MARK = ">";

    private final List<List<String>> lines = new ArrayList<>();
    private final List<Boolean> right = new ArrayList<>();

    /** With these headings; one that begins with {@value #RIGHT_MARK} is of a column of numbers. */
    Columns(String... headings) {
        List<String> line = new ArrayList<>();
        for (String heading : headings) {
            boolean isRight = heading.startsWith(RIGHT_MARK);
            right.add(isRight);
            line.add(isRight ? heading.substring(RIGHT_MARK.length()) : heading);
        }
        lines.add(line);
    }

    void add(Object... cells) {
        List<String> line = new ArrayList<>();
        for (Object cell : cells) {
            line.add(cell.toString());
        }
        lines.add(line);
    }

    /** Each line ends with a line feed and has no blanks before it. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (List<String> line : lines) {
            StringBuilder padded = new StringBuilder();
            for (int column = 0; column < line.size(); column++) {
                String blanks = " ".repeat(width(column) - line.get(column).length());
                padded.append(right.get(column) ? blanks + line.get(column) : line.get(column) + blanks).append("  ");
            }
            text.append(padded.toString().stripTrailing()).append('\n');
        }
        return text.toString();
    }

    private int width(int column) {
        return lines.stream().mapToInt(line -> line.get(column).length()).max().orElse(0);
    }
}
