package io.millrace.wait;

import java.util.concurrent.locks.LockSupport;

/**
 * Parks; the one for systems without a futex, and for virtual threads that nobody sleeps for. A raise does not wake it,
 * so it looks ever less often, down to once in about a millisecond.
 */
final class ParkingSleeper extends Sleeper {
    private static final int LONGEST_PARK_LOG2 = 20;
    private static final int SHORTEST_PARK_LOG2 = 13;

    /** Announces nothing: it would cost every raiser a wake-up call that wakes nobody. */
    @Override
    int announce() {
        return 0;
    }

    @Override
    void sleep(int announced, long nanos, int sleeps) {
        int log2 = Math.min(SHORTEST_PARK_LOG2 + sleeps, LONGEST_PARK_LOG2);
        LockSupport.parkNanos(this, Math.min(nanos, 1L << log2));
    }
}
