package io.millrace.bench;

import java.io.IOException;

/** Scenario {@code throughput} with one producer and one consumer: the side that sends, and leads. */
final class StreamSender extends Player {
    private static final int MESSAGES_PER_CLOCK_READING = 64;

    private long sequence;

    StreamSender(Link link, TurnEnd end) {
        super(link, end);
    }

    @Override
    void play(long nanos) throws IOException, InterruptedException {
        long start = System.nanoTime();
        do {
            sendSome();
        } while (System.nanoTime() - start < nanos);
        end.announce(sequence + 1);
        link.send(sequence++);
        link.flush();
    }

    @Override
    long total() {
        return sequence;
    }

    private void sendSome() throws IOException, InterruptedException {
        for (int i = 0; i < MESSAGES_PER_CLOCK_READING; i++) {
            link.send(sequence++);
        }
    }
}
