package io.millrace.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Runs one trial of one row that takes no turns in a fresh pair of JVMs: of a crowd, or of adders. */
final class PairRunner implements RowRunner {
    private final RunDirectory directory;
    private final Plan plan;
    private final boolean pin;

    PairRunner(RunDirectory directory, Plan plan, boolean pin) {
        this.directory = directory;
        this.plan = plan;
        this.pin = pin;
    }

    @Override
    public Measurement run(Row row) throws IOException, InterruptedException {
        Path place = directory.newPlace();
        Duration limit = Watchdog.TIME_TO_START.plus(plan.warmUp()).plus(plan.measurement());
        try (PeerProcess listener = PeerProcess.start(PeerMain.Side.LISTENER, row, place, plan, pin);
            PeerProcess connector = PeerProcess.start(PeerMain.Side.CONNECTOR, row, place, plan, pin)) {
            return Watchdog.watch(List.of(listener, connector), limit, () -> measure(row, listener, connector));
        } finally {
            RunDirectory.delete(place);
        }
    }

    private static Measurement measure(Row row, PeerProcess listener, PeerProcess connector)
        throws IOException, InterruptedException {
        if (row.scenario() == Scenario.CONTENDED_ADD) {
            return listener.awaitResult().plus(connector.awaitResult());
        }
        connector.tell(PeerMain.CONNECT + listener.await(PeerMain.READY));
        listener.await(PeerMain.MEASURED);
        connector.tell(Commands.STOP);
        // The listener's first: if it failed, nobody makes room for the last messages of the other.
        return listener.awaitResult().plus(connector.awaitResult());
    }
}
