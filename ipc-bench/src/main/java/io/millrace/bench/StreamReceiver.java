package io.millrace.bench;

import java.io.IOException;
import java.util.Map;

/** Scenario {@code throughput} with one producer and one consumer: the side that receives, checks and measures. */
final class StreamReceiver extends Player {
    private static final int CALLS_PER_ROUND = 64;
    private static final double NANOS_PER_SECOND = 1e9;

    private final PayloadCheck check;
    private long measured;
    private long measuredNanos;
    private long measuredInAll;
    private long measuredNanosInAll;

    StreamReceiver(Row row, Link link, TurnEnd end) {
        super(link, end);
        this.check = new PayloadCheck(row.payloadBytes());
    }

    /** The clock runs from the first messages, which wait for nobody to wake up, to the last. */
    @Override
    void play(long nanos) throws IOException, InterruptedException {
        link.receive(check, STREAM_LIMIT);
        long first = check.received();
        long start = System.nanoTime();
        boolean over = end.isReached(first);
        while (!over) {
            over = receiveSome();
        }
        measuredNanos = System.nanoTime() - start;
        measured = check.received() - first;
        measuredNanosInAll += measuredNanos;
        measuredInAll += measured;
    }

    @Override
    long total() {
        return check.received();
    }

    /** Whether the turn is over. A method of its own is compiled as a whole, though turns are few. */
    private boolean receiveSome() throws IOException, InterruptedException {
        for (int i = 0; i < CALLS_PER_ROUND; i++) {
            link.receive(check, STREAM_LIMIT);
            if (end.isReached(check.received())) {
                return true;
            }
        }
        return false;
    }

    @Override
    void forget() {
        super.forget();
        measuredInAll = 0;
        measuredNanosInAll = 0;
    }

    @Override
    Measurement figuresOfTurn() {
        return rate(measured, measuredNanos);
    }

    @Override
    Measurement figuresOfAll() {
        return rate(measuredInAll, measuredNanosInAll);
    }

    /** Nothing if all messages came at once. */
    private static Measurement rate(long messages, long nanos) {
        return new Measurement(messages == 0 ? Map.of()
            : Map.of(Measurement.MESSAGES_PER_SECOND, messages * NANOS_PER_SECOND / nanos));
    }
}
