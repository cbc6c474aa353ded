package io.millrace.bench;

import java.time.Duration;

/** Measures for an hour, so that somebody can kill it: one process is in the midst of a turn, another has none. */
final class KilledHarness {
    private KilledHarness() { }

    public static void main(String[] arguments) throws Exception {
        Row row = new Row(Scenario.ROUND_TRIP, "ring-spsc", 32, WaitMode.SPIN);
        Plan plan = new Plan(Duration.ofHours(1), Duration.ofHours(1), 1, 1);
        try (RunDirectory directory = RunDirectory.create();
            PeerProcess listener = PeerProcess.start(PeerMain.Side.LISTENER, row, directory.newPlace(), plan, false);
            PeerProcess other = PeerProcess.start(PeerMain.Side.LISTENER, row, directory.newPlace(), plan, false)) {
            listener.await(PeerMain.READY);
            other.await(PeerMain.READY);
            listener.tell(PeerMain.TURN + plan.measurement().toNanos());
            System.out.println("measuring");
            listener.awaitFigures(PeerMain.TURNED);
        }
    }
}
