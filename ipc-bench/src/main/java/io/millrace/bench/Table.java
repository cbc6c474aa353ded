package io.millrace.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/** The result as text for people. */
final class Table {
    private static final String ROW =
        "%-13s %-17s %6s %-6s %4s %12s %10s %10s %10s %10s %9s %7s%n";

    private Table() { }

    static String render(Report report) {
        StringBuilder text = new StringBuilder();
        report.machine().forEach((name, value) -> text.append(String.format("%-18s %s%n", name, value)));
        text.append(String.format("%n" + ROW, "scenario", "subject", "bytes", "wait", "ends", "msg/s", "p50 ns",
            "p99 ns", "p99.9 ns", "max ns", "alloc B", "cpu %"));
        for (RowResult result : report.results()) {
            Row row = result.row();
            text.append(String.format(ROW, row.scenario(), row.subject(), row.payloadBytes(), row.waitMode(),
                row.ends(), rate(result.median(Measurement.MESSAGES_PER_SECOND)),
                whole(result, Measurement.P50_NANOS), whole(result, Measurement.P99_NANOS),
                whole(result, Measurement.P999_NANOS),
                whole(result, Measurement.MAX_NANOS), fine(result, Measurement.BYTES_ALLOCATED_PER_OP),
                fine(result, Measurement.CPU_PERCENT)));
        }
        section(text, "ratios within this run", report.ratios().stream().map(Ratio::line).toList());
        List<String> skipped = new ArrayList<>();
        for (Report.Skipped skip : report.skipped()) {
            skipped.add((skip.failed() ? "FAILED " : "skipped ") + skip.row().key() + ": " + skip.reason());
        }
        section(text, "rows without figures", skipped);
        return text.toString();
    }

    /** One line for progress, such as {@code 41.2 M msg/s}. */
    static String summary(Map<String, Double> figures) {
        Double rate = figures.get(Measurement.MESSAGES_PER_SECOND);
        if (rate != null) {
            return rate(OptionalDouble.of(rate)) + " msg/s";
        }
        Double percent = figures.get(Measurement.CPU_PERCENT);
        return percent != null ? String.format(Locale.ROOT, "%.2f %% of a processor", percent)
            : String.format(Locale.ROOT, "p50 %,.0f ns", figures.get(Measurement.P50_NANOS));
    }

    private static void section(StringBuilder text, String title, List<String> lines) {
        if (!lines.isEmpty()) {
            text.append(String.format("%n%s%n", title));
            lines.forEach(line -> text.append("  ").append(line).append(System.lineSeparator()));
        }
    }

    private static String rate(OptionalDouble value) {
        if (value.isEmpty()) {
            return "";
        }
        double rate = value.getAsDouble();
        return rate >= 1e6 ? String.format(Locale.ROOT, "%.2f M", rate / 1e6)
            : String.format(Locale.ROOT, "%.1f k", rate / 1e3);
    }

    private static String whole(RowResult result, String figure) {
        OptionalDouble value = result.median(figure);
        return value.isEmpty() ? "" : String.format(Locale.ROOT, "%,.0f", value.getAsDouble());
    }

    private static String fine(RowResult result, String figure) {
        OptionalDouble value = result.median(figure);
        return value.isEmpty() ? "" : String.format(Locale.ROOT, "%.2f", value.getAsDouble());
    }
}
