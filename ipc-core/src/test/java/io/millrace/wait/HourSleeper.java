package io.millrace.wait;

import java.util.concurrent.TimeUnit;

/** Sleeps as another does, but for an hour: a wake-up that gets lost is not made good by the end of a slice. */
class HourSleeper extends Sleeper {
    static final long NANOS = TimeUnit.HOURS.toNanos(1);

    private final Sleeper sleeper;

    HourSleeper(Sleeper sleeper) {
        this.sleeper = sleeper;
    }

    /** A waiter that sleeps in the kernel. */
    static Waiter waiter(Signal signal) {
        return new BlockingWaiter(signal, new HourSleeper(new FutexSleeper(signal)));
    }

    @Override
    int announce() {
        return sleeper.announce();
    }

    @Override
    void sleep(int announced, long nanos, int sleeps) {
        sleeper.sleep(announced, NANOS, sleeps);
    }
}
