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
    long play(long nanos) throws IOException, InterruptedException {
        long before = check.received();
        do {
            sendBack();
        } while (!end.isReached(check.received()));
        return check.received() - before;
    }

    private void sendBack() throws IOException, InterruptedException {
        link.receive(check, 1);
        link.send(check.received() - 1);
        link.flush();
    }
}
