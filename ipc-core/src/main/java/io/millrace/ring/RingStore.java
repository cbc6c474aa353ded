package io.millrace.ring;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Where the rings of a chain are; what they are called is the store's business. */
interface RingStore {
    /** Makes a ring that others find from now on, complete; null if there is no room for it. */
    MpmcRing create(int id, MpmcGeometry geometry, int creator) throws IOException;

    /** A ring that was made, or null if it was removed. */
    MpmcRing open(int id) throws IOException;

    /** Others do not find the ring any more; whoever has it open keeps it. Does nothing if it was removed before. */
    void remove(int id) throws IOException;

    /** A ring that the chain needs is not there. */
    static UncheckedIOException missing(int id) {
        return new UncheckedIOException(new FileNotFoundException("ring " + id + " of a chain is missing; the chain was"
            + " removed, or its file by something else"));
    }
}
