package io.millrace.queue;

import io.millrace.wait.Waiter;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntSupplier;

/** One end of a queue's rings with all that a thread needs to use it; used by one thread at a time. */
abstract class End {
    private static final long NOBODY = 0;
    /**
     * How often in a row one who does not wait may try in vain until he looks for the dead; before that, less often.
     */
    private static final int TRIES_MAX = 64;

    /** The id of the thread that is at this end. */
    private final AtomicLong user = new AtomicLong(currentThread());
    private int triesInVain;

    /** Whether the end is the calling thread's now, until it leaves. */
    final boolean tryEnter() {
        return user.getPlain() == NOBODY && user.compareAndSet(NOBODY, currentThread());
    }

    final void leave() {
        user.setRelease(NOBODY);
    }

    /** Whether the calling thread is in the middle of an operation at this end. */
    final boolean isEntered() {
        return user.getPlain() == currentThread();
    }

    /**
     * Waits as the waiter does, and looks for the dead then; one who only tries, again and again, looks sometimes:
     * the less often the more often he tried, but at every 64th time.
     *
     * @return what the last attempt said
     */
    final int await(Waiter waiter, IntSupplier attempt, Runnable look, long timeoutNanos) throws InterruptedException {
        int achieved = waiter.await(attempt, look, timeoutNanos);
        if (achieved > 0) {
            triesInVain = 0;
        } else if (timeoutNanos <= 0 && isTimeToLook(++triesInVain)) {
            look.run();
            achieved = attempt.getAsInt();
        }
        return achieved;
    }

    private static boolean isTimeToLook(int tries) {
        return (tries & tries - 1) == 0 || tries % TRIES_MAX == 0;
    }

    private static long currentThread() {
        return Thread.currentThread().getId();
    }

    /** Gives up the end; called by one that has entered, who never leaves. */
    abstract void close();
}
