package io.millrace.rules;

import com.tngtech.archunit.core.domain.JavaClasses;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which ordered accesses there are outside {@code io.millrace.memory}, and what the comments above them say.
 *
 * <h2>The rule</h2>
 * <ol>
 *   <li>An ordered call counts from the first line of its statement. That line is found by going up while the
 *       line above ends in none of {@code ; &#123; &#125;} and is neither blank nor a comment.
 *   <li>Directly above that line, without a blank one between, is a block of {@code //} lines with at least
 *       one {@link SyncComment}. Only other statements with ordered calls, each on lines of its own, may
 *       stand in between; one comment then speaks for all of them.
 *   <li>Every such comment stands above an ordered call in that way.
 *   <li>The partner that a comment names is another method, which makes an ordered call under the same tag;
 *       and of each tag, two methods name each other.
 * </ol>
 */
final class SyncSites {
    private final Map<String, Map<String, Set<String>>> partners = new TreeMap<>();
    private final List<String> violations = new ArrayList<>();

    private SyncSites() { }

    /** The sites of these classes, whose source is under {@code root}. */
    static SyncSites of(JavaClasses classes, Path root) {
        SyncSites sites = new SyncSites();
        OrderedCall.in(classes).stream().collect(Collectors.groupingBy(OrderedCall::file, TreeMap::new,
            Collectors.toList()))
            .forEach((file, calls) -> sites.addFile(calls, Project.lines(root.resolve(file))));
        sites.partners.forEach(sites::checkPartners);
        return sites;
    }

    /** What breaks the rule; empty if nothing does. */
    List<String> violations() {
        return violations;
    }

    /** All tags. */
    Set<String> tags() {
        return partners.keySet();
    }

    /** The methods, {@code Class.method}, that make an ordered call under the tag. */
    Set<String> methods(String tag) {
        return partners.getOrDefault(tag, Map.of()).keySet();
    }

    private void addFile(List<OrderedCall> calls, List<String> lines) {
        List<SyncComment> comments;
        try {
            comments = SyncComment.in(lines);
        } catch (IllegalArgumentException e) {
            violations.add(calls.get(0).file() + ", " + e.getMessage());
            return;
        }
        Set<Integer> starts = calls.stream().map(call -> startOfStatement(lines, call.line()))
            .collect(Collectors.toSet());
        Set<SyncComment> unused = new HashSet<>(comments);
        for (OrderedCall call : calls) {
            int end = endOfComment(lines, call.line(), starts);
            List<SyncComment> above = comments.stream()
                .filter(comment -> comment.line() < end && isBlock(lines, comment.line(), end)).toList();
            above.forEach(comment -> add(comment, call));
            above.forEach(unused::remove);
            if (above.isEmpty()) {
                violations.add(call.where() + ": " + call.method() + " in " + call.caller()
                    + " has no SYNC comment above its statement");
            }
        }
        unused.forEach(comment -> violations.add(calls.get(0).file() + ":" + comment.line()
            + ": SYNC comment above no ordered call"));
    }

    private void add(SyncComment comment, OrderedCall call) {
        partners.computeIfAbsent(comment.tag(), tag -> new TreeMap<>())
            .computeIfAbsent(call.caller(), caller -> new TreeSet<>()).add(comment.partner());
    }

    private void checkPartners(String tag, Map<String, Set<String>> named) {
        named.forEach((caller, others) -> others.stream()
            .filter(other -> other.equals(caller) || !named.containsKey(other))
            .forEach(other -> violations.add("SYNC " + tag + " in " + caller + ": partner " + other
                + " is no other method with an ordered call under this tag")));
        boolean mutual = named.entrySet().stream().anyMatch(entry -> entry.getValue().stream().anyMatch(
            other -> named.getOrDefault(other, Set.of()).contains(entry.getKey())));
        if (!mutual) {
            violations.add("SYNC " + tag + ": no two methods name each other");
        }
    }

    /** The first line of the statement, or of the run of statements with ordered calls in which it stands. */
    private static int endOfComment(List<String> lines, int callLine, Set<Integer> starts) {
        int start = startOfStatement(lines, callLine);
        while (start > 1 && isSimpleStatement(text(lines, start - 1))
            && starts.contains(startOfStatement(lines, start - 1))) {
            start = startOfStatement(lines, start - 1);
        }
        return start;
    }

    /** The first line of the statement that goes on in the given one; lines count from 1. */
    private static int startOfStatement(List<String> lines, int line) {
        int start = line;
        while (start > 1 && isCode(text(lines, start - 1)) && !endsStatement(text(lines, start - 1))) {
            start--;
        }
        return start;
    }

    private static boolean isBlock(List<String> lines, int from, int end) {
        return lines.subList(from - 1, end - 1).stream().allMatch(SyncComment::isComment);
    }

    private static boolean isCode(String line) {
        return !line.isEmpty() && !SyncComment.isComment(line);
    }

    private static boolean isSimpleStatement(String line) {
        return isCode(line) && code(line).endsWith(";");
    }

    private static boolean endsStatement(String line) {
        return Stream.of(";", "{", "}", "*/").anyMatch(code(line)::endsWith);
    }

    private static String code(String line) {
        return line.replaceFirst("\\s+//.*", "");
    }

    private static String text(List<String> lines, int line) {
        return lines.get(line - 1).strip();
    }
}
