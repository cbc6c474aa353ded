package io.millrace.bench;

import java.util.ArrayList;
import java.util.List;

/** All rows there are, and which of them a run takes. */
final class Rows {
    static final int SHORT_PAYLOAD_BYTES = 32;
    private static final int[] PAYLOAD_BYTES = {SHORT_PAYLOAD_BYTES, 256, 4096};

    private Rows() { }

    static List<Row> all() {
        List<Row> rows = new ArrayList<>();
        for (Scenario scenario : Scenario.values()) {
            for (int payloadBytes : PAYLOAD_BYTES) {
                for (Subject subject : Subject.values()) {
                    for (WaitMode waitMode : WaitMode.values()) {
                        if (subject.takesPartIn(scenario, waitMode)) {
                            rows.add(new Row(scenario, subject.toString(), payloadBytes, waitMode));
                        }
                    }
                }
            }
        }
        for (Yardstick yardstick : Yardstick.values()) {
            rows.add(yardstick.row());
        }
        return rows;
    }

    static List<Row> of(BenchOptions options) {
        boolean shortOnly = options.quick() && options.only() == null;
        return all().stream()
            .filter(row -> options.only() == null || options.only().matcher(row.key()).find())
            .filter(row -> !shortOnly || Yardstick.measures(row) || row.payloadBytes() == SHORT_PAYLOAD_BYTES)
            .toList();
    }
}
