package io.millrace.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** Scenario {@code round-trip}. */
final class RoundTrip {
    private static final int HISTOGRAM_DIGITS = 3;
    // Fixed, so that no value makes the histogram grow during the measurement.
    private static final long HIGHEST_NANOS = TimeUnit.MINUTES.toNanos(1);
    private static final int ECHOES_TO_WARM_UP = 10_000;

    private final Row row;
    private final Plan plan;
    private final Stop stop;

    RoundTrip(Row row, Plan plan, Stop stop) {
        this.row = row;
        this.plan = plan;
        this.stop = stop;
    }

    Measurement ping(Link link) throws IOException, InterruptedException {
        PayloadCheck check = new PayloadCheck(row.payloadBytes());
        Histogram histogram = new Histogram(HIGHEST_NANOS, HISTOGRAM_DIGITS);
        pingFor(link, check, histogram, plan.warmUp());
        histogram.reset();
        long allocatedBefore = AllocatedBytes.ofThisThread();
        pingFor(link, check, histogram, plan.measurement());
        double allocated = (double) (AllocatedBytes.ofThisThread() - allocatedBefore) / histogram.getTotalCount();
        Map<String, Double> figures = new LinkedHashMap<>();
        figures.put(Measurement.P50_NANOS, (double) histogram.getValueAtPercentile(50));
        figures.put(Measurement.P99_NANOS, (double) histogram.getValueAtPercentile(99));
        figures.put(Measurement.P999_NANOS, (double) histogram.getValueAtPercentile(99.9));
        figures.put(Measurement.MAX_NANOS, (double) histogram.getMaxValue());
        figures.put(Measurement.BYTES_ALLOCATED_PER_OP, allocated);
        return new Measurement(figures);
    }

    /** What is done with a figure stays out of the next one, as in the yardsticks. */
    private static void pingFor(Link link, PayloadCheck check, Histogram histogram, Duration time)
        throws IOException, InterruptedException {
        long end = System.nanoTime() + time.toNanos();
        long after;
        do {
            long before = System.nanoTime();
            link.send(check.received());
            link.flush();
            link.receive(check);
            after = System.nanoTime();
            histogram.recordValue(after - before);
        } while (after < end);
    }

    Measurement echo(Link link) throws IOException, InterruptedException {
        PayloadCheck check = new PayloadCheck(row.payloadBytes());
        long allocatedBefore = 0;
        try {
            while (!stop.isGiven()) {
                link.receive(check);
                link.send(check.received() - 1);
                link.flush();
                if (check.received() == ECHOES_TO_WARM_UP) {
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
            check.received() - ECHOES_TO_WARM_UP);
    }
}
