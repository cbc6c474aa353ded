package io.millrace.samples;

import io.millrace.atomic.ObjectLock;
import io.millrace.atomic.SharedInt;
import io.millrace.process.JvmProcess;
import java.util.ArrayList;
import java.util.List;

/**
 * Several children increment three counters: one in one step, the others by reading, adding and writing back, of which
 * one under its lock.
 */
public final class CounterRace {
    private static final int CHILDREN = 4;
    private static final int TIMES = 200_000;

    private CounterRace() { }

    private static void race(SharedInt ready, SharedInt exact, SharedInt locked, SharedInt careless)
        throws InterruptedException {
        ObjectLock lock = locked.lock();
        ready.incrementAndGet();
        ready.await(count -> count == CHILDREN, Python.seconds(300)); // so that they run at the same time
        for (int i = 0; i < TIMES; i++) {
            exact.incrementAndGet();
            lock.lock(); // with value.get_lock(): value.value += 1
            try {
                locked.set(locked.get() + 1);
            } finally {
                lock.unlock();
            }
            careless.set(careless.get() + 1); // what Python's value.value += 1 does
        }
    }

    /** Takes no arguments. */
    public static void main(String[] arguments) throws InterruptedException {
        try (SharedInt ready = SharedInt.create(0); SharedInt exact = SharedInt.create(0);
            SharedInt locked = SharedInt.create(0); SharedInt careless = SharedInt.create(0)) {
            List<JvmProcess> children = new ArrayList<>();
            for (int i = 0; i < CHILDREN; i++) {
                children.add(JvmProcess.start(() -> race(ready, exact, locked, careless)));
            }
            for (JvmProcess child : children) {
                child.join();
            }
            int expected = CHILDREN * TIMES;
            System.out.println("expected: " + expected);
            System.out.println("in one step: " + exact.get());
            System.out.println("under the lock: " + locked.get());
            System.out.println("read, add, write: " + careless.get() + ", lost: " + (expected - careless.get()));
        }
    }
}
