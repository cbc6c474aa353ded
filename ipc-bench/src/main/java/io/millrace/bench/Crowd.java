package io.millrace.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;

/** The threads of one side that do the same, each at a link of its own, and what they have done so far. */
final class Crowd {
    // A cache line between two places, so that threads do not slow each other.
    private static final int STRIDE = 16;

    private final AtomicLongArray counts;
    private final AtomicLongArray threadIds;
    private final ExecutorService threads;
    private final CompletionService<Void> ended;
    private final List<Future<Void>> members = new ArrayList<>();

    /** What one member does, until it is interrupted. */
    interface Member {
        void run(int index, Crowd crowd) throws IOException, InterruptedException;
    }

    /** How far all members together were at one time. */
    record Moment(long nanoTime, long count, long allocatedBytes) { }

    Crowd(int size, Member member) {
        counts = new AtomicLongArray(size * STRIDE);
        threadIds = new AtomicLongArray(size);
        threads = Executors.newFixedThreadPool(size, task -> {
            Thread thread = new Thread(task, "crowd");
            thread.setDaemon(true); // a side that failed ends, whatever its members do
            return thread;
        });
        ended = new ExecutorCompletionService<>(threads);
        for (int i = 0; i < size; i++) {
            int index = i;
            members.add(ended.submit(() -> {
                threadIds.set(index, Thread.currentThread().getId());
                member.run(index, this);
                return null;
            }));
        }
    }

    /** Called by a member: how many messages it has had so far. */
    void count(int index, long count) {
        counts.setRelease(index * STRIDE, count);
    }

    Moment moment() {
        long count = 0;
        long allocated = 0;
        for (int i = 0; i < threadIds.length(); i++) {
            count += counts.getAcquire(i * STRIDE);
            long id = threadIds.get(i);
            allocated += id == 0 ? 0 : AllocatedBytes.of(id);
        }
        return new Moment(System.nanoTime(), count, allocated);
    }

    /** Lets the members work for so long. None of them ends by itself, unless it failed: then so does this. */
    void work(Duration time) throws IOException, InterruptedException {
        Future<Void> failed = ended.poll(time.toNanos(), TimeUnit.NANOSECONDS);
        if (failed != null) {
            join(failed);
        }
    }

    /** Interrupts the members and waits until they have ended. */
    void end() throws IOException, InterruptedException {
        threads.shutdownNow();
        for (Future<Void> member : members) {
            join(member);
        }
    }

    private static void join(Future<Void> member) throws IOException, InterruptedException {
        try {
            member.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IOException(e.getCause());
        }
    }
}
