package io.millrace.bench;

import io.millrace.codec.Codecs;
import io.millrace.queue.Delivery;
import io.millrace.queue.SharedQueue;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ThreadLocalRandom;

/** Scenario {@code recovery}: waits for an item that others have in their hands, kills them, and takes the time. */
final class Survivor {
    /** After so long a waiter looks for the dead as seldom as it ever does. */
    private static final Duration UNTIL_SELDOM = Duration.ofMillis(150);
    /** The time between two looks, over which the kills are spread. */
    private static final int SPREAD_MILLIS = 50;

    private final Path directory;
    private final Plan plan;
    private final Victim.Hands hands;

    Survivor(Path directory, Plan plan, Victim.Hands hands) {
        this.directory = directory;
        this.plan = plan;
        this.hands = hands;
    }

    Measurement measure() throws IOException, InterruptedException {
        Path domain = directory.resolve("domain");
        long[] nanos = new long[plan.kills()];
        try (SharedQueue<String> queue = SharedQueue.<String>builder().domain(domain).name(Victim.QUEUE)
            .codec(Codecs.utf8()).create()) {
            for (int i = 0; i < nanos.length; i++) {
                nanos[i] = survive(queue, domain, new TextPayload(Rows.SHORT_PAYLOAD_BYTES).text(i));
            }
        }
        Arrays.sort(nanos);
        Map<String, Double> figures = new LinkedHashMap<>();
        figures.put(Measurement.P50_NANOS, (double) nanos[nanos.length / 2]);
        figures.put(Measurement.MAX_NANOS, (double) nanos[nanos.length - 1]);
        return new Measurement(figures);
    }

    /** Nanoseconds from the kill to the return of the call that got the item. */
    private long survive(SharedQueue<String> queue, Path domain, String item)
        throws IOException, InterruptedException {
        if (hands == Victim.Hands.GETTING) {
            queue.put(item);
        }
        try (Victim victim = Victim.start(domain, hands)) {
            if (hands == Victim.Hands.PUTTING) {
                queue.put(item); // behind the claim
            }
            FutureTask<Arrival> arrival = new FutureTask<>(() -> new Arrival(queue.receive(), System.nanoTime()));
            Thread getter = new Thread(arrival, "survivor");
            getter.setDaemon(true);
            getter.start();
            new Stop().await(UNTIL_SELDOM.plusMillis(ThreadLocalRandom.current().nextInt(SPREAD_MILLIS)));
            if (arrival.isDone()) {
                throw new IllegalStateException("got what a living JVM had in its hands: " + arrival);
            }
            long kill = System.nanoTime();
            victim.kill();
            Arrival arrived = got(arrival);
            check(arrived.delivery, item);
            if (!queue.isEmpty()) {
                throw new IllegalStateException("items left after a kill: actual " + queue.size() + ", expected 0");
            }
            return arrived.nanoTime - kill;
        }
    }

    private void check(Delivery<String> delivery, String item) {
        int deliveries = hands == Victim.Hands.GETTING ? 1 : 0;
        if (!item.equals(delivery.item()) || delivery.deliveries() != deliveries) {
            throw new IllegalStateException(
                "after a kill: actual " + delivery + ", expected '" + item + "' with " + deliveries + " deliveries");
        }
    }

    private static Arrival got(FutureTask<Arrival> arrival) throws InterruptedException {
        try {
            return arrival.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("the survivor failed", e.getCause());
        }
    }

    private record Arrival(Delivery<String> delivery, long nanoTime) { }
}
