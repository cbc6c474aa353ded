package io.millrace.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Runs one trial of one row in a fresh JVM, which is not pinned, for nobody else is to be kept from its processor. */
final class LoneRunner implements RowRunner {
    private final RunDirectory directory;
    private final Plan plan;

    LoneRunner(RunDirectory directory, Plan plan) {
        this.directory = directory;
        this.plan = plan;
    }

    @Override
    public Measurement run(Row row) throws IOException, InterruptedException {
        Path place = directory.newPlace();
        try (PeerProcess peer = PeerProcess.start(PeerMain.Side.ALONE, row, place, plan, false)) {
            return Watchdog.watch(List.of(peer), limit(row), peer::awaitResult);
        } finally {
            RunDirectory.delete(place);
        }
    }

    private Duration limit(Row row) {
        return row.scenario() == Scenario.RECOVERY ? Watchdog.TIME_TO_START.multipliedBy(plan.kills() + 1)
            : Watchdog.TIME_TO_START.plus(plan.warmUp()).plus(plan.idleMeasurement());
    }
}
