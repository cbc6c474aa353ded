package io.millrace.bench;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Subject {@code python-queue}: what {@code queue} does, in two Python processes, where there is a Python. */
final class PythonQueue implements RowRunner {
    static final Row ROW =
        new Row(Scenario.THROUGHPUT, "python-queue", Rows.SHORT_PAYLOAD_BYTES, WaitMode.BLOCK);

    /** The row that this one is compared with. */
    static final Row COMPARED =
        new Row(Scenario.THROUGHPUT, Subject.QUEUE.toString(), Rows.SHORT_PAYLOAD_BYTES, WaitMode.BLOCK);

    private static final String PYTHON = "python3";
    private static final String SCRIPT = "queue_throughput.py";

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
        Path place = directory.newPlace();
        try (InputStream text = PythonQueue.class.getResourceAsStream("yardstick/" + SCRIPT)) {
            Files.copy(text, place.resolve(SCRIPT));
        }
        try {
            Map<String, Object> printed = JSON.std.mapFrom(Command.output(place, List.of(PYTHON, SCRIPT,
                Command.seconds(plan.warmUp()), Command.seconds(plan.measurement()), pin ? "1" : "0")));
            double rate = ((Number) printed.get(Measurement.MESSAGES_PER_SECOND)).doubleValue();
            return new Measurement(Map.of(Measurement.MESSAGES_PER_SECOND, rate));
        } catch (Command.MissingException e) {
            throw new RowRunner.SkippedException("no " + PYTHON + " here");
        }
    }
}
