package io.millrace.ring;

import io.millrace.memory.Region;
import java.io.IOException;
import org.agrona.DirectBuffer;

/** A ring of any kind with one writing and one reading end: what the kinds have in common, for the common contracts. */
interface MessageRing extends AutoCloseable {
    boolean tryWrite(int type, byte[] source, int offset, int length);

    boolean tryWrite(int type, Region source, int offset, int length);

    boolean tryWrite(int type, DirectBuffer source, int offset, int length);

    /** The space that was claimed, or null. */
    Region tryClaim(int type, int length);

    void commit();

    void abort();

    int read(RecordHandler handler, int limit);

    void closeReader();

    int messageLengthMax();

    /** How many empty messages an empty ring takes. */
    int emptyMessagesMax();

    /** Lengths of records are multiples of it. */
    int recordAlignment();

    /** Everything that is in shared memory. */
    String dump();

    @Override
    void close() throws IOException;
}
