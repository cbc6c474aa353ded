package io.millrace.bench;

import io.millrace.codec.Codecs;
import io.millrace.queue.SharedQueue;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** Scenario {@code idle}: a thread waits in {@code SharedQueue.get()}, and nothing else goes on in its JVM. */
final class IdleGetter {
    private static final int WAITS_TO_WARM_UP = 10_000;
    private static final Duration MOMENT = Duration.ofNanos(1);
    private static final double PER_CENT = 100;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final Path directory;
    private final Plan plan;

    IdleGetter(Path directory, Plan plan) {
        this.directory = directory;
        this.plan = plan;
    }

    Measurement measure() throws IOException, InterruptedException {
        try (SharedQueue<String> queue = SharedQueue.<String>builder().domain(directory.resolve("domain"))
            .codec(Codecs.utf8()).create()) {
            for (int i = 0; i < WAITS_TO_WARM_UP; i++) {
                queue.put("warm");
                queue.get();
                // Ends with the look for the dead that a getter takes twenty times a second for ever: within minutes
                // the JVM compiles it, in the seconds that are measured it would interpret it.
                queue.poll(MOMENT);
            }
            FutureTask<String> got = new FutureTask<>(queue::get);
            Thread getter = new Thread(got, "blocked-getter");
            getter.start();
            Stop nobodyStops = new Stop();
            nobodyStops.await(plan.warmUp());
            long before = THREADS.getThreadCpuTime(getter.getId());
            long start = System.nanoTime();
            nobodyStops.await(plan.idleMeasurement());
            long nanos = THREADS.getThreadCpuTime(getter.getId()) - before;
            double percent = PER_CENT * nanos / (System.nanoTime() - start);
            checkThatItWaited(queue, got);
            return new Measurement(Map.of(Measurement.CPU_PERCENT, percent));
        }
    }

    private static void checkThatItWaited(SharedQueue<String> queue, FutureTask<String> got)
        throws InterruptedException {
        if (got.isDone()) {
            throw new IllegalStateException("the getter did not wait for an item: " + got);
        }
        queue.put("last");
        try {
            if (!got.get().equals("last")) {
                throw new IllegalStateException("item: actual '" + got.get() + "', expected 'last'");
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("the getter failed", e.getCause());
        }
    }
}
