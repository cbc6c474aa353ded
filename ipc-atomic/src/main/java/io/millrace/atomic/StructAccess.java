package io.millrace.atomic;

import io.millrace.atomic.CellHome.CellObject;
import io.millrace.wait.Signal;
import io.millrace.wait.Timeouts;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * One handle's access to values of two buffers that have one signal: attempts until they succeed, and meanwhile the
 * look for a writer that is dead.
 */
final class StructAccess {
    private static final long ANY_VERSION = -1;

    private final CellObject object;
    private final int signalOffset;
    private final Signal signal;
    private volatile boolean closed;

    StructAccess(CellObject object, int signalOffset) {
        this.object = object;
        this.signalOffset = signalOffset;
        this.signal = new Signal(object.body().slice(signalOffset, Integer.BYTES));
    }

    private enum Outcome { DONE, BUSY, CHANGED }

    /** A copy of a value. */
    byte[] get(TwoBuffers buffers) {
        checkOpen();
        byte[] value = new byte[buffers.length()];
        buffers.read(value);
        return value;
    }

    /** Replaces a value; waits so long for other writers; whether it was replaced. */
    boolean set(TwoBuffers buffers, byte[] value, long timeoutNanos) throws InterruptedException {
        if (value.length != buffers.length()) {
            throw new IllegalArgumentException("length of a value: actual " + value.length + ", expected "
                + buffers.length());
        }
        return await(buffers, () -> tryWrite(buffers, value, ANY_VERSION) != Outcome.BUSY, timeoutNanos);
    }

    /** Replaces a value by what the function makes of a copy of it; the function may be called several times. */
    void update(TwoBuffers buffers, Consumer<? super ByteBuffer> function) throws InterruptedException {
        byte[] value = new byte[buffers.length()];
        Outcome outcome;
        do {
            checkOpen();
            long version = buffers.read(value);
            function.accept(buffer(value));
            Outcome[] last = {Outcome.BUSY};
            await(buffers, () -> (last[0] = tryWrite(buffers, value, version)) != Outcome.BUSY, Timeouts.FOREVER);
            outcome = last[0];
        } while (outcome == Outcome.CHANGED);
    }

    /** Makes an attempt until it succeeds or time is up. */
    boolean await(TwoBuffers buffers, BooleanSupplier attempt, long timeoutNanos) throws InterruptedException {
        boolean done = object.waiter(signal).await(attempt, () -> lookForTheDead(buffers), timeoutNanos);
        if (done || timeoutNanos > 0) {
            return done;
        }
        lookForTheDead(buffers); // who asks again and again, and never waits, is to learn of the dead as well
        return attempt.getAsBoolean();
    }

    private Outcome tryWrite(TwoBuffers buffers, byte[] value, long expectedVersion) {
        checkOpen();
        long claimed = buffers.tryClaim(object.owner());
        if (claimed == TwoBuffers.NONE) {
            return Outcome.BUSY;
        }
        boolean published = false;
        try {
            if (expectedVersion != ANY_VERSION && TwoBuffers.versionOf(claimed) != expectedVersion) {
                return Outcome.CHANGED;
            }
            buffers.fill(claimed, value);
            buffers.publish(claimed);
            published = true;
            return Outcome.DONE;
        } finally {
            if (!published) {
                buffers.giveUp(claimed);
            }
            changed();
        }
    }

    private void lookForTheDead(TwoBuffers buffers) {
        checkOpen();
        object.checkNotRemoved();
        if (buffers.repair(object.owner())) {
            changed();
        }
    }

    private void changed() {
        if (Signal.isAwaited(object.body(), signalOffset)) {
            signal.raise();
        }
    }

    /** What functions of the user get. */
    static ByteBuffer buffer(byte[] value) {
        return ByteBuffer.wrap(value).order(ByteOrder.nativeOrder());
    }

    void close() {
        closed = true;
        signal.raise();
    }

    void checkOpen() {
        if (closed) {
            throw new IllegalStateException("the handle on the struct is closed");
        }
    }
}
