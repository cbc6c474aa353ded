package io.millrace.bench;

import com.fasterxml.jackson.jr.ob.JSON;
import com.sun.management.ThreadMXBean;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * One JVM of a pair. It talks to the harness in lines: {@code ready ADDRESS} when the other side may connect,
 * {@code result JSON} at the end; it is told {@code connect ADDRESS} and {@code stop}. When its standard input ends,
 * the harness is gone and so is this process.
 */
public final class PeerMain {
    static final String READY = "ready ";
    static final String CONNECT = "connect ";
    static final String RESULT = "result ";
    static final String STOP = "stop";

    /** What a side does. */
    enum Side {
        /** Binds; receives in {@code throughput}, echoes in {@code round-trip}. */
        LISTENER,
        /** Connects; sends in {@code throughput}, pings in {@code round-trip}. */
        CONNECTOR
    }

    private static final int CALLS_PER_CLOCK_READING = 64;
    private static final int HISTOGRAM_DIGITS = 3;
    // Fixed, so that no value makes the histogram grow during the measurement.
    private static final long HIGHEST_NANOS = TimeUnit.MINUTES.toNanos(1);
    private static final int ECHOES_TO_WARM_UP = 10_000;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final Row row;
    private final Duration warmUp;
    private final Duration measurement;
    private final CountDownLatch stop = new CountDownLatch(1);

    private PeerMain(Row row, Duration warmUp, Duration measurement) {
        this.row = row;
        this.warmUp = warmUp;
        this.measurement = measurement;
    }

    /** Arguments: side, scenario, subject, payload bytes, wait, directory, nanoseconds of warm-up and measurement. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Row row = new Row(Scenario.valueOf(arguments[1]), arguments[2], Integer.parseInt(arguments[3]),
            WaitMode.valueOf(arguments[4]));
        PeerMain peer = new PeerMain(row, Duration.ofNanos(Long.parseLong(arguments[6])),
            Duration.ofNanos(Long.parseLong(arguments[7])));
        peer.run(Side.valueOf(arguments[0]), Path.of(arguments[5]));
        // The thread that reads standard input cannot be interrupted.
        Runtime.getRuntime().halt(0);
    }

    /** Arguments of a peer, for the harness that starts it. */
    static String[] arguments(Side side, Row row, Path directory, Plan plan) {
        return new String[] {side.name(), row.scenario().name(), row.subject(), Integer.toString(row.payloadBytes()),
            row.waitMode().name(), directory.toString(), Long.toString(plan.warmUp().toNanos()),
            Long.toString(plan.measurement().toNanos())};
    }

    private void run(Side side, Path directory) throws IOException, InterruptedException {
        BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        Transport transport = Subject.named(row.subject()).transport(row.payloadBytes(), row.waitMode());
        Link link;
        if (side == Side.LISTENER) {
            System.out.println(READY + transport.bind(directory));
            watch(commands);
            link = transport.accept();
        } else {
            String address = commands.readLine();
            if (address == null) {
                return;
            }
            watch(commands);
            link = transport.connect(directory, address.substring(CONNECT.length()));
        }
        try (link) {
            Measurement measured = switch (row.scenario()) {
                case THROUGHPUT -> side == Side.LISTENER ? receive(link) : send(link);
                case ROUND_TRIP -> side == Side.LISTENER ? echo(link) : ping(link);
            };
            System.out.println(RESULT + JSON.std.asString(measured.figures()));
            awaitStop();
        }
    }

    private Measurement receive(Link link) throws IOException, InterruptedException {
        PayloadCheck check = new PayloadCheck(row.payloadBytes());
        receiveFor(link, check, warmUp);
        long before = check.received();
        long allocatedBefore = allocatedBytes();
        long start = System.nanoTime();
        receiveFor(link, check, measurement);
        double seconds = (System.nanoTime() - start) / 1e9;
        long allocated = allocatedBytes() - allocatedBefore;
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

    private Measurement send(Link link) throws IOException, InterruptedException {
        long sequence = 0;
        long warm = 0;
        long allocatedBefore = 0;
        long start = System.nanoTime();
        try {
            while (!stopped()) {
                for (int i = 0; i < CALLS_PER_CLOCK_READING && !stopped(); i++) {
                    link.send(sequence++);
                }
                if (warm == 0 && System.nanoTime() - start > warmUp.toNanos()) {
                    warm = sequence;
                    allocatedBefore = allocatedBytes();
                }
            }
        } catch (IOException | InterruptedException e) {
            // The harness stops a side by an interrupt, which ends a wait or closes a channel; all else is a failure.
            if (!stopped()) {
                throw e;
            }
        }
        return allocated(warm == 0 ? 0 : sequence - warm, allocatedBefore);
    }

    private Measurement ping(Link link) throws IOException, InterruptedException {
        PayloadCheck check = new PayloadCheck(row.payloadBytes());
        Histogram histogram = new Histogram(HIGHEST_NANOS, HISTOGRAM_DIGITS);
        pingFor(link, check, histogram, warmUp);
        histogram.reset();
        long allocatedBefore = allocatedBytes();
        pingFor(link, check, histogram, measurement);
        double allocated = (double) (allocatedBytes() - allocatedBefore) / histogram.getTotalCount();
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

    private Measurement echo(Link link) throws IOException, InterruptedException {
        PayloadCheck check = new PayloadCheck(row.payloadBytes());
        long allocatedBefore = 0;
        try {
            while (!stopped()) {
                link.receive(check);
                link.send(check.received() - 1);
                link.flush();
                if (check.received() == ECHOES_TO_WARM_UP) {
                    allocatedBefore = allocatedBytes();
                }
            }
        } catch (IOException | InterruptedException e) {
            // The harness stops a side by an interrupt, which ends a wait or closes a channel; all else is a failure.
            if (!stopped()) {
                throw e;
            }
        }
        return allocated(check.received() - ECHOES_TO_WARM_UP, allocatedBefore);
    }

    /** What this thread allocated per message; nothing if there were none after the warm-up. */
    private static Measurement allocated(long messages, long allocatedBefore) {
        return new Measurement(messages <= 0 ? Map.of()
            : Map.of(Measurement.BYTES_ALLOCATED_PER_OP, (double) (allocatedBytes() - allocatedBefore) / messages));
    }

    private static long allocatedBytes() {
        return THREADS.getCurrentThreadAllocatedBytes();
    }

    private boolean stopped() {
        return stop.getCount() == 0;
    }

    private void awaitStop() {
        try {
            stop.await();
        } catch (InterruptedException e) {
            // Only the watcher interrupts, and only to stop.
        }
    }

    /** Lets the harness stop this side, and ends the process when the harness is gone. */
    private void watch(BufferedReader commands) {
        Thread main = Thread.currentThread();
        Thread watcher = new Thread(() -> {
            try {
                if (STOP.equals(commands.readLine())) {
                    stop.countDown();
                    main.interrupt();
                    commands.readLine();
                }
            } catch (IOException e) {
                // As if it had ended.
            }
            Runtime.getRuntime().halt(1);
        }, "watch-harness");
        watcher.setDaemon(true);
        watcher.start();
    }
}
