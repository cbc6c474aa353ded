package io.millrace.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** What came out of the trials so far; tells the progress as well. */
final class Outcomes {
    private final Progress progress;
    private final Map<Row, RowResult> results = new LinkedHashMap<>();
    private final Map<Row, Report.Skipped> skipped = new LinkedHashMap<>();
    private final Map<Comparison, List<Double>> ratiosOfTurns = new LinkedHashMap<>();

    /** For these rows, in this order. */
    Outcomes(List<Row> rows, Progress progress) {
        rows.forEach(row -> results.put(row, new RowResult(row)));
        this.progress = progress;
    }

    Progress progress() {
        return progress;
    }

    /** One trial of a row is over. */
    void measured(Row row, Measurement trial) {
        results.get(row).add(trial);
        progress.finish(row.key(), Table.summary(trial.figures()));
    }

    /** One round is over, in which these rows had a turn each. */
    void measured(Map<Row, Measurement> turns) {
        for (Comparison comparison : Comparison.ALL) {
            Double of = figure(turns.get(comparison.row()), comparison);
            Double to = figure(turns.get(comparison.base()), comparison);
            if (of != null && to != null) {
                ratiosOfTurns.computeIfAbsent(comparison, each -> new ArrayList<>()).add(of / to);
            }
        }
    }

    private static Double figure(Measurement turn, Comparison comparison) {
        return turn == null ? null : turn.figures().get(comparison.figure());
    }

    /** A row has no figures, and is not tried again. */
    void failed(Row row, IOException reason) {
        boolean failure = !(reason instanceof RowRunner.SkippedException);
        skipped.put(row, new Report.Skipped(row, reason.getMessage(), failure));
        results.remove(row);
        progress.finish(row.key(), (failure ? "FAILED, " : "skipped, ") + reason.getMessage());
    }

    /** Whether to try a row: not if it has failed before, which this tells. */
    boolean takesPart(Row row) {
        if (skipped.containsKey(row)) {
            progress.finish(row.key(), "left out");
        }
        return !skipped.containsKey(row);
    }

    /** Of the rows that have figures. */
    List<RowResult> results() {
        return List.copyOf(results.values());
    }

    /** Of the comparisons both of whose rows have figures. */
    List<Ratio> ratios() {
        List<Ratio> ratios = new ArrayList<>();
        for (Comparison comparison : Comparison.ALL) {
            OptionalDouble of = median(comparison.row(), comparison.figure());
            OptionalDouble to = median(comparison.base(), comparison.figure());
            if (of.isPresent() && to.isPresent()) {
                List<Double> ofTurns = ratiosOfTurns.get(comparison);
                ratios.add(ofTurns != null ? Ratio.ofTurns(comparison, ofTurns)
                    : Ratio.ofMedians(comparison, of.getAsDouble() / to.getAsDouble()));
            }
        }
        return ratios;
    }

    private OptionalDouble median(Row row, String figure) {
        return results.containsKey(row) ? results.get(row).median(figure) : OptionalDouble.empty();
    }

    /** The rows that have none. */
    List<Report.Skipped> skipped() {
        return List.copyOf(skipped.values());
    }
}
