package io.millrace.bench;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramIterationValue;

/** Scenario {@code round-trip}: the side that sends, waits for the echo, takes the time, and leads. */
final class Pinger extends Player {
    private static final int HISTOGRAM_DIGITS = 3;
    // Fixed, so that no value makes the histogram grow during the measurement.
    private static final long HIGHEST_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final PayloadCheck check;
    private final Histogram ofTurn = new Histogram(HIGHEST_NANOS, HISTOGRAM_DIGITS);
    private final Histogram ofAll = new Histogram(HIGHEST_NANOS, HISTOGRAM_DIGITS);

    Pinger(Row row, Link link, TurnEnd end) {
        super(link, end);
        this.check = new PayloadCheck(row.payloadBytes());
    }

    /** The first round trip, which wakes the other side, and the last are not recorded. */
    @Override
    void play(long nanos) throws IOException, InterruptedException {
        ofTurn.reset();
        sendAndReceive();
        long until = System.nanoTime() + nanos;
        while (roundTrip() < until) {
            // What is done with a figure stays out of the next one, as in the yardsticks.
        }
        end.announce(total() + 1);
        sendAndReceive();
    }

    @Override
    long total() {
        return check.received();
    }

    /** One that is recorded; when it was over. */
    private long roundTrip() throws IOException, InterruptedException {
        long start = System.nanoTime();
        sendAndReceive();
        long stop = System.nanoTime();
        ofTurn.recordValue(stop - start);
        return stop;
    }

    private void sendAndReceive() throws IOException, InterruptedException {
        link.send(check.received());
        link.flush();
        link.receive(check, 1);
    }

    @Override
    void forget() {
        super.forget();
        ofAll.reset();
    }

    @Override
    Measurement figuresOfTurn() {
        ofAll.add(ofTurn);
        return new Measurement(Map.of(Measurement.P50_NANOS, middle(ofTurn)));
    }

    /**
     * The mean of the middle half: what the median would be if the clock ticked more finely than every 10 ns, as some
     * do, which is a tenth of a round trip.
     */
    static double middle(Histogram histogram) {
        long count = histogram.getTotalCount();
        long from = count / 4;
        long to = count - from;
        double sum = 0;
        for (HistogramIterationValue value : histogram.recordedValues()) {
            long seen = value.getTotalCountToThisValue();
            long within = Math.min(seen, to) - Math.max(seen - value.getCountAtValueIteratedTo(), from);
            sum += Math.max(0, within) * (double) value.getValueIteratedTo();
        }
        return sum / (to - from);
    }

    @Override
    Measurement figuresOfAll() {
        Map<String, Double> figures = new LinkedHashMap<>();
        figures.put(Measurement.P50_NANOS, (double) ofAll.getValueAtPercentile(50));
        figures.put(Measurement.P99_NANOS, (double) ofAll.getValueAtPercentile(99));
        figures.put(Measurement.P999_NANOS, (double) ofAll.getValueAtPercentile(99.9));
        figures.put(Measurement.MAX_NANOS, (double) ofAll.getMaxValue());
        return new Measurement(figures);
    }
}
