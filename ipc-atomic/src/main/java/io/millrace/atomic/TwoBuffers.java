package io.millrace.atomic;

import io.millrace.memory.Region;
import io.millrace.ring.Owner;

/**
 * A value of several words that is read whole: two buffers, of which one has the value, and one word that says which.
 * The protocol, and what each death leaves, is in {@code docs/protocols/two-buffers.md}.
 *
 * <pre>
 *   who       changes the state                        by
 *   writer    nobody's → its own                       CAS; then it fills the buffer without the value
 *   writer    its own → nobody's, version + 1, other   CAS: published
 *   writer    its own → nobody's                       CAS: given up
 *   survivor  a dead writer's → nobody's               CAS: given up for it
 * </pre>
 *
 * <p>Readers change nothing and wait for nobody: the buffer with the value is written by nobody until the version has
 * changed, and a reader that finds the version unchanged behind its copy has copied one value.
 */
final class TwoBuffers {
    /** In place of a claim: somebody else has it, or the version is another. */
    static final long NONE = 0;

    private static final int OWNER_BITS = 26;
    private static final long OWNER_MASK = (1L << OWNER_BITS) - 1;
    private static final long BUFFER_BIT = 1L << OWNER_BITS;
    private static final int VERSION_SHIFT = OWNER_BITS + 1;

    private final Region body;
    private final int state;
    private final int first;
    private final int second;
    private final int length;

    /** Over the body of a struct, whose length was checked. */
    TwoBuffers(Region body, int length) {
        this(body, StructLayout.STATE, (int) StructLayout.buffer(0, length), (int) StructLayout.buffer(1, length),
            length);
    }

    /** Where in a body the state and the two buffers are. */
    TwoBuffers(Region body, int state, int first, int second, int length) {
        this.body = body;
        this.state = state;
        this.first = first;
        this.second = second;
        this.length = length;
    }

    /** Bytes of the value. */
    int length() {
        return length;
    }

    /** Makes that the value, in a body that nobody else sees yet. */
    void initialise(byte[] value) {
        body.putBytes(first, value, 0, length);
    }

    /** Copies the value, whole; returns its version. */
    long read(byte[] target) {
        while (true) {
            long before = state();
            body.getBytes(bufferOf(before), target, 0, length);
            // SYNC two-buffers ↔ TwoBuffers.tryClaim: the bytes before the version; otherwise bytes of the writer
            // after the next one could pass for some of this version.
            Region.acquireFence();
            if (version(state()) == version(before)) {
                return version(before);
            }
        }
    }

    /** How often it was changed. */
    long version() {
        return version(state());
    }

    /**
     * One attempt to claim the buffer without the value; {@link #NONE} if somebody has it who is not known to be dead,
     * or somebody was faster.
     */
    long tryClaim(Owner owner) {
        long seen = state();
        if ((seen & OWNER_MASK) != 0) {
            return NONE;
        }
        long claimed = seen | owner.id();
        // SYNC two-buffers ↔ TwoBuffers.state: of all who claim, one gets it; otherwise two would write at once.
        if (!body.compareAndSetLong(state, seen, claimed)) {
            return NONE;
        }
        // SYNC two-buffers ↔ TwoBuffers.read: the claim, and the version before it, before the bytes; otherwise a
        // reader of the version before could take some of them for its own.
        Region.releaseFence();
        return claimed;
    }

    /** The version that a claim is to replace. */
    static long versionOf(long claimed) {
        return version(claimed);
    }

    /** Fills the claimed buffer. */
    void fill(long claimed, byte[] value) {
        body.putBytes(bufferOf(claimed ^ BUFFER_BIT), value, 0, length);
    }

    /**
     * Makes the claimed buffer the value.
     *
     * @throws IllegalStateException if somebody took this living writer for dead; the value was not changed
     */
    void publish(long claimed) {
        long published = ((claimed ^ BUFFER_BIT) & ~OWNER_MASK) + (1L << VERSION_SHIFT);
        // SYNC two-buffers ↔ TwoBuffers.state: the bytes before the version; otherwise a reader could copy old ones.
        if (!body.compareAndSetLong(state, claimed, published)) {
            throw new IllegalStateException("the claim of owner " + (claimed & OWNER_MASK)
                + " was given up by somebody who took it for dead; join again under a new id");
        }
    }

    /** Leaves the value as it is. */
    boolean giveUp(long claimed) {
        // SYNC two-buffers ↔ TwoBuffers.state: only if it is still that claim; otherwise a later one would be ended.
        return body.compareAndSetLong(state, claimed, claimed & ~OWNER_MASK);
    }

    /** Gives up the claim of a writer that is dead; whether there was one. */
    boolean repair(Owner owner) {
        long seen = state();
        int holder = (int) (seen & OWNER_MASK);
        return holder != 0 && holder != owner.id() && owner.isDead().test(holder) && giveUp(seen);
    }

    private long state() {
        // SYNC two-buffers ↔ TwoBuffers.publish: the version before its bytes; otherwise old bytes could be copied.
        return body.getLongVolatile(state);
    }

    private int bufferOf(long seen) {
        return (seen & BUFFER_BIT) == 0 ? first : second;
    }

    private static long version(long seen) {
        return seen >>> VERSION_SHIFT;
    }

    /** Who writes; 0: nobody. For those who look from outside. */
    int writer() {
        return (int) (state() & OWNER_MASK);
    }
}
