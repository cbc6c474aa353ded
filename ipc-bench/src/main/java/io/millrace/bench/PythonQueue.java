package io.millrace.bench;

import java.io.IOException;
import java.util.List;

/** Subject {@code python-queue}: what {@code queue} does, in two Python processes, where there is a Python. */
final class PythonQueue implements RowRunner {
    static final Row ROW =
        new Row(Scenario.THROUGHPUT, "python-queue", Rows.SHORT_PAYLOAD_BYTES, WaitMode.BLOCK);

    /** The row that this one is compared with. */
    static final Row COMPARED =
        new Row(Scenario.THROUGHPUT, Subject.QUEUE.toString(), Rows.SHORT_PAYLOAD_BYTES, WaitMode.BLOCK);

    private final RunDirectory directory;
    private final Plan plan;
    private final boolean pin;

    PythonQueue(RunDirectory directory, Plan plan, boolean pin) {
        this.directory = directory;
        this.plan = plan;
        this.pin = pin;
    }

    @Override
    public Measurement run(Row row) throws IOException, InterruptedException {
        return PythonScript.measure(directory.newPlace(), "queue_throughput.py", List.of(Command.seconds(plan.warmUp()),
            Command.seconds(plan.measurement()), pin ? "1" : "0"));
    }
}
