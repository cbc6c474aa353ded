package io.millrace.bench;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Which rows are measured together. */
final class Groups {
    private Groups() { }

    /**
     * Rows that take turns and that comparisons connect, also by way of others, are one group; every other row is one
     * alone. Groups, and the rows of one, come in the order of the rows.
     */
    static List<List<Row>> of(List<Row> rows) {
        List<List<Row>> groups = new ArrayList<>();
        for (Row row : rows) {
            List<Row> joined = new ArrayList<>();
            for (List<Row> group : List.copyOf(groups)) {
                if (group.stream().anyMatch(other -> areTogether(row, other))) {
                    joined.addAll(group);
                    groups.remove(group);
                }
            }
            joined.add(row);
            groups.add(joined);
        }
        Comparator<Row> byPlace = Comparator.comparingInt(rows::indexOf);
        groups.forEach(group -> group.sort(byPlace));
        groups.sort(Comparator.comparing(group -> group.get(0), byPlace));
        return groups;
    }

    private static boolean areTogether(Row one, Row other) {
        return one.takesTurns() && other.takesTurns()
            && Comparison.ALL.stream().anyMatch(comparison -> comparison.connects(one, other));
    }
}
