package io.millrace.wait;

import java.util.concurrent.Executor;

/** How one thread sleeps on a signal. */
abstract class Sleeper {
    /**
     * The best way that this system and the thread have, found out when it is used: loading what a sleep needs takes
     * time, and whoever never sleeps is to be spared it.
     *
     * @param platformThreads as in {@link Waiter#blocking(Signal, Executor)}, or null
     */
    static Sleeper on(Signal signal, Executor platformThreads) {
        return new BestSleeper(signal, platformThreads);
    }

    /** Says in the signal, if its raisers can wake this one, that somebody is about to sleep; returns its word. */
    abstract int announce();

    /**
     * Sleeps until the signal is raised, the thread is interrupted, {@code nanos} have passed, or earlier for no
     * reason. An interrupt stays set.
     *
     * @param announced what the announcement returned
     * @param nanos at least 1
     * @param sleeps how often the thread slept before in the same wait
     */
    abstract void sleep(int announced, long nanos, int sleeps);

    /** Chooses at each sleep, by the thread that sleeps, and makes what it needs at its first use. */
    private static final class BestSleeper extends Sleeper {
        private final Signal signal;
        private final Executor platformThreads;
        private Sleeper forPlatform;
        private Sleeper forVirtual;

        BestSleeper(Signal signal, Executor platformThreads) {
            this.signal = signal;
            this.platformThreads = platformThreads;
        }

        @Override
        int announce() {
            return choose().announce();
        }

        @Override
        void sleep(int announced, long nanos, int sleeps) {
            choose().sleep(announced, nanos, sleeps);
        }

        private Sleeper choose() {
            if (VirtualThreads.isCurrent()) {
                if (forVirtual == null) {
                    forVirtual = platformThreads != null && Futex.isAvailable()
                        ? new RepresentedSleeper(signal, platformThreads) : new ParkingSleeper();
                }
                return forVirtual;
            }
            if (forPlatform == null) {
                forPlatform = Futex.isAvailable() ? new FutexSleeper(signal) : new ParkingSleeper();
            }
            return forPlatform;
        }
    }
}
