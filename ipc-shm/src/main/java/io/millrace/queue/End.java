package io.millrace.queue;

import java.util.concurrent.atomic.AtomicBoolean;

/** One end of a queue's rings with all that a thread needs to use it; used by one thread at a time. */
abstract class End {
    private final AtomicBoolean busy = new AtomicBoolean(true);

    /** Whether the end is the calling thread's now, until it leaves. */
    final boolean tryEnter() {
        return !busy.getPlain() && busy.compareAndSet(false, true);
    }

    final void leave() {
        busy.setRelease(false);
    }

    /** Gives up the end; called by one that has entered, who never leaves. */
    abstract void close();
}
