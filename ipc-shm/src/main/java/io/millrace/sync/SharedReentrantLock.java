package io.millrace.sync;

import io.millrace.atomic.ObjectLock;
import io.millrace.domain.SharedObject;
import io.millrace.domain.Sleepers;
import io.millrace.format.SegmentKind;
import io.millrace.wait.Signal;
import io.millrace.wait.Timeouts;
import io.millrace.wait.Waiter;
import java.io.IOException;
import java.io.NotSerializableException;
import java.io.ObjectStreamException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;

/**
 * A lock that processes share. It is held by a thread of a process, which may take it again and releases it as often;
 * other threads of that process do not hold it.
 *
 * <p><b>Who may call it:</b> any threads of any processes, each with a handle of its own or shared. There is no order
 * among those who wait.
 *
 * <p><b>Memory consistency effects:</b> what a holder did before it released the lock, or died, is visible to the next.
 *
 * <p><b>Close and death:</b> a holder that is killed loses the lock, which is <em>abandoned</em> then: see
 * {@link ObjectLock}. A holder that is paused keeps it. After {@link #close} every call throws
 * {@link IllegalStateException}, also those of threads that wait, but for {@link #unlock}: a thread that holds the lock
 * may still release it. A named lock stays until it is removed; an anonymous one vanishes with its last user.
 *
 * <p><b>Cost:</b> a CAS to take it and one to release it if nobody else wants it, nothing allocated; a plain store to
 * take it again. Waiting looks for a moment, then sleeps in the kernel; virtual threads park.
 */
public final class SharedReentrantLock implements ObjectLock, AutoCloseable, Serializable {
    static final SegmentKind KIND = new SegmentKind("reentrant-lock", 1, 1);

    private static final long serialVersionUID = 1;

    private final transient SharedObject object;
    private final transient LockWord word;
    private final transient Signal signal;
    private final transient int ownerId;
    /** Whether the object is this lock's own, and not a value's that has it too. */
    private final transient boolean alone;

    private SharedReentrantLock(SharedObject object, boolean alone) {
        this.object = object;
        this.alone = alone;
        this.word = new LockWord(object.lock());
        this.signal = new Signal(object.lock().slice(LockLayout.SIGNAL, Integer.BYTES));
        this.ownerId = object.owner().id();
        object.onClose(this::mustStay);
    }

    /** A new, anonymous one in the default domain. */
    public static SharedReentrantLock create() {
        return builder().create();
    }

    /** Makes or opens one with options. */
    public static SyncBuilder<SharedReentrantLock> builder() {
        return new SyncBuilder<>(KIND, SharedReentrantLock::over);
    }

    /** One that has an object of its own, and closes it. */
    static SharedReentrantLock over(SharedObject object) {
        return new SharedReentrantLock(object, true);
    }

    /**
     * The lock that an object has besides what else it is; for those who make handles on such objects, once for each.
     * It is closed with the object.
     */
    public static SharedReentrantLock of(SharedObject object) {
        return new SharedReentrantLock(object, false);
    }

    /** Its name in its domain; of the lock of a value, the value's. */
    public String name() {
        return object.name();
    }

    /** Waits until it holds the lock. An interrupt does not end that, and is kept for later. */
    @Override
    public void lock() {
        if (!tryTake()) {
            awaitUninterruptibly();
        }
    }

    @Override
    public void lockInterruptibly() throws InterruptedException {
        throwIfInterrupted();
        if (!tryTake()) {
            await(Timeouts.FOREVER);
        }
    }

    /**
     * Takes the lock if it is free, or its holder is dead; asks the kernel for that if another process holds it, at the
     * cost of a system call or two.
     */
    @Override
    public boolean tryLock() {
        return tryTake() || repair() && tryTake();
    }

    @Override
    public boolean tryLock(Duration timeout) throws InterruptedException {
        throwIfInterrupted();
        long nanos = Timeouts.nanos(timeout);
        return nanos > 0 ? tryTake() || await(nanos) : tryLock();
    }

    @Override
    public boolean tryLock(long time, TimeUnit unit) throws InterruptedException {
        return tryLock(Duration.of(time, unit.toChronoUnit()));
    }

    /**
     * Releases it once; also after {@link #close}.
     *
     * @throws IllegalMonitorStateException if the calling thread does not hold it
     */
    @Override
    public void unlock() {
        if (word.release(currentThread())) {
            wakeSleepers();
        }
    }

