package io.millrace.wait;

import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.spi.AbstractInterruptibleChannel;

/**
 * Wakes a thread out of the kernel when it is interrupted, which {@link Thread#interrupt} alone does not.
 *
 * <p>It is a channel because a thread that is interrupted while it is between {@code begin} and {@code end} of a
 * channel closes it, in the thread that interrupts; there is no other public way to be told. Nothing flows through
 * it. Closing it raises the signal: so the word changes, and a thread that was interrupted just before its system
 * call is refused by the kernel, which a mere wake-up call would miss. All other sleepers of the signal wake too, and
 * go back to sleep; interrupts are rare.
 *
 * <p>Belongs to one sleeper, which uses it for one sleep after the other until an interrupt has closed it.
 */
final class InterruptWake extends AbstractInterruptibleChannel {
    private final Signal signal;
    /** Guarded by this: a late interrupter must not touch a word whose mapping may be gone. */
    private boolean entered;

    InterruptWake(Signal signal) {
        this.signal = signal;
    }

    /** From here on an interrupt raises the signal; false if the thread is interrupted already. Then {@link #leave}. */
    boolean enter() {
        synchronized (this) {
            entered = true;
        }
        begin(); // outside of the lock: an interrupter holds a lock of the thread when it asks for ours
        return isOpen();
    }

    /** Ends what {@link #enter} began; returns whether this can be entered again. The interrupt stays set. */
    boolean leave() {
        synchronized (this) {
            entered = false;
        }
        try {
            end(true);
            return isOpen();
        } catch (ClosedByInterruptException e) {
            return false;
        } catch (ClosedChannelException e) {
            throw new AssertionError("closed by nobody", e);
        }
    }

    /** Called by the thread that interrupts, or by the sleeper itself. */
    @Override
    protected void implCloseChannel() {
        synchronized (this) {
            if (entered) {
                signal.raiseAndWakeAll();
            }
        }
    }
}
