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
        String rate = Measurement.MESSAGES_PER_SECOND;
        String p50 = Measurement.P50_NANOS;
        Row ringThroughput = row(Scenario.THROUGHPUT, Subject.RING_SPSC, WaitMode.SPIN);
        Row ringSpin = row(Scenario.ROUND_TRIP, Subject.RING_SPSC, WaitMode.SPIN);
        Row ringBlock = row(Scenario.ROUND_TRIP, Subject.RING_SPSC, WaitMode.BLOCK);
        Row agronaMpsc = row(Scenario.THROUGHPUT, Subject.AGRONA_MPSC, WaitMode.SPIN);
        add(lines, report, rate, ringThroughput, row(Scenario.THROUGHPUT, Subject.AGRONA_SPSC, WaitMode.SPIN));
        add(lines, report, rate, ringThroughput, row(Scenario.THROUGHPUT, Subject.UDS_BATCHED, WaitMode.BLOCK));
        add(lines, report, rate, row(Scenario.THROUGHPUT, Subject.RING_MPMC, WaitMode.SPIN), agronaMpsc);
        for (WaitMode waitMode : WaitMode.values()) {
            for (Ends crowd : Subject.RING_MPMC.crowds()) {
                add(lines, report, rate, new Row(Scenario.THROUGHPUT, Subject.RING_MPMC.toString(),
                    Rows.SHORT_PAYLOAD_BYTES, waitMode, crowd), agronaMpsc);
            }
        }
        add(lines, report, rate, row(Scenario.THROUGHPUT, Subject.QUEUE, WaitMode.BLOCK), PythonQueue.ROW);
        add(lines, report, rate, row(Scenario.THROUGHPUT, Subject.QUEUE_SERIALIZED, WaitMode.BLOCK), PythonQueue.ROW);
        addPipes(lines, report);
        add(lines, report, p50, ringSpin, Yardstick.CACHE_LINE.row());
        add(lines, report, p50, row(Scenario.ROUND_TRIP, Subject.RING_MPMC, WaitMode.SPIN),
            Yardstick.CACHE_LINE.row());
        add(lines, report, p50, ringBlock, Yardstick.FUTEX.row());
        add(lines, report, p50, ringBlock, row(Scenario.ROUND_TRIP, Subject.UDS, WaitMode.BLOCK));
        add(lines, report, rate, AddSubject.COUNTER.row(), Yardstick.FETCH_ADD.row());
        add(lines, report, rate, AddSubject.COUNTER.row(), PythonValue.ROW);
        add(lines, report, rate, AddSubject.COUNTER_STRIPED.row(), Yardstick.FETCH_ADD.row());
        add(lines, report, rate, AddSubject.COUNTER_ALONE.row(), Yardstick.FETCH_ADD_ALONE.row());
        add(lines, report, p50, LoneSubject.JVM_EMPTY.row(), PythonSpawn.ROW);
        add(lines, report, p50, LoneSubject.JVM_TASK.row(), PythonSpawn.ROW);
        return lines;
    }

    private static void addPipes(List<String> lines, Report report) {
        String rate = Measurement.MESSAGES_PER_SECOND;
        add(lines, report, rate, row(Scenario.THROUGHPUT, Subject.PIPE, WaitMode.SPIN),
            row(Scenario.THROUGHPUT, Subject.RING_SPSC, WaitMode.SPIN));
        add(lines, report, Measurement.P50_NANOS, row(Scenario.ROUND_TRIP, Subject.PIPE, WaitMode.SPIN),
            row(Scenario.ROUND_TRIP, Subject.RING_SPSC, WaitMode.SPIN));
        Row longMessages = new Row(Scenario.THROUGHPUT, Subject.PIPE.toString(), Rows.LONG_PAYLOAD_BYTES,
            WaitMode.BLOCK);
        add(lines, report, rate, longMessages, new Row(Scenario.THROUGHPUT, Subject.UDS.toString(),
            Rows.LONG_PAYLOAD_BYTES, WaitMode.BLOCK));
        for (Row pipe : List.of(row(Scenario.THROUGHPUT, Subject.PIPE, WaitMode.BLOCK), longMessages)) {
            add(lines, report, rate, pipe, PythonPipe.beside(pipe));
        }
    }

    private static Row row(Scenario scenario, Subject subject, WaitMode waitMode) {
        return new Row(scenario, subject.toString(), Rows.SHORT_PAYLOAD_BYTES, waitMode);
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
