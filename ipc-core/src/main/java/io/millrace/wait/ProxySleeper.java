package io.millrace.wait;

import java.util.HashSet;
import java.util.Iterator;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Sleeps on one signal in place of the virtual threads that wait for it. They park, and leave their carriers to others;
 * a virtual thread in a system call would hold its carrier, and there are no more carriers than processors.
 *
 * <p><b>Who may call it:</b> any virtual thread sleeps; the executor runs it.
 *
 * <p><b>Cost:</b> one platform thread per signal with virtual sleepers in this JVM, and for a moment after the last.
 */
final class ProxySleeper implements Runnable {
    /*
     * A virtual thread enters a place, which holds the word that it announced itself in, and parks. The proxy frees the
     * places whose word is no longer the signal's, and sleeps in the kernel on that word if any are left.
     *
     * A newcomer need not tell a proxy that is asleep. If it announced itself in the same word, the raise that wakes
     * the proxy is the one that it waits for. If in a later one, the word was raised meanwhile, and the proxy is
     * about to wake. (If the raiser died before its wake-up call, then the next raise wakes it, as it wakes all who
     * sleep on the word, whatever value they compared; until then the slices of the newcomers end by themselves.)
     *
     * A place is entered before the proxy looks at the word, or else finds the proxy about to look again: both hold the
     * lock. unpark() before park() is remembered. So no wake-up is lost between the two.
     */
    /** Its sleepers look for what nobody wakes them for by themselves, so the proxy need not. */
    private static final long KERNEL_SLEEP_NANOS = 10 * Waiter.SLICE_NANOS;

    /** Starting a thread takes longer than a message; so the proxy stays for a while when its last sleeper is gone. */
    private static final long LINGER_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private static final long LONGEST_UNREPRESENTED_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private final Signal signal;
    private final Executor platformThreads;
    private final ReentrantLock lock = new ReentrantLock(); // not a monitor: those pin virtual threads before JDK 24
    private final Condition entered = lock.newCondition();
    /** Guarded by the lock. */
    private final Set<Place> places = new HashSet<>();
    /** Guarded by the lock: the executor was asked, and the run has not ended. */
    private boolean running;

    ProxySleeper(Signal signal, Executor platformThreads) {
        this.signal = signal;
        this.platformThreads = platformThreads;
    }

    /** Where one thread is parked; compared by identity. */
    private static final class Place {
        private final Thread thread = Thread.currentThread();
        private final int announced;

        Place(int announced) {
            this.announced = announced;
        }
    }

    /** Parks the calling thread until the word is another, or as {@link Sleeper#sleep} says. */
    void sleep(int announced, long nanos) {
        Place place = new Place(announced);
        try {
            boolean represented = !enter(place) || start();
            LockSupport.parkNanos(this, represented ? nanos : Math.min(nanos, LONGEST_UNREPRESENTED_NANOS));
        } finally {
            leave(place);
        }
    }

    /** Returns whether the caller has to start the proxy. */
    private boolean enter(Place place) {
        lock.lock();
        try {
            places.add(place);
            entered.signal();
            boolean mustStart = !running;
            running = true;
            return mustStart;
        } finally {
            lock.unlock();
        }
    }

    private void leave(Place place) {
        lock.lock();
        try {
            places.remove(place);
        } finally {
            lock.unlock();
        }
    }

    /** False if the executor refuses. */
    private boolean start() {
        boolean started = false;
        try {
            platformThreads.execute(this);
            started = true;
        } catch (RejectedExecutionException e) {
            // It is shut down: who wanted to be represented backs off instead.
        } finally {
            if (!started) {
                abandon();
            }
        }
        return started;
    }

    /** For the executor only. */
    @Override
    public void run() {
        boolean ended = false;
        try {
            FutexTimeout timeout = new FutexTimeout();
            while (awaitSleepers()) {
                int word = signal.word();
                if (freeAllBut(word)) {
                    Futex.sleep(signal.address(), word, timeout.of(KERNEL_SLEEP_NANOS));
                }
            }
            ended = true;
        } finally {
            if (!ended) {
                abandon(); // by an error such as the lack of memory
            }
        }
    }

    /** Waits until somebody is parked; false, and the run is over, if nobody came. */
    private boolean awaitSleepers() {
        lock.lock();
        try {
            long nanos = LINGER_NANOS;
            while (places.isEmpty() && nanos > 0) {
                nanos = lingerFor(nanos);
            }
            // Who enters from here on finds a run, or starts one.
            running = !places.isEmpty();
            return running;
        } finally {
            lock.unlock();
        }
    }

    /** Returns what is left of the time. */
    private long lingerFor(long nanos) {
        try {
            return entered.awaitNanos(nanos);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the executor wants its thread back, and gets it if nobody needs it
            return 0;
        }
    }

    /** Gives the sleepers back to themselves; they try anew. */
    private void abandon() {
        lock.lock();
        try {
            running = false;
            places.forEach(place -> LockSupport.unpark(place.thread));
            places.clear();
        } finally {
            lock.unlock();
        }
    }

    /** Wakes all whose word is another; returns whether anybody is left. */
    private boolean freeAllBut(int word) {
        lock.lock();
        try {
            for (Iterator<Place> iterator = places.iterator(); iterator.hasNext();) {
                Place place = iterator.next();
                if (place.announced != word) {
                    iterator.remove();
                    LockSupport.unpark(place.thread);
                }
            }
            return !places.isEmpty();
        } finally {
            lock.unlock();
        }
    }
}
