package io.millrace.wait;

import io.millrace.memory.Region;
import io.millrace.testing.Background;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/**
 * Two sides that answer each other, each asleep until the other has answered. A wake-up that got lost would
 * cost a whole slice; many of them would take minutes.
 */
final class PingPong {
    static final int LENGTH = 512;

    private static final int[] COUNTERS = {0, 128};
    private static final int[] SIGNALS = {256, 384};

    private final Region shared;
    private final int side;
    private final Signal own;
    private final Signal other;
    private final Waiter waiter;

    PingPong(Region shared, int side) {
        this(shared, side, Waiter::blocking);
    }

    PingPong(Region shared, int side, Function<Signal, Waiter> waiters) {
        this.shared = shared;
        this.side = side;
        this.own = new Signal(shared.slice(SIGNALS[side], Integer.BYTES));
        this.other = new Signal(shared.slice(SIGNALS[1 - side], Integer.BYTES));
        this.waiter = waiters.apply(own);
    }

    static void playBetweenThreads(int rounds) throws Exception {
        Region shared = Region.allocate(LENGTH);
        try (Background<Boolean> answers = Background.start(() -> new PingPong(shared, 1).play(rounds))) {
            new PingPong(shared, 0).play(rounds);
            answers.result();
        }
    }

    /** Side 0 begins each round, side 1 ends it. Always true. */
    boolean play(int rounds) throws InterruptedException {
        for (int round = 1; round <= rounds; round++) {
            if (side == 0) {
                say(round);
                awaitAnswer(round);
            } else {
                awaitAnswer(round);
                say(round);
            }
        }
        return true;
    }

    private void say(int round) {
        shared.putIntRelease(COUNTERS[side], round);
        other.raise();
    }

    private void awaitAnswer(int round) throws InterruptedException {
        BooleanSupplier answered = () -> shared.getIntAcquire(COUNTERS[1 - side]) == round;
        waiter.await(answered, Timeouts.FOREVER);
    }
}
