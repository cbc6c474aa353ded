package io.millrace.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A comment that says what an ordered access pairs with, and why:
 * {@code // SYNC tag ↔ Class.method: reason; otherwise what would go wrong.}, over one line or several.
 *
 * @param line its first line
 * @param end the line behind its last
 * @param tag the pair
 * @param partner {@code Class.method} on the other side
 */
record SyncComment(int line, int end, String tag, String partner) {
    private static final String START = "// SYNC";
    private static final Pattern FORM = Pattern.compile(
        "// SYNC (?<tag>[a-z]+(-[a-z]+)*) ↔ (?<partner>[A-Z]\\w*\\.\\w+): \\S.{9,}; otherwise,? \\S.{9,}\\.");

    /** Whether a line of code begins such a comment, well-formed or not. */
    static boolean startsAt(String line) {
        return line.strip().startsWith(START);
    }

    /**
     * The comments of a file.
     *
     * @throws IllegalArgumentException if one has not the form
     */
    static List<SyncComment> in(List<String> lines) {
        List<SyncComment> comments = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            if (startsAt(lines.get(i))) {
                int end = i + 1;
                while (end < lines.size() && isComment(lines.get(end)) && !startsAt(lines.get(end))) {
                    end++;
                }
                comments.add(of(lines, i, end));
            }
        }
        return comments;
    }

    private static SyncComment of(List<String> lines, int from, int end) {
        StringBuilder text = new StringBuilder(lines.get(from).strip());
        for (String line : lines.subList(from + 1, end)) {
            text.append(' ').append(line.strip().substring(2).strip());
        }
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("line " + (from + 1)
                + ": expected '// SYNC tag ↔ Class.method: reason; otherwise ….', actual '" + text + "'");
        }
        return new SyncComment(from + 1, end + 1, matcher.group("tag"), matcher.group("partner"));
    }

    /** Whether the line is nothing but a comment to the end of the line. */
    static boolean isComment(String line) {
        return line.strip().startsWith("//");
    }
}
