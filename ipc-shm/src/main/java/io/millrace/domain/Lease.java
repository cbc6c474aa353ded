package io.millrace.domain;

import java.io.IOException;

/**
 * Locks on single bytes of the lock file: the byte at offset = id belongs to the participant with that id.
 *
 * <p>A lease is exclusive. To look at that of another never disturbs it, nor others who look: a look asks for what a
 * shared lock asks for. Closed at most once; after that every call throws {@link IllegalStateException}. Any thread.
 */
abstract class Lease {
    /** Takes the byte of an id; false if somebody else has it. */
    abstract boolean tryTake(int id) throws IOException;

    /** Gives back the byte of an id that was taken. */
    abstract void release(int id) throws IOException;

    /** Whether another participant has the byte of that id. */
    abstract boolean isHeld(int id) throws IOException;

    /** Whether nobody else has the byte of any id; false also where that cannot be told. */
    abstract boolean isProvenAlone() throws IOException;

    /** Gives everything back, and closes the lock file. */
    abstract void close() throws IOException;
}
