package io.millrace.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

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
            String address = Watchdog.watch(processes, Watchdog.TIME_TO_START, () -> listener.await(PeerMain.READY));
            connector.tell(PeerMain.CONNECT + address);
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
        return Watchdog.watch(processes, Watchdog.TIME_TO_START.plus(time), () -> {
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

    @Override
    public void close() {
        processes.forEach(PeerProcess::close);
        RunDirectory.deleteQuietly(place);
    }
}
