package io.millrace.pipe;

import io.millrace.memory.Region;
import io.millrace.wait.Waiter;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Lets one thread of this JVM at a time send by a handle. As long as it is always the same thread, that costs it two
 * plain stores and two loads; the first other thread that comes, or closes, turns the guard into a lock, for ever.
 *
 * <p>How that one knows that the first thread is not inside: it says that the guard is shared, and then asks the JVM
 * for the first thread's stack, which the JVM tells of a thread that has stopped at a safepoint. There is none between
 * saying "busy" and looking whether the guard is shared. So the first thread either has said that it is inside, and
 * that can be seen now, or will see that the guard is shared.
 */
final class SenderGuard {
    /** Another one once a thread has ended that had it. */
    private volatile OwnedLock lock = new OwnedLock();
    /** Written once. */
    private Thread first;
    /** Whether the first thread is inside; written by it. */
    private boolean busy;
    private volatile boolean shared;

    /**
     * Enters, if that can be done in time: within twice of it, if the first thread has to be waited for. If a thread
     * has ended inside, the attempt after this one finds that.
     *
     * @throws InterruptedException if the thread is interrupted while it waits; it has not entered
     * @throws IllegalStateException if the thread is inside
     */
    boolean enter(long timeoutNanos) throws InterruptedException {
        return enterAsFirst() || enterShared(Thread.currentThread(), timeoutNanos);
    }

    /** Enters if the thread is the first, and the only one so far, and not inside. */
    boolean enterAsFirst() {
        if (first != Thread.currentThread() || busy) {
            return false;
        }
        busy = true;
        // SYNC sender-guard ↔ SenderGuard.isLeftByFirst: in the compiled code that it is inside comes before this look;
        // otherwise another thread could find it outside, which goes on inside.
        Region.acquireFence();
        if (shared) {
            leaveAsFirst();
            return false;
        }
        return true;
    }

    private void leaveAsFirst() {
        // SYNC sender-guard ↔ SenderGuard.isLeftByFirst: what it did before that it is outside; otherwise the next one
        // would go on from a place before.
        Region.releaseFence();
        busy = false;
    }

    /** From now on the first thread enters as any other does, too. */
    synchronized void share() {
        if (!shared) {
            shared = true;
            if (first != null) {
                first.getStackTrace(); // see the class comment
            }
        }
    }

    void leave() {
        // Not "busy" alone: the first thread says that, too, for a moment, until it sees that the guard is shared.
        if (isInsideAsFirst()) {
            leaveAsFirst();
        } else {
            lock.unlock();
        }
    }

    /** Whether the calling thread is inside. */
    boolean isInside() {
        return isInsideAsFirst() || lock.isHeldByCurrentThread();
    }

    private boolean isInsideAsFirst() {
        return first == Thread.currentThread() && busy;
    }

    private boolean enterShared(Thread current, long timeoutNanos) throws InterruptedException {
        if (isInside()) {
            throw new IllegalStateException("this thread has a claim or a writer of this handle open; close it first");
        }
        synchronized (this) {
            if (first == null && !shared) {
                first = current;
                busy = true;
                return true;
            }
            share();
        }
        if (!Waiter.backingOff().await(this::isLeftByFirst, timeoutNanos)) {
            return false;
        }
        OwnedLock tried = lock;
        if (timeoutNanos <= 0 ? tried.tryLock() : tried.tryLock(timeoutNanos, TimeUnit.NANOSECONDS)) {
            return true;
        }
        replaceIfAbandoned(tried);
        return false;
    }

    /** So that the next attempt of each does not wait for a thread that has ended inside. */
    private synchronized void replaceIfAbandoned(OwnedLock tried) {
        Thread owner = tried.getOwner();
        if (lock == tried && owner != null && !owner.isAlive()) {
            lock = new OwnedLock();
        }
    }

    private static final class OwnedLock extends ReentrantLock {
        private static final long serialVersionUID = 1;

        @Override
        protected Thread getOwner() {
            return super.getOwner();
        }
    }

    private boolean isLeftByFirst() {
        boolean left = !busy || !first.isAlive();
        // SYNC sender-guard ↔ SenderGuard.leaveAsFirst: before what this thread does inside, and anew at each look;
        // otherwise it would go on from a place before, or look for ever.
        Region.acquireFence();
        return left;
    }
}
