package io.millrace.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The session of a row in fresh processes, which it talks to in lines: see {@link PeerMain}. */
final class ProcessSession implements Session {
    private final Path place;
    /** The one that leads is the last, so that the others wait for it when it is told. */
    private final List<PeerProcess> processes = new ArrayList<>();

    private ProcessSession(Path place) {
        this.place = place;
    }

    static Session.Starter starter(RunDirectory directory, Plan plan, boolean pin) {
        return row -> {
            ProcessSession session = new ProcessSession(directory.newPlace());
            boolean started = false;
            try {
                session.start(row, plan, pin);
                started = true;
                return session;
            } finally {
                if (!started) {
                    session.close();
                }
            }
        };
    }

    private void start(Row row, Plan plan, boolean pin) throws IOException, InterruptedException {
        if (Yardstick.measures(row)) {
            processes.add(Yardstick.of(row).start(place, pin));
        } else {
            PeerProcess listener = PeerProcess.start(PeerMain.Side.LISTENER, row, place, plan, pin);
            processes.add(listener);
            PeerProcess connector = PeerProcess.start(PeerMain.Side.CONNECTOR, row, place, plan, pin);
            processes.add(connector);
            // None ends before it is killed, but by a failure; then the other would wait for its messages for ever.
            listener.whenEnded(connector::kill);
            connector.whenEnded(listener::kill);
            connector.tell(PeerMain.CONNECT + watch(Duration.ZERO, () -> listener.await(PeerMain.READY)));
        }
        ask(PeerMain.WARM_UP + plan.warmUp().toNanos(), PeerMain.TURNED, plan.warmUp());
    }

    @Override
    public Measurement turn(Duration time) throws IOException, InterruptedException {
        return ask(PeerMain.TURN + time.toNanos(), PeerMain.TURNED, time);
    }

    @Override
    public Measurement end() throws IOException, InterruptedException {
        return ask(PeerMain.END, PeerMain.RESULT, Duration.ZERO);
    }

    /** What all of them answer to one command, on which they work for so long. */
    private Measurement ask(String command, String answer, Duration time) throws IOException, InterruptedException {
        return watch(time, () -> {
            for (PeerProcess process : processes) {
                process.tell(command);
            }
            Measurement all = new Measurement(Map.of());
            for (PeerProcess process : processes) {
                all = all.plus(process.awaitFigures(answer));
            }
            return all;
        });
    }

    /** If it fails, the reason is the exception that ended one of them, for then the other was killed. */
    private <T> T watch(Duration time, Watchdog.Task<T> task) throws IOException, InterruptedException {
        try {
            return Watchdog.watch(processes, Watchdog.TIME_TO_START.plus(time), task);
        } catch (IOException e) {
            for (PeerProcess process : processes) {
                Optional<String> exception = process.exception();
                if (exception.isPresent()) {
                    throw new IOException(exception.get(), e);
                }
            }
            throw e;
        }
    }

    @Override
    public void close() {
        processes.forEach(PeerProcess::close);
        RunDirectory.deleteQuietly(place);
    }
}
