package io.millrace.ring;

/**
 * Shared memory holds a word that no participant following the protocol can have written. Nothing was consumed or
 * written; every further attempt meets the same word. Close the ring and create a new one.
 */
public final class CorruptRecordException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    CorruptRecordException(String word, long position, String actual, String expected) {
        super(word + " at position " + position + ": actual " + actual + ", expected " + expected
            + "; the ring is damaged, create it again");
    }

    private CorruptRecordException(String message) {
        super(message);
    }

    /** The rings of a chain have ever greater ids: one that has not leads back into the chain, or nowhere. */
    static CorruptRecordException follower(int ring, int next) {
        return new CorruptRecordException("ring that follows ring " + ring + " of a chain: actual " + next
            + ", expected a greater id; the chain is damaged, create it again");
    }

    /** Records never take the last word of the space, so a chain that fills a lap leads back into itself. */
    static CorruptRecordException endlessChain(long start, long position, int capacity) {
        return new CorruptRecordException("chain of records from " + start, position,
            "a whole lap", "an end within " + capacity + " bytes");
    }
}
