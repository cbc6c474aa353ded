package io.millrace.wait;

import io.millrace.memory.IntWord;
import io.millrace.memory.NativeAddress;
import io.millrace.memory.Region;
import java.util.concurrent.Executor;

/**
 * A word in shared memory by which threads of any process wake the sleepers of any other.
 *
 * <p>Whoever makes a change that others may be waiting for calls {@link #raise} after it; whoever waits does so with
 * {@link Waiter#blocking}. Raising costs a fence and a load while nobody sleeps, and a system call otherwise. To close
 * what others in this JVM may be waiting on, first make their attempts fail, then raise: that wakes them as any change
 * does.
 *
 * <p><b>Who may call it:</b> any number of threads and processes, each with a {@code Signal} of its own or shared.
 *
 * <p><b>Memory consistency effects:</b> what precedes a {@code raise} is visible to the attempt that a sleeper makes
 * after it was woken. A sleeper that announced itself before the change either sees the change or is woken.
 *
 * <p><b>Death:</b> a sleeper that dies costs the next {@code raise} one system call. A process that dies between its
 * change and the wake-up delays sleepers until their slice ends, see {@link Waiter#SLICE_NANOS}.
 *
 * <p><b>Close:</b> there is nothing to close. A sleeper keeps the mapping of the word alive until it is awake.
 */
public final class Signal {
    /*
     * The word is { sequence:31 | sleepers:1 }.
     *
     *   who       may change it                                    by
     *   sleeper   sleepers 0 -> 1                                  CAS, full fence; then it looks for the last time
     *   raiser    sleepers 1 -> 0 and sequence + 1, in one step    CAS, after its change and a full fence
     *
     * A sleeper goes to sleep only if the word is still the one it announced itself in: the kernel compares. A raiser
     * wakes all, so a woken sleeper that dies or is stopped takes nobody's wake-up away, and nobody is counted. What
     * is stale can only be the bit: it may be set with nobody asleep, which costs one needless system call.
     */
    private static final int SLEEPERS = 1;
    private static final int SEQUENCE_ONE = 2;

    private final Region region;
    private final IntWord word;
    private final Runnable wakeAll;
    private volatile NativeAddress address;
    /** Guarded by this. */
    private ProxySleeper proxySleeper;

    /**
     * A signal on a word that is zero at first.
     *
     * @param word 4 bytes at an address that is a multiple of 4
     * @throws IllegalArgumentException if the region is not that
     */
    public Signal(Region word) {
        this(word, null);
    }

    /** With another way to wake all sleepers than the kernel's. */
    Signal(Region word, Runnable wakeAll) {
        if (word.length() != Integer.BYTES) {
            throw new IllegalArgumentException(
                "length of a signal: actual " + word.length() + " bytes, expected " + Integer.BYTES);
        }
        this.region = word;
        this.word = word.intWord(0);
        this.wakeAll = wakeAll == null ? this::wakeAllByFutex : wakeAll;
    }

    /** Wakes whoever waits for the change that the caller has just made. */
    public void raise() {
        // SYNC sleep-or-signal ↔ Signal.announceSleeper: the change before this load; otherwise a sleeper could miss
        // the change and this thread the sleeper, who would sleep for a whole slice.
        Region.fullFence();
        int seen = word.getIntVolatile();
        // SYNC sleep-or-signal ↔ Signal.announceSleeper: a new sequence refuses whoever is about to sleep on the old
        // one; otherwise it would fall asleep just behind the wake-up. If the CAS fails, another raiser's came first:
        // that one wakes all who announced themselves before, and who does so after sees this thread's change too.
        if ((seen & SLEEPERS) != 0 && word.compareAndSetInt(seen, (seen & ~SLEEPERS) + SEQUENCE_ONE)) {
            wakeAll.run();
        }
    }

    /**
     * Whether {@link #raise} has anybody to wake who waits for a change that the caller has just made by a volatile
     * store, a CAS or a get-and-add, and who looks for it by volatile loads: such accesses have one order that
     * everybody agrees on, so that there is no need for the fence of {@code raise}. Costs a load.
     *
     * @param region what the word of the signal is in
     * @param offset of that word
     */
    public static boolean isAwaited(Region region, int offset) {
        // SYNC sleep-or-signal ↔ Signal.announceSleeper: the volatile change before this volatile load; otherwise the
        // sleeper's look could miss the change and this look the sleeper.
        return (region.getIntVolatile(offset) & SLEEPERS) != 0;
    }

