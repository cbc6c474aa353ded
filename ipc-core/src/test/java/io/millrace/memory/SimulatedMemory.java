package io.millrace.memory;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.function.LongSupplier;

/**
 * Memory whose every access is a step of the simulator: the code under test runs over {@link #region} as it runs over a
 * mapping.
 *
 * <p>An actor has no thread. To make its next step it is run again from its beginning: the accesses it has made get the
 * results they had, the next one happens, and the one after that suspends it by an exception. The code must do
 * the same each time that it reads the same, which code without clocks and threads does.
 */
public final class SimulatedMemory {
    /** Ends a run at the access that is not to happen yet. */
    public static final class Suspended extends Error {
        private static final long serialVersionUID = 1L;
        private static final Suspended INSTANCE = new Suspended();

        private Suspended() {
            super("suspended", null, false, false);
        }
    }

    /** Decides, for negative controls, which stores of a long get lost. */
    public interface Fault {
        /** No store gets lost. */
        Fault NONE = (offset, value) -> false;

        /** Whether this store gets lost. */
        boolean loses(int offset, long value);
    }

    private final Fault fault;
    private ByteBuffer bytes;
    private long[] results;
    private int made;
    private int known;
    private boolean stepping;
    private boolean suspended;

    /** Zeroed memory. */
    public SimulatedMemory(int length, Fault fault) {
        this.fault = fault;
        this.bytes = ByteBuffer.allocate(length).order(ByteOrder.nativeOrder());
    }

    /** The region over all of it. */
    public Region region() {
        return new SimulatedRegion(this);
    }

    /** A copy of the contents. */
    public byte[] contents() {
        return bytes.array().clone();
    }

    /** Makes accesses happen at once, on the given contents: for what comes before and after a search. */
    public void direct(byte[] contents) {
        load(contents);
        stepping = false;
        suspended = false;
    }

    /**
     * Makes one more step of an actor on the given contents.
     *
     * @param history the results of its accesses so far
     * @return its history with the new one, or the same if it made no further access
     */
    public long[] step(byte[] contents, long[] history, Runnable actor) {
        load(contents);
        results = Arrays.copyOf(history, history.length + 1);
        known = history.length;
        made = 0;
        stepping = true;
        suspended = false;
        try {
            actor.run();
        } catch (Suspended e) {
            // As was to be expected of an actor with more to do.
        } finally {
            stepping = false;
        }
        return made > known ? results : history;
    }

    /** Whether the last step ended before a further access: the actor has not finished. */
    public boolean isSuspended() {
        return suspended;
    }

    private void load(byte[] contents) {
        bytes = ByteBuffer.wrap(contents.clone()).order(ByteOrder.nativeOrder());
    }

    long access(LongSupplier effect) {
        if (!stepping) {
            return effect.getAsLong();
        }
        if (suspended || made > known) {
            suspended = true; // and stays so through the finally blocks on the way out
            throw Suspended.INSTANCE;
        }
        if (made < known) {
            return results[made++];
        }
        results[made++] = effect.getAsLong();
        return results[known];
    }

    boolean loses(int offset, long value) {
        return fault.loses(offset, value);
    }

    ByteBuffer bytes() {
        return bytes;
    }
}
