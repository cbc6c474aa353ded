package io.millrace.sync;

import io.millrace.domain.SharedObject;
import io.millrace.memory.Region;
import io.millrace.testing.ParentJvm;
import io.millrace.value.SharedMemory;
import java.nio.file.Path;

/** Another JVM that takes the lock and stops at a point, or adds under it until it is killed. */
final class LockChild {
    static final String LOCK = "guard";
    static final String NUMBERS = "numbers";

    private static final ParentJvm PARENT = new ParentJvm();

    /** Where it stops, and what the one who comes next finds. */
    enum Point {
        AFTER_CLAIM(true), HELD(true), HELD_TWICE(true), RELEASED_ONCE(true), RECOVERED(true), FREED(false);

        /** Whether the lock is held there. */
        final boolean isHeld;

        Point(boolean isHeld) {
            this.isHeld = isHeld;
        }
    }

    private LockChild() { }

    /** Arguments: the domain, and the point, or {@code repair}, or {@code on}. */
    public static void main(String[] arguments) throws Exception {
        Path domain = Path.of(arguments[0]);
        try (SharedReentrantLock lock = SharedReentrantLock.builder().domain(domain).name(LOCK).open()) {
            switch (arguments[1]) {
                case "repair" -> repair(lock.object());
                case "on" -> addForEver(domain, lock);
                default -> stop(lock, Point.valueOf(arguments[1]));
            }
        }
    }

    /** Repairs the lock of a dead holder, wakes nobody, and stops. */
    private static void repair(SharedObject object) {
        LockWord word = new LockWord(object.lock());
        while (!word.repair(object.owner())) {
            Thread.onSpinWait();
        }
        PARENT.stopAt("repaired");
    }

    private static void stop(SharedReentrantLock lock, Point point) {
        LockWord word = new LockWord(lock.object().lock());
        long name = LockWord.nameOf(lock.object().owner().id(), Thread.currentThread().getId());
        if (point == Point.AFTER_CLAIM) {
            word.tryClaim(word.word(), name);
            PARENT.stopAt(point.name());
        }
        lock.lock();
        stopAt(point, Point.HELD);
        lock.lock();
        stopAt(point, Point.HELD_TWICE);
        lock.unlock();
        stopAt(point, Point.RELEASED_ONCE);
        lock.recovered();
        stopAt(point, Point.RECOVERED);
        word.tryFree(word.word()); // and wakes nobody
        stopAt(point, Point.FREED);
        PARENT.stopAt("finished");
    }

    private static void stopAt(Point point, Point here) {
        if (point == here) {
            PARENT.stopAt(here.name());
        }
    }

    private static void addForEver(Path domain, SharedReentrantLock lock) {
        try (SharedMemory memory = SharedMemory.builder().domain(domain).name(NUMBERS).open()) {
            Region numbers = memory.region();
            PARENT.say("adding");
            while (true) {
                lock.lock();
                try {
                    add(lock, numbers);
                } finally {
                    lock.unlock();
                }
            }
        }
    }

    /** Adds 1 to two numbers, which are equal for whoever holds the lock; by one who holds it. */
    static void add(SharedReentrantLock lock, Region numbers) {
        long first = numbers.getLongPlain(0);
        if (lock.wasAbandoned()) {
            numbers.putLongPlain(Long.BYTES, first);
            lock.recovered();
        } else if (first != numbers.getLongPlain(Long.BYTES)) {
            throw new AssertionError("half of an addition, and nobody told");
        }
        numbers.putLongPlain(0, first + 1);
        Thread.onSpinWait();
        numbers.putLongPlain(Long.BYTES, first + 1);
    }
}
