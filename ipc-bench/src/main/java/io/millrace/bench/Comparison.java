package io.millrace.bench;

import java.util.ArrayList;
import java.util.List;

/** Two rows of one run whose ratio matters, because only ratios survive a change of machine. */
record Comparison(String figure, Row row, Row base) {
    /** In the order in which they are shown. */
    static final List<Comparison> ALL = all();

    boolean connects(Row one, Row other) {
        return row.equals(one) && base.equals(other) || row.equals(other) && base.equals(one);
    }

    private static List<Comparison> all() {
        List<Comparison> all = new ArrayList<>();
        Row agronaMpsc = throughput(Subject.AGRONA_MPSC, WaitMode.SPIN);
        Row ringSpsc = throughput(Subject.RING_SPSC, WaitMode.SPIN);
        all.add(rates(ringSpsc, throughput(Subject.AGRONA_SPSC, WaitMode.SPIN)));
        all.add(rates(ringSpsc, throughput(Subject.UDS_BATCHED, WaitMode.BLOCK)));
        all.add(rates(throughput(Subject.RING_MPMC, WaitMode.SPIN), agronaMpsc));
        for (WaitMode waitMode : WaitMode.values()) {
            for (Ends crowd : Subject.RING_MPMC.crowds()) {
                all.add(rates(new Row(Scenario.THROUGHPUT, Subject.RING_MPMC.toString(), Rows.SHORT_PAYLOAD_BYTES,
                    waitMode, crowd), agronaMpsc));
            }
        }
        all.add(rates(throughput(Subject.QUEUE, WaitMode.BLOCK), PythonQueue.ROW));
        all.add(rates(throughput(Subject.QUEUE_SERIALIZED, WaitMode.BLOCK), PythonQueue.ROW));
        all.addAll(ofPipes());
        Row ringSpin = roundTrip(Subject.RING_SPSC, WaitMode.SPIN);
        Row ringBlock = roundTrip(Subject.RING_SPSC, WaitMode.BLOCK);
        all.add(times(ringSpin, Yardstick.CACHE_LINE.row()));
        all.add(times(roundTrip(Subject.RING_MPMC, WaitMode.SPIN), Yardstick.CACHE_LINE.row()));
        all.add(times(ringBlock, Yardstick.FUTEX.row()));
        all.add(times(ringBlock, roundTrip(Subject.UDS, WaitMode.BLOCK)));
        all.add(rates(AddSubject.COUNTER.row(), Yardstick.FETCH_ADD.row()));
        all.add(rates(AddSubject.COUNTER.row(), PythonValue.ROW));
        all.add(rates(AddSubject.COUNTER_STRIPED.row(), Yardstick.FETCH_ADD.row()));
        all.add(rates(AddSubject.COUNTER_ALONE.row(), Yardstick.FETCH_ADD_ALONE.row()));
        all.add(times(LoneSubject.JVM_EMPTY.row(), PythonSpawn.ROW));
        all.add(times(LoneSubject.JVM_TASK.row(), PythonSpawn.ROW));
        return List.copyOf(all);
    }

    private static List<Comparison> ofPipes() {
        Row longMessages = longThroughput(Subject.PIPE);
        Row shortMessages = throughput(Subject.PIPE, WaitMode.BLOCK);
        return List.of(
            rates(throughput(Subject.PIPE, WaitMode.SPIN), throughput(Subject.RING_SPSC, WaitMode.SPIN)),
            times(roundTrip(Subject.PIPE, WaitMode.SPIN), roundTrip(Subject.RING_SPSC, WaitMode.SPIN)),
            rates(longMessages, longThroughput(Subject.UDS)),
            rates(shortMessages, PythonPipe.beside(shortMessages)),
            rates(longMessages, PythonPipe.beside(longMessages)));
    }

    private static Row throughput(Subject subject, WaitMode waitMode) {
        return new Row(Scenario.THROUGHPUT, subject.toString(), Rows.SHORT_PAYLOAD_BYTES, waitMode);
    }

    private static Row longThroughput(Subject subject) {
        return new Row(Scenario.THROUGHPUT, subject.toString(), Rows.LONG_PAYLOAD_BYTES, WaitMode.BLOCK);
    }

    private static Row roundTrip(Subject subject, WaitMode waitMode) {
        return new Row(Scenario.ROUND_TRIP, subject.toString(), Rows.SHORT_PAYLOAD_BYTES, waitMode);
    }

    private static Comparison rates(Row row, Row base) {
        return new Comparison(Measurement.MESSAGES_PER_SECOND, row, base);
    }

    private static Comparison times(Row row, Row base) {
        return new Comparison(Measurement.P50_NANOS, row, base);
    }
}
