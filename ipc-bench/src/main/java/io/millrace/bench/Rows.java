package io.millrace.bench;

import java.util.ArrayList;
import java.util.List;

/** All rows there are, and which of them a run takes. */
final class Rows {
    static final int SHORT_PAYLOAD_BYTES = 32;
    /** The longest that all subjects carry. */
    static final int COMMON_PAYLOAD_BYTES_MAX = 4096;
    /** Longer than the buffers of any of those that carry it. */
    static final int LONG_PAYLOAD_BYTES = 1 << 20;
    private static final int[] PAYLOAD_BYTES =
        {SHORT_PAYLOAD_BYTES, 256, COMMON_PAYLOAD_BYTES_MAX, LONG_PAYLOAD_BYTES};

    private Rows() { }

    /** In the order of the table: those that are compared stand near each other. */
    static List<Row> all() {
        List<Row> rows = new ArrayList<>();
        for (Scenario scenario : Scenario.OF_PAIRS) {
            for (int payloadBytes : PAYLOAD_BYTES) {
                for (Subject subject : Subject.values()) {
                    for (WaitMode waitMode : WaitMode.values()) {
                        if (subject.takesPartIn(scenario, waitMode, payloadBytes)) {
                            rows.addAll(rows(scenario, subject, payloadBytes, waitMode));
                        }
                    }
                }
            }
        }
        for (AddSubject subject : AddSubject.values()) {
            rows.add(subject.row());
        }
        rows.add(1 + rows.indexOf(AddSubject.COUNTER.row()), PythonValue.ROW);
        rows.add(1 + rows.indexOf(PythonQueue.COMPARED), PythonQueue.ROW);
        for (Row compared : rows.stream().filter(PythonPipe::isCompared).toList()) {
            rows.add(1 + rows.indexOf(compared), PythonPipe.beside(compared));
        }
        for (Yardstick yardstick : Yardstick.values()) {
            rows.add(1 + rows.indexOf(yardstick.compared()), yardstick.row());
        }
        for (LoneSubject subject : LoneSubject.values()) {
            rows.add(subject.row());
        }
        rows.add(1 + rows.indexOf(LoneSubject.JVM_EMPTY.row()), PythonSpawn.ROW);
        return rows;
    }

    private static List<Row> rows(Scenario scenario, Subject subject, int payloadBytes, WaitMode waitMode) {
        List<Row> rows = new ArrayList<>();
        rows.add(new Row(scenario, subject.toString(), payloadBytes, waitMode));
        if (scenario == Scenario.THROUGHPUT && payloadBytes == SHORT_PAYLOAD_BYTES) {
            for (Ends crowd : subject.crowds()) {
                rows.add(new Row(scenario, subject.toString(), payloadBytes, waitMode, crowd));
            }
        }
        return rows;
    }

    static List<Row> of(BenchOptions options) {
        boolean shortOnly = options.quick() && options.only() == null;
        return all().stream()
            .filter(row -> options.only() == null || options.only().matcher(row.key()).find())
            .filter(row -> !shortOnly || Yardstick.measures(row)
                || row.scenario() == Scenario.CONTENDED_ADD || row.payloadBytes() == SHORT_PAYLOAD_BYTES)
            .toList();
    }
}
