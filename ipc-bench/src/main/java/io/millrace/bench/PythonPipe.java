package io.millrace.bench;

import java.io.IOException;
import java.util.List;

/** Subject {@code python-pipe}: what {@code pipe} does, in two Python processes, where there is a Python. */
final class PythonPipe implements RowRunner {
    private static final String TITLE = "python-pipe";

    private final RunDirectory directory;
    private final Plan plan;
    private final boolean pin;

    PythonPipe(RunDirectory directory, Plan plan, boolean pin) {
        this.directory = directory;
        this.plan = plan;
        this.pin = pin;
    }

    /** Whether a row of this subject is compared with that one. */
    static boolean isCompared(Row row) {
        return row.subject().equals(Subject.PIPE.toString()) && row.waitMode() == WaitMode.BLOCK;
    }

    /** The row that is compared with that one. */
    static Row beside(Row compared) {
        return new Row(compared.scenario(), TITLE, compared.payloadBytes(), compared.waitMode());
    }

    static boolean measures(Row row) {
        return row.subject().equals(TITLE);
    }

    @Override
    public Measurement run(Row row) throws IOException, InterruptedException {
        return PythonScript.measure(directory.newPlace(), "pipe.py", List.of(row.scenario().toString(),
            Integer.toString(row.payloadBytes()), Command.seconds(plan.warmUp()), Command.seconds(plan.measurement()),
            pin ? "1" : "0"));
    }
}
