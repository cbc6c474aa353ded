package io.millrace.bench;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Runs the trials of all rows, and keeps what came out. */
final class Trials {
    private final Progress progress;
    private final Map<Row, RowResult> results = new LinkedHashMap<>();
    private final Map<Row, Report.Skipped> skipped = new LinkedHashMap<>();

    Trials(Progress progress) {
        this.progress = progress;
    }

    /** All rows before the next trial, so that a change of the machine's mood meets them alike. */
    void run(List<Row> rows, int trials, RowRunner runner) throws InterruptedException {
        rows.forEach(row -> results.put(row, new RowResult(row)));
        for (int trial = 0; trial < trials; trial++) {
            for (Row row : rows) {
                progress.start(row.key());
                progress.finish(row.key(), skipped.containsKey(row) ? "left out" : run(row, runner));
            }
        }
        skipped.keySet().forEach(results::remove);
    }

    private String run(Row row, RowRunner runner) throws InterruptedException {
        try {
            Measurement measured = runner.run(row);
            results.get(row).add(measured);
            return Table.summary(measured.figures());
        } catch (RowRunner.SkippedException e) {
            skipped.put(row, new Report.Skipped(row, e.getMessage(), false));
            return "skipped, " + e.getMessage();
        } catch (IOException e) {
            skipped.put(row, new Report.Skipped(row, e.getMessage(), true));
            return "FAILED, " + e.getMessage();
        }
    }

    /** Of the rows that have figures. */
    List<RowResult> results() {
        return List.copyOf(results.values());
    }

    /** The rows that have none. */
    List<Report.Skipped> skipped() {
        return List.copyOf(skipped.values());
    }
}