    /** Not there yet. */
    @Override
    public Condition newCondition() {
        throw new UnsupportedOperationException("a SharedReentrantLock has no conditions yet");
    }

    @Override
    public boolean wasAbandoned() {
        checkOpen();
        return word.isAbandoned();
    }

    @Override
    public void recovered() {
        checkOpen();
        word.recovered(currentThread());
    }

    @Override
    public boolean isLocked() {
        checkOpen();
        return LockWord.ownerOf(word.word()) != 0;
    }

    @Override
    public boolean isHeldByCurrentThread() {
        checkOpen();
        return word.isHeldBy(currentThread());
    }

    @Override
    public int holdCount() {
        return isHeldByCurrentThread() ? word.holds() : 0;
    }

    private long currentThread() {
        return LockWord.nameOf(ownerId, Thread.currentThread().getId());
    }

    private boolean tryTake() {
        checkOpen();
        long name = currentThread();
        if (!word.tryTake(name)) {
            return false;
        }
        // Behind the CAS: if this does not see that the handle is closed, whoever closes it sees the lock held.
        if (object.isClosed()) {
            unlock();
            throw closed();
        }
        return true;
    }

    private boolean await(long timeoutNanos) throws InterruptedException {
        return Waiter.blocking(signal, Sleepers.INSTANCE).await(this::tryTake, this::lookForTheDead, timeoutNanos);
    }

    private void awaitUninterruptibly() {
        boolean interrupted = false;
        boolean taken = false;
        try {
            while (!taken) {
                try {
                    taken = await(Timeouts.FOREVER);
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static void throwIfInterrupted() throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException("interrupted before it waited");
        }
    }

    private void lookForTheDead() {
        object.checkNotRemoved();
        repair();
    }

    private boolean repair() {
        boolean repaired = word.repair(object.owner());
        if (repaired) {
            wakeSleepers();
        }
        return repaired;
    }

    private void wakeSleepers() {
        if (signal.isAwaited()) {
            signal.raise();
        }
    }

    /** At the end of the object's use: the threads that wait by it learn of that; one that holds the lock keeps it. */
    private boolean mustStay() {
        signal.raise();
        return LockWord.ownerOf(word.word()) == ownerId;
    }

    private void checkOpen() {
        if (object.isClosed()) {
            throw closed();
        }
    }

    private static IllegalStateException closed() {
        return new IllegalStateException("the handle on the lock is closed");
    }

    /**
     * Removes it for all its users, and closes this handle. Whoever waits for it gets {@code ObjectRemovedException}
     * when its slice of sleep ends.
     *
     * @throws UnsupportedOperationException if it is the lock of a value
     */
    public void remove() {
        checkOpen();
        if (!alone) {
            throw new UnsupportedOperationException("the lock of " + name() + " is removed with it");
        }
        try {
            object.remove();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        close();
    }

    /**
     * Ends the use of this handle. Idempotent. The lock of a value is closed with the value; there this does nothing.
     */
    @Override
    public void close() {
        if (alone) {
            object.close();
        }
    }

    SharedObject object() {
        return object;
    }

    /** Whether anybody has announced that it sleeps until the lock is free. */
    boolean hasSleepers() {
        return signal.isAwaited();
    }

    /** In its place something travels that opens it where it arrives. */
    private Object writeReplace() throws ObjectStreamException {
        if (object.isClosed()) {
            throw new NotSerializableException(this + " cannot be sent");
        }
        return new LockHandle(object);
    }

    /** Says who holds it, and how often; of another thread, how often it did an instant ago. */
    @Override
    public String toString() {
        return "SharedReentrantLock[" + name() + ", " + (object.isClosed() ? "closed" : state()) + "]";
    }

    private String state() {
        long seen = word.word();
        int holder = LockWord.ownerOf(seen);
        String state = "free";
        if (holder != 0) {
            boolean mine = word.isHeldBy(currentThread());
            state = "held " + word.holds() + (word.holds() == 1 ? " time by " : " times by ")
                + (mine ? "this thread" : "thread " + LockWord.threadOf(seen) + " of "
                + (holder == ownerId ? "this process" : "owner " + holder));
        }
        return LockWord.isAbandoned(seen) ? state + ", abandoned" : state;
    }
}
