package io.millrace.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** Scenario {@code throughput} with one producer and one consumer. */
final class Stream {
    private static final int CALLS_PER_CLOCK_READING = 64;

    private final Row row;
    private final Plan plan;
    private final Stop stop;

    Stream(Row row, Plan plan, Stop stop) {
        this.row = row;
        this.plan = plan;
        this.stop = stop;
    }

    Measurement receive(Link link) throws IOException, InterruptedException {
        PayloadCheck check = new PayloadCheck(row.payloadBytes());
        receiveFor(link, check, plan.warmUp());
        long before = check.received();
        long allocatedBefore = AllocatedBytes.ofThisThread();
        long start = System.nanoTime();
        receiveFor(link, check, plan.measurement());
        double seconds = (System.nanoTime() - start) / 1e9;
        long allocated = AllocatedBytes.ofThisThread() - allocatedBefore;
        long count = check.received() - before;
        Map<String, Double> figures = new LinkedHashMap<>();
        figures.put(Measurement.MESSAGES_PER_SECOND, count / seconds);
        figures.put(Measurement.BYTES_ALLOCATED_PER_OP, (double) allocated / count);
        return new Measurement(figures);
    }

    private static void receiveFor(Link link, PayloadCheck check, Duration time)
        throws IOException, InterruptedException {
        long start = System.nanoTime();
        do {
            for (int i = 0; i < CALLS_PER_CLOCK_READING; i++) {
                link.receive(check);
            }
        } while (System.nanoTime() - start < time.toNanos());
    }

    Measurement send(Link link) throws IOException, InterruptedException {
        long sequence = 0;
        long warm = 0;
        long allocatedBefore = 0;
        long start = System.nanoTime();
        try {
            while (!stop.isGiven()) {
                for (int i = 0; i < CALLS_PER_CLOCK_READING && !stop.isGiven(); i++) {
                    link.send(sequence++);
                }
                if (warm == 0 && System.nanoTime() - start > plan.warmUp().toNanos()) {
                    warm = sequence;
                    allocatedBefore = AllocatedBytes.ofThisThread();
                }
            }
        } catch (IOException | InterruptedException e) {
            // The harness stops a side by an interrupt, which ends a wait or closes a channel; all else is a failure.
            if (!stop.isGiven()) {
                throw e;
            }
        }
        return AllocatedBytes.perMessage(AllocatedBytes.ofThisThread() - allocatedBefore,
            warm == 0 ? 0 : sequence - warm);
    }
}
