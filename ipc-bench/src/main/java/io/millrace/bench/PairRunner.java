package io.millrace.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** Runs one trial of one row in a fresh pair of JVMs. */
final class PairRunner implements RowRunner {
    /** Far more than two JVMs take to start, so that only one that hangs meets it. */
    private static final Duration TIME_TO_START = Duration.ofSeconds(30);
    private static final ScheduledExecutorService WATCHDOG = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "watch-pairs");
        thread.setDaemon(true);
        return thread;
    });

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
        try (PeerProcess listener = PeerProcess.start(PeerMain.Side.LISTENER, row, place, plan, pin);
            PeerProcess connector = PeerProcess.start(PeerMain.Side.CONNECTOR, row, place, plan, pin)) {
            ScheduledFuture<?> watchdog = WATCHDOG.schedule(() -> {
                listener.kill();
                connector.kill();
            }, limit().toNanos(), TimeUnit.NANOSECONDS);
            try {
                return measure(row, listener, connector);
            } catch (IOException e) {
                throw watchdog.isDone() ? new IOException("no result within " + limit().toSeconds() + " s", e) : e;
            } finally {
                watchdog.cancel(false);
            }
        } finally {
            RunDirectory.delete(place);
        }
    }

    private static Measurement measure(Row row, PeerProcess listener, PeerProcess connector)
        throws IOException, InterruptedException {
        connector.tell(PeerMain.CONNECT + listener.await(PeerMain.READY));
        boolean listenerMeasures = row.scenario() == Scenario.THROUGHPUT;
        Measurement first = (listenerMeasures ? listener : connector).awaitResult();
        PeerProcess other = listenerMeasures ? connector : listener;
        other.tell(PeerMain.STOP);
        return first.plus(other.awaitResult());
    }

    private Duration limit() {
        return plan.warmUp().plus(plan.measurement()).plus(TIME_TO_START);
    }
}
