package io.millrace.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** The trials of one row: the median of every figure, its least and its greatest. */
final class RowResult {
    private final Row row;
    private final List<Measurement> trials = new ArrayList<>();

    RowResult(Row row) {
        this.row = row;
    }

    Row row() {
        return row;
    }

    void add(Measurement trial) {
        trials.add(trial);
    }

    OptionalDouble median(String figure) {
        double[] sorted = sorted(figure);
        return sorted.length == 0 ? OptionalDouble.empty() : OptionalDouble.of(Quantile.of(sorted, Quantile.MEDIAN));
    }

    /** As the JSON of the result has it. */
    Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("scenario", row.scenario().toString());
        map.put("subject", row.subject());
        map.put("payloadBytes", row.payloadBytes());
        map.put("producers", row.ends().producers());
        map.put("consumers", row.ends().consumers());
        map.put("wait", row.waitMode().toString());
        map.put("trials", trials.size());
        for (String figure : trials.get(0).figures().keySet()) {
            double[] sorted = sorted(figure);
            map.put(figure, rounded(median(figure).orElseThrow()));
            if (sorted.length > 1) {
                map.put(figure + "Min", rounded(sorted[0]));
                map.put(figure + "Max", rounded(sorted[sorted.length - 1]));
            }
        }
        return map;
    }

    private double[] sorted(String figure) {
        return trials.stream().map(Measurement::figures).filter(figures -> figures.containsKey(figure))
            .mapToDouble(figures -> figures.get(figure)).sorted().toArray();
    }

    /** Three digits behind the point are more than any of the figures deserves. */
    private static Number rounded(double value) {
        double thousandths = Math.round(value * 1000) / 1000.0;
        return thousandths == Math.rint(thousandths) ? (Number) (long) thousandths : (Number) thousandths;
    }
}
