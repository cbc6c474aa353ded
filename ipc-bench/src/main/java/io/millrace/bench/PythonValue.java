package io.millrace.bench;

import java.io.IOException;
import java.util.List;

/** Subject {@code python-value}: what {@code counter} does, to a value of Python under its lock. */
final class PythonValue implements RowRunner {
    static final Row ROW = AddSubject.row("python-value");

    private final RunDirectory directory;
    private final Plan plan;
    private final boolean pin;

    PythonValue(RunDirectory directory, Plan plan, boolean pin) {
        this.directory = directory;
        this.plan = plan;
        this.pin = pin;
    }

    @Override
    public Measurement run(Row row) throws IOException, InterruptedException {
        return PythonScript.measure(directory.newPlace(), "value_add.py", List.of(Command.seconds(plan.warmUp()),
            Command.seconds(plan.measurement()), pin ? "1" : "0"));
    }
}
