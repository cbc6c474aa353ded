package io.millrace.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** Kills processes that have no answer in time. */
final class Watchdog {
    /** Far more than a JVM takes to start, so that only one that hangs meets it. */
    static final Duration TIME_TO_START = Duration.ofSeconds(30);

    private static final ScheduledExecutorService TIMER = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "watch-peers");
        thread.setDaemon(true);
        return thread;
    });

    private Watchdog() { }

    /** What waits for processes. */
    interface Task<T> {
        T run() throws IOException, InterruptedException;
    }

    /** Runs a task that waits for these processes. */
    static <T> T watch(List<PeerProcess> peers, Duration limit, Task<T> task)
        throws IOException, InterruptedException {
        ScheduledFuture<?> kill =
            TIMER.schedule(() -> peers.forEach(PeerProcess::kill), limit.toNanos(), TimeUnit.NANOSECONDS);
        try {
            return task.run();
        } catch (IOException e) {
            throw kill.isDone() ? new IOException("no answer within " + limit.toSeconds() + " s", e) : e;
        } finally {
            kill.cancel(false);
        }
    }
}