    /** The same of this signal. */
    public boolean isAwaited() {
        return isAwaited(region, 0);
    }

    /**
     * {@link #raise} without the fence, for whoever raises after each of many small changes. A sleeper that announces
     * itself in the same instant may be missed, for as long as this processor keeps the change to itself; that is far
     * less than the {@link BlockingWaiter#SETTLING_NANOS} for which a waiter goes on looking then, but nothing promises
     * it: in the end the slice does.
     */
    public void raiseUnfenced() {
        IntWord here = word; // before the fence: behind it this object would be looked at once more, whether it is null
        // SYNC sleep-or-signal ↔ Signal.announceSleeper: in the compiled code the change comes before this load;
        // otherwise it could be put off for as long as a loop runs.
        Region.acquireFence();
        if ((here.getIntPlain() & SLEEPERS) != 0) {
            raise();
        }
    }

    /**
     * The same, for whoever may have been in the way of others for a while: only if somebody has announced himself, or
     * was woken, since then. Who slept before does not wait for this thread to get out of his way.
     *
     * @param before the {@link #word} before the caller was in the way
     */
    public void raiseUnfencedSince(int before) {
        // SYNC sleep-or-signal ↔ Signal.announceSleeper: the caller's way is free before this load;
        // otherwise one who looks just then could be missed by both.
        Region.acquireFence();
        if (word.getIntPlain() != before) {
            raise();
        }
    }

    /** Wakes all sleepers, also of a raiser that is held up between its CAS and its wake-up call. */
    void raiseAndWakeAll() {
        raise();
        wakeAll.run();
    }

    /** Sets the sleepers' bit, and returns the word to sleep on. The caller looks once more before it sleeps. */
    int announceSleeper() {
        while (true) {
            // SYNC sleep-or-signal ↔ Signal.raise: the newest word; otherwise the kernel would refuse an older one, and
            // the sleeper would look once more for nothing.
            int seen = word.getIntVolatile();
            int announced = seen | SLEEPERS;
            // SYNC sleep-or-signal ↔ Signal.raise: the bit in one step with the sequence it was set in; otherwise a
            // raiser's new sequence could be overwritten, and its wake-up lost.
            if (seen == announced || word.compareAndSetInt(seen, announced)) {
                // SYNC sleep-or-signal ↔ Signal.raise: the bit before the last look; otherwise both loads could come
                // before both stores. A CAS is no full fence in Java, and none on AArch64.
                Region.fullFence();
                return announced;
            }
        }
    }

    private void wakeAllByFutex() {
        if (Futex.isAvailable()) {
            Futex.wakeAll(address());
        }
    }

    /** The word; other than the one that somebody announced itself in if the signal was raised since. */
    public int word() {
        // SYNC sleep-or-signal ↔ Signal.raise: a word raised, after the change; otherwise the threads that are woken
        // because of it might not see what they were woken for.
        return word.getIntVolatile();
    }

    /** The one that sleeps for the virtual threads of this JVM; the first executor stays. */
    synchronized ProxySleeper proxySleeper(Executor platformThreads) {
        if (proxySleeper == null) {
            proxySleeper = new ProxySleeper(this, platformThreads);
        }
        return proxySleeper;
    }

    /** Where the word is, for the kernel. */
    NativeAddress address() {
        NativeAddress known = address;
        if (known == null) {
            known = region.address(0);
            address = known;
        }
        return known;
    }

    @Override
    public String toString() {
        // SYNC sleep-or-signal ↔ Signal.raise: any value will do, it is shown to people; otherwise, if read plainly,
        // a loop that shows it could show the same for ever.
        int seen = word.getIntVolatile();
        return "Signal[raised " + (seen >>> 1) + ", " + ((seen & SLEEPERS) != 0 ? "sleepers" : "no sleepers") + "]";
    }
}
