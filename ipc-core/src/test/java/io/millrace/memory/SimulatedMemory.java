package io.millrace.memory;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.function.LongSupplier;

/**
 * Memory whose accesses are the steps of the simulator: the code under test runs over {@link #region} as it runs over a
 * mapping.
 *
 * <p>An actor has no thread. To make its next step it is run again from its beginning: the accesses it has made get the
 * results they had, the next one happens, and the one after that suspends it by an exception. The code must do
 * the same each time that it reads the same, which code without clocks and threads does.
 *
 * <p>With {@link Grain#ORDERED}, plain accesses belong to the step of the ordered access before them. Where the
 * protocol is right nobody else touches those bytes meanwhile, and there are far fewer orders to search.
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

    /** What a step is. */
    public enum Grain {
        /** Every access. */
        EVERY,
        /** An ordered access, and the plain ones that follow it. */
        ORDERED
    }

    /** Decides, for negative controls, which stores of a long get lost. */
    public interface Fault {
        /** No store gets lost. */
        Fault NONE = (offset, value) -> false;

        /** Whether this store gets lost. */
        boolean loses(int offset, long value);
    }

    private final Grain grain;
    private final Fault fault;
    private ByteBuffer bytes;
    private long[] results;
    private int made;
    private int known;
    private boolean stepping;
    private boolean stepped;
    private boolean suspended;
    private int checkpoint;
    private long checkpointState;

    /** Zeroed memory in which every access is a step. */
    public SimulatedMemory(int length, Fault fault) {
        this(length, fault, Grain.EVERY);
    }

    /** Zeroed memory. */
    public SimulatedMemory(int length, Fault fault, Grain grain) {
        this.grain = grain;
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
        results = Arrays.copyOf(history, history.length + 4);
        known = history.length;
        made = 0;
        checkpoint = 0;
        checkpointState = 0;
        stepping = true;
        stepped = false;
        suspended = false;
        try {
            actor.run();
        } catch (Suspended e) {
            // As was to be expected of an actor with more to do.
        } finally {
            stepping = false;
        }
        return made > known ? Arrays.copyOf(results, made) : history;
    }

    /**
     * Told by an actor: what it does from here on depends on its reports, on the given value and on what it reads from
     * here on, and on nothing that it read before.
     */
    public void checkpoint(long state) {
        if (stepping && !suspended) {
            checkpoint = made;
            checkpointState = state;
        }
    }

    /** How many results of the actor that made the last step came before its last checkpoint. */
    public int resultsBeforeCheckpoint() {
        return checkpoint;
    }

    /** What the actor that made the last step told at its last checkpoint. */
    public long checkpointState() {
        return checkpointState;
    }

    /** Whether the last step ended before a further access: the actor has not finished. */
    public boolean isSuspended() {
        return suspended;
    }

    private void load(byte[] contents) {
        bytes = ByteBuffer.wrap(contents.clone()).order(ByteOrder.nativeOrder());
    }

    /** A load, a store or another operation that orders others. */
    long access(LongSupplier effect) {
        return access(true, effect);
    }

    /** A load or a store that orders nothing. */
    long plainAccess(LongSupplier effect) {
        return access(grain == Grain.EVERY, effect);
    }

    private long access(boolean isStep, LongSupplier effect) {
        if (!stepping) {
            return effect.getAsLong();
        }
        if (suspended || (isStep && stepped && made >= known)) {
            suspended = true; // and stays so through the finally blocks on the way out
            throw Suspended.INSTANCE;
        }
        if (made < known) {
            return results[made++];
        }
        stepped |= isStep;
        if (made == results.length) {
            results = Arrays.copyOf(results, 2 * made);
        }
        long result = effect.getAsLong();
        results[made++] = result;
        return result;
    }

    boolean loses(int offset, long value) {
        return fault.loses(offset, value);
    }

    ByteBuffer bytes() {
        return bytes;
    }
}
