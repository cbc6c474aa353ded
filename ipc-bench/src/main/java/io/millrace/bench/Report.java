package io.millrace.bench;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Everything that a run found out. */
record Report(Map<String, Object> machine, String commit, List<RowResult> results, List<Ratio> ratios,
    List<Skipped> skipped) {
    static final int SCHEMA = 1;

    /**
     * A row without figures.
     *
     * @param failed whether it should have had some
     */
    record Skipped(Row row, String reason, boolean failed) { }

    boolean hasFailures() {
        return skipped.stream().anyMatch(Skipped::failed);
    }

    Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("schema", SCHEMA);
        map.put("machine", machine);
        map.put("commit", commit);
        map.put("results", results.stream().map(RowResult::toMap).toList());
        map.put("ratios", ratios.stream().map(Ratio::toMap).toList());
        map.put("skipped", skipped.stream()
            .map(skip -> Map.of("key", skip.row().key(), "reason", skip.reason())).toList());
        return map;
    }
}
