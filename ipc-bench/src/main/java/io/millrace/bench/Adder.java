package io.millrace.bench;

import io.millrace.atomic.SharedLongArray;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** One side of scenario {@code contended-add}: adds as fast as it can. */
final class Adder {
    private static final int ADDS_PER_LOOK = 1024;
    /** Both go on for so long behind the measurement, so that nobody measures alone. */
    private static final Duration TAIL = Duration.ofMillis(100);
    private static final Duration PATIENCE = Watchdog.TIME_TO_START;

    private static final int SIDES_READY = 0;
    private static final int SIDES_DONE = 1;
    private static final int ADDED = 2;
    private static final int CELLS = 3;

    private final AddSubject subject;
    private final Path domain;
    private final Plan plan;
    private final int sides;

    Adder(AddSubject subject, Path directory, Plan plan, int sides) {
        this.subject = subject;
        this.domain = directory.resolve("domain");
        this.plan = plan;
        this.sides = sides;
    }

    /** Makes what the sides share, unless it is there. */
    SharedLongArray meet() {
        return SharedLongArray.builder(CELLS).padded().domain(domain).name("meeting").createOrOpen();
    }

    /** Waits for all sides, adds, and checks the sum. */
    Measurement measure() throws InterruptedException {
        try (SharedLongArray meeting = meet(); AddSubject.Target target = subject.target(domain)) {
            await(meeting, SIDES_READY);
            long added = add(target, plan.warmUp());
            long bytes = AllocatedBytes.ofThisThread();
            long start = System.nanoTime();
            long measured = add(target, plan.measurement());
            double rate = measured * 1e9 / (System.nanoTime() - start);
            bytes = AllocatedBytes.ofThisThread() - bytes;
            added += measured + add(target, TAIL);
            meeting.getAndAdd(ADDED, added);
            await(meeting, SIDES_DONE);
            if (target.sum() != meeting.get(ADDED)) {
                throw new IllegalStateException("sum: actual " + target.sum() + ", expected " + meeting.get(ADDED));
            }
            return new Measurement(Map.of(Measurement.MESSAGES_PER_SECOND, rate))
                .plus(AllocatedBytes.perMessage(bytes, measured));
        }
    }

    private void await(SharedLongArray meeting, int cell) throws InterruptedException {
        meeting.incrementAndGet(cell);
        if (!meeting.await(cell, count -> count >= sides, PATIENCE)) {
            throw new IllegalStateException("the other side did not come");
        }
    }

    private static long add(AddSubject.Target target, Duration time) {
        long end = System.nanoTime() + time.toNanos();
        long added = 0;
        do {
            target.add(ADDS_PER_LOOK);
            added += ADDS_PER_LOOK;
        } while (System.nanoTime() < end);
        return added;
    }
}
