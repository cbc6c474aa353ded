package io.millrace.bench;

import java.io.IOException;
import java.util.List;

/** Subject {@code python-spawn}: what {@code jvm-empty} does, by Python's start method for new interpreters. */
final class PythonSpawn implements RowRunner {
    static final Row ROW = new Row(Scenario.SPAWN, "python-spawn", Rows.SHORT_PAYLOAD_BYTES, WaitMode.BLOCK);

    private final RunDirectory directory;
    private final Plan plan;

    PythonSpawn(RunDirectory directory, Plan plan) {
        this.directory = directory;
        this.plan = plan;
    }

    @Override
    public Measurement run(Row row) throws IOException, InterruptedException {
        return PythonScript.measure(directory.newPlace(), "spawn.py",
            List.of(Command.seconds(plan.warmUp()), Command.seconds(plan.measurement())));
    }
}
