package io.millrace.bench;

import io.millrace.process.JvmProcess;
import io.millrace.process.JvmProcessBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.LongStream;

/** Scenario {@code spawn}: starts a child JVM, waits for its end, and starts the next. */
final class Spawner {
    /** At least so many, however long they take. */
    private static final int STARTS_MIN = 5;
    private static final double P99 = 0.99;

    private final Plan plan;
    private final JvmProcessBuilder child;

    Spawner(Path directory, Plan plan, JvmProcessBuilder child) {
        this.plan = plan;
        this.child = child.domain(directory.resolve("domain"));
    }

    Measurement measure() throws InterruptedException {
        startAndJoin();
        // The first child has the archive of classes made, if there is none; the others are to have it.
        for (ProcessHandle maker : ProcessHandle.current().children().toList()) {
            maker.onExit().join();
        }
        starts(plan.warmUp());
        long[] nanos = starts(plan.measurement());
        Arrays.sort(nanos);
        Map<String, Double> figures = new LinkedHashMap<>();
        figures.put(Measurement.P50_NANOS, (double) nanos[nanos.length / 2]);
        figures.put(Measurement.P99_NANOS, (double) nanos[(int) (nanos.length * P99)]);
        figures.put(Measurement.MAX_NANOS, (double) nanos[nanos.length - 1]);
        return new Measurement(figures);
    }

    /** For so long; what each took. */
    private long[] starts(Duration time) throws InterruptedException {
        LongStream.Builder nanos = LongStream.builder();
        long begin = System.nanoTime();
        for (int i = 0; i < STARTS_MIN || System.nanoTime() - begin < time.toNanos(); i++) {
            nanos.add(startAndJoin());
        }
        return nanos.build().toArray();
    }

    private long startAndJoin() throws InterruptedException {
        long begin = System.nanoTime();
        try (JvmProcess process = child.start()) {
            process.join();
            long nanos = System.nanoTime() - begin;
            if (process.exitCode().getAsInt() != 0) {
                throw new IllegalStateException("exit code of a child: actual " + process.exitCode().getAsInt()
                    + ", expected 0");
            }
            return nanos;
        }
    }
}
