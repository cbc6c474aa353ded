package io.millrace.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** The comparisons that matter: two rows of one run, because only ratios survive a change of machine. */
final class Ratios {
    private Ratios() { }

    /** A line for each comparison whose two rows were measured. */
    static List<String> lines(Report report) {
        List<String> lines = new ArrayList<>();
        int bytes = Rows.SHORT_PAYLOAD_BYTES;
        String ring = Subject.RING_SPSC.toString();
        Row ringThroughput = new Row(Scenario.THROUGHPUT, ring, bytes, WaitMode.SPIN);
        Row ringSpin = new Row(Scenario.ROUND_TRIP, ring, bytes, WaitMode.SPIN);
        Row ringBlock = new Row(Scenario.ROUND_TRIP, ring, bytes, WaitMode.BLOCK);
        String rate = Measurement.MESSAGES_PER_SECOND;
        String p50 = Measurement.P50_NANOS;
        Row agrona = new Row(Scenario.THROUGHPUT, Subject.AGRONA_SPSC.toString(), bytes, WaitMode.SPIN);
        Row batched = new Row(Scenario.THROUGHPUT, Subject.UDS_BATCHED.toString(), bytes, WaitMode.BLOCK);
        Row uds = new Row(Scenario.ROUND_TRIP, Subject.UDS.toString(), bytes, WaitMode.BLOCK);
        add(lines, report, rate, ringThroughput, agrona);
        add(lines, report, rate, ringThroughput, batched);
        add(lines, report, p50, ringSpin, Yardstick.CACHE_LINE.row());
        add(lines, report, p50, ringBlock, Yardstick.FUTEX.row());
        add(lines, report, p50, ringBlock, uds);
        return lines;
    }

    private static void add(List<String> lines, Report report, String figure, Row row, Row base) {
        OptionalDouble of = report.median(row, figure);
        OptionalDouble to = report.median(base, figure);
        if (of.isPresent() && to.isPresent()) {
            lines.add(String.format(Locale.ROOT, "%-17s %5.2f x  %s : %s", figure,
                of.getAsDouble() / to.getAsDouble(), row.key(), base.key()));
        }
    }
}
