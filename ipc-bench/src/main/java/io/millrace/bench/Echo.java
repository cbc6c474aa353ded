package io.millrace.bench;

import java.io.IOException;

/** Scenario {@code round-trip}: the side that sends back what it receives. */
final class Echo extends Player {
    private final PayloadCheck check;

    Echo(Row row, Link link, TurnEnd end) {
        super(link, end);
        this.check = new PayloadCheck(row.payloadBytes());
    }

    @Override
    void play(long nanos) throws IOException, InterruptedException {
        do {
            sendBack();
        } while (!end.isReached(total()));
    }

    @Override
    long total() {
        return check.received();
    }

    private void sendBack() throws IOException, InterruptedException {
        link.receive(check, 1);
        link.send(check.received() - 1);
        link.flush();
    }
}
