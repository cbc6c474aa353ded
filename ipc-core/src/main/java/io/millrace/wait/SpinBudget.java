package io.millrace.wait;

/**
 * How long a thread that may sleep looks before it does, learnt from whether looking was of use.
 *
 * <p>To sleep and be woken costs both sides a system call, and on a virtual machine, whose processors stop when they
 * have nothing to do, tens of microseconds more. Who expects an answer within that time does better to look for it.
 * So a wait that ended while it looked allows the next one {@link #LONGEST_NANOS}, and each one that had to sleep
 * halves that. A thread that waits for rare events, or shares its processor with the one it waits for, therefore
 * spends next to nothing before it sleeps; but now and then it looks for the whole time once, because of two threads
 * that both sleep, neither would ever see how soon the other could answer. The figures are in
 * {@code docs/decisions/0006-look-before-sleeping.md}.
 */
final class SpinBudget {
    static final long LONGEST_NANOS = 50_000;
    static final long SHORTEST_NANOS = 2_000;
    static final int SLEEPS_PER_PROBE = 32;

    private long nanos = SHORTEST_NANOS;
    private int sleeps;

    long nanos() {
        return nanos;
    }

    void foundByLooking() {
        nanos = LONGEST_NANOS;
        sleeps = 0;
    }

    void slept() {
        sleeps++;
        nanos = sleeps % SLEEPS_PER_PROBE == 0 ? LONGEST_NANOS : Math.max(nanos / 2, SHORTEST_NANOS);
    }
}
