package io.millrace.samples;

import io.millrace.atomic.SharedInt;
import io.millrace.process.JvmProcess;
import java.util.ArrayList;
import java.util.List;

/** Several children increment two counters: one in one step, the other by reading, adding and writing back. */
public final class CounterRace {
    private static final int CHILDREN = 4;
    private static final int TIMES = 200_000;

    private CounterRace() { }

    private static void race(SharedInt ready, SharedInt exact, SharedInt careless) throws InterruptedException {
        ready.incrementAndGet();
        ready.await(count -> count == CHILDREN, Python.seconds(300)); // so that they run at the same time
        for (int i = 0; i < TIMES; i++) {
            exact.incrementAndGet();
            careless.set(careless.get() + 1); // what Python's value.value += 1 does
        }
    }

    /** Takes no arguments. */
    public static void main(String[] arguments) throws InterruptedException {
        try (SharedInt ready = SharedInt.create(0); SharedInt exact = SharedInt.create(0);
            SharedInt careless = SharedInt.create(0)) {
            List<JvmProcess> children = new ArrayList<>();
            for (int i = 0; i < CHILDREN; i++) {
                children.add(JvmProcess.start(CounterRace::race, ready, exact, careless));
            }
            for (JvmProcess child : children) {
                child.join();
            }
            int expected = CHILDREN * TIMES;
            System.out.println("expected: " + expected);
            System.out.println("in one step: " + exact.get());
            System.out.println("read, add, write: " + careless.get() + ", lost: " + (expected - careless.get()));
        }
    }
}
