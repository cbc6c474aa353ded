package io.millrace.wait;

import io.millrace.memory.NativeAddress;
import io.millrace.memory.Region;
import java.util.concurrent.locks.LockSupport;

/** How a thread sleeps on a signal: in the kernel where it can, else by parking for a while. */
abstract class Sleeper {
    static Sleeper on(Signal signal) {
        return Futex.isAvailable() ? new FutexSleeper(signal) : parking();
    }

    /** The one for systems without a futex; works everywhere. */
    static Sleeper parking() {
        return new ParkingSleeper();
    }

    /**
     * Sleeps until the signal is raised, {@code nanos} have passed, or earlier for no reason.
     *
     * @param announced what the signal's word was when the sleeper announced itself
     * @param nanos at least 1
     * @param sleeps how often the thread slept before in the same wait
     */
    abstract void sleep(int announced, long nanos, int sleeps);

    private static final class FutexSleeper extends Sleeper {
        private static final long NANOS_PER_SECOND = 1_000_000_000;

        private final Signal signal;
        // struct timespec { long seconds; long nanoseconds; }
        private final Region timespec = Region.allocate(2 * Long.BYTES);
        private final NativeAddress timespecAddress = timespec.address(0);

        FutexSleeper(Signal signal) {
            this.signal = signal;
        }

        @Override
        void sleep(int announced, long nanos, int sleeps) {
            timespec.putLongPlain(0, nanos / NANOS_PER_SECOND);
            timespec.putLongPlain(Long.BYTES, nanos % NANOS_PER_SECOND);
            Futex.sleep(signal.address(), announced, timespecAddress);
        }
    }

    /** Nobody can wake this one across processes, so it looks ever less often, down to once in about a millisecond. */
    private static final class ParkingSleeper extends Sleeper {
        private static final int LONGEST_PARK_LOG2 = 20;
        private static final int SHORTEST_PARK_LOG2 = 13;

        @Override
        void sleep(int announced, long nanos, int sleeps) {
            int log2 = Math.min(SHORTEST_PARK_LOG2 + sleeps, LONGEST_PARK_LOG2);
            LockSupport.parkNanos(Math.min(nanos, 1L << log2));
        }
    }
}
