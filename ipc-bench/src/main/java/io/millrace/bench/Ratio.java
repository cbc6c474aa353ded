package io.millrace.bench;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How many times the figure of its base a row has.
 *
 * @param ratio the median of the turns that the two had in the same rounds, or, without such, the ratio of medians
 * @param low the first quartile of the turns
 * @param high the third
 * @param turns how many there were; none if the two were measured one after the other
 */
record Ratio(Comparison comparison, double ratio, double low, double high, int turns) {
    private static final double ONE_TENTH = 0.1;
    private static final double DIGITS = 1e5;

    /** Of two rows that were measured one after the other. */
    static Ratio ofMedians(Comparison comparison, double ratio) {
        return new Ratio(comparison, ratio, ratio, ratio, 0);
    }

    /** Of two rows that were measured in turns: one ratio for each round. */
    static Ratio ofTurns(Comparison comparison, List<Double> ratios) {
        double[] sorted = ratios.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        return new Ratio(comparison, Quantile.of(sorted, Quantile.MEDIAN), Quantile.of(sorted, 0.25),
            Quantile.of(sorted, 0.75), sorted.length);
    }

    /** For the table. */
    String line() {
        String quartiles = turns == 0 ? "" : "(" + shown(low) + " to " + shown(high) + ")";
        return String.format(Locale.ROOT, "%-17s %6s x %-18s %s : %s", comparison.figure(), shown(ratio), quartiles,
            comparison.row().key(), comparison.base().key());
    }

    /** With two digits that count, at least. */
    private static String shown(double number) {
        return String.format(Locale.ROOT, number < ONE_TENTH ? "%.4f" : "%.2f", number);
    }

    /** As the JSON of the result has it. */
    Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("figure", comparison.figure());
        map.put("row", comparison.row().key());
        map.put("base", comparison.base().key());
        map.put("ratio", rounded(ratio));
        if (turns > 0) {
            map.put("ratioLow", rounded(low));
            map.put("ratioHigh", rounded(high));
            map.put("turns", turns);
        }
        return map;
    }

    private static double rounded(double number) {
        return Math.round(number * DIGITS) / DIGITS;
    }
}
