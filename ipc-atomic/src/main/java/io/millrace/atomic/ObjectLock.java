package io.millrace.atomic;

import java.time.Duration;
import java.util.concurrent.locks.Lock;

/**
 * The lock of a shared object: for work of several steps, which nobody else is to see half done. Each object has one,
 * which is the same for all who have the object open. Nobody needs it for a single operation, and no operation asks for
 * it: it keeps out those who take it, too.
 *
 * <p>It is held by a thread of a process, which may take it again and has to release it as often. A thread that ends
 * without that leaves it held until its process ends, as any lock of Java's does.
 *
 * <p><b>Death:</b> a holder that is killed loses the lock: whoever waits gets it, a slice of 2 to 50 ms later. What it
 * guards may be half done then, so the lock is <em>abandoned</em>, which {@link #wasAbandoned} says to every
 * holder until one of them has put things right and calls {@link #recovered}. Whoever guards nothing that could be half
 * done needs neither.
 *
 * <pre>{@code
 * lock.lock();
 * try {
 *     if (lock.wasAbandoned()) {
 *         putThingsRight();
 *         lock.recovered();
 *     }
 *     …
 * } finally {
 *     lock.unlock();
 * }
 * }</pre>
 */
public interface ObjectLock extends Lock {
    /**
     * Waits so long until it holds the lock; whether it does. Zero or less: does not wait.
     *
     * @throws InterruptedException if the thread is interrupted before or while it waits
     */
    boolean tryLock(Duration timeout) throws InterruptedException;

    /**
     * Whether a holder has died and nobody has said since that what the lock guards is whole. Stays as it is while the
     * caller holds the lock.
     */
    boolean wasAbandoned();

    /**
     * Says that what the lock guards is whole. Without consequence if it was not abandoned.
     *
     * @throws IllegalMonitorStateException if the calling thread does not hold it
     */
    void recovered();

    /** Whether anybody holds it, dead or alive. */
    boolean isLocked();

    /** Whether the calling thread holds it. */
    boolean isHeldByCurrentThread();

    /** How often the calling thread holds it; 0: not at all. */
    int holdCount();
}
