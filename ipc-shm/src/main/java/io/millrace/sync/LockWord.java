package io.millrace.sync;

import io.millrace.memory.Region;
import io.millrace.ring.Owner;

/**
 * A reentrant lock in shared memory, without the waiting. The protocol, and what each death leaves, is in
 * {@code docs/protocols/reentrant-lock.md}.
 *
 * <pre>
 *   who       changes the word                           by
 *   taker     free → its own                             CAS; what is abandoned stays so
 *   holder    its own, abandoned → its own               CAS: it says that all is whole
 *   holder    its own → free                             CAS; what is abandoned stays so
 *   survivor  a dead one's → free, abandoned             CAS
 * </pre>
 *
 * <p>How often it is held is the holder's to know: a plain word that is written and read under the lock.
 */
final class LockWord {
    private static final long NOBODY = 0;
    private static final int OWNER_BITS = 26;
    private static final long OWNER_MASK = (1L << OWNER_BITS) - 1;
    private static final long ABANDONED = 1L << OWNER_BITS;
    private static final int THREAD_SHIFT = OWNER_BITS + 1;
    private static final long THREAD_MAX = (1L << Long.SIZE - THREAD_SHIFT) - 1;

    private final Region lock;

    /**
     * The lock in a region of that length.
     *
     * @throws IllegalArgumentException if it is of another
     */
    LockWord(Region lock) {
        if (lock.length() != LockLayout.LAYOUT.length()) {
            throw new IllegalArgumentException("length of a lock: actual " + lock.length() + ", expected "
                + LockLayout.LAYOUT.length());
        }
        this.lock = lock;
    }

    /**
     * The name of a thread of an owner.
     *
     * @throws IllegalStateException if it is not one of the first 2^37 threads of its JVM
     */
    static long nameOf(int ownerId, long thread) {
        if (thread < 0 || thread > THREAD_MAX) {
            throw new IllegalStateException("number of the thread: actual " + thread + ", expected at most "
                + THREAD_MAX + "; a lock has no room for more");
        }
        return thread << THREAD_SHIFT | ownerId;
    }

    /** One attempt of that thread to take the lock, or to take it once more. */
    boolean tryTake(long name) {
        long seen = word();
        long holder = seen & ~ABANDONED;
        if (holder == name) {
            lock.putIntPlain(LockLayout.HOLDS, Math.incrementExact(holds()));
            return true;
        }
        if (holder != NOBODY || !tryClaim(seen, name)) {
            return false;
        }
        lock.putIntPlain(LockLayout.HOLDS, 1);
        return true;
    }

    /** The CAS of whoever found the lock free. */
    boolean tryClaim(long free, long name) {
        // SYNC lock-word ↔ LockWord.tryFree: what the last holder did before what this one does, and of all who try
        // one succeeds; otherwise two would hold it, or one would find half of what was done.
        return lock.compareAndSetLong(LockLayout.HOLDER, free, free | name);
    }

    /**
     * Gives it back once; whether it is free now.
     *
     * @throws IllegalMonitorStateException if the thread does not hold it
     */
    boolean release(long name) {
        long held = checkHeld(name);
        int holds = holds();
        if (holds > 1) {
            lock.putIntPlain(LockLayout.HOLDS, holds - 1);
            return false;
        }
        if (!tryFree(held)) {
            checkHeld(name);
        }
        return true;
    }

    /** The CAS of whoever holds the lock; false if somebody took this living holder for dead. */
    boolean tryFree(long held) {
        // SYNC lock-word ↔ LockWord.tryClaim: all that the holder did before the word; otherwise the next one could
        // find half of it. Only if it is still the holder's word; otherwise that of another one would be ended.
        return lock.compareAndSetLong(LockLayout.HOLDER, held, held & ABANDONED);
    }

    /** Frees the lock of a holder that is dead, as an abandoned one; whether there was one. */
    boolean repair(Owner survivor) {
        long seen = word();
        int holder = ownerOf(seen);
        // SYNC lock-word ↔ LockWord.tryClaim: what the dead one did before what the next one does, and exactly its
        // word; otherwise the lock of one who took it meanwhile would be freed.
        return holder != NOBODY && holder != survivor.id() && survivor.isDead().test(holder)
            && lock.compareAndSetLong(LockLayout.HOLDER, seen, ABANDONED);
    }

    /**
     * Says that what the lock guards is whole.
     *
     * @throws IllegalMonitorStateException if the thread does not hold it
     */
    void recovered(long name) {
        checkHeld(name);
        // SYNC lock-word ↔ LockWord.tryClaim: nothing is ordered, only the holder's own word is changed; otherwise
        // that of another one would be.
        lock.compareAndSetLong(LockLayout.HOLDER, name | ABANDONED, name);
    }

    boolean isAbandoned() {
        return isAbandoned(word());
    }

    static boolean isAbandoned(long word) {
        return (word & ABANDONED) != 0;
    }

    boolean isHeldBy(long name) {
        return (word() & ~ABANDONED) == name;
    }

    /** The owner that a word names; 0: nobody. */
    static int ownerOf(long word) {
        return (int) (word & OWNER_MASK);
    }

    /** The number of the thread that a word names. */
    static long threadOf(long word) {
        return word >>> THREAD_SHIFT;
    }

    /** How often it is held: for the holder; for others the number may be of another instant. */
    int holds() {
        return lock.getIntPlain(LockLayout.HOLDS);
    }

    /** Who holds it, as it is now. */
    long word() {
        // SYNC lock-word ↔ LockWord.tryFree: the newest word; otherwise, if read plainly, a loop that looks could see
        // the same for ever, and one that closes its handle miss a thread that has just taken the lock.
        return lock.getLongVolatile(LockLayout.HOLDER);
    }

    private long checkHeld(long name) {
        long seen = word();
        if ((seen & ~ABANDONED) != name) {
            throw new IllegalMonitorStateException("the lock is not held by thread " + threadOf(name) + " of owner "
                + ownerOf(name) + ", but " + describe(seen));
        }
        return seen;
    }

    /** A word in words. */
    static String describe(long word) {
        String holder = ownerOf(word) == NOBODY ? "by nobody"
            : "by thread " + threadOf(word) + " of owner " + ownerOf(word);
        return isAbandoned(word) ? holder + ", abandoned" : holder;
    }
}
