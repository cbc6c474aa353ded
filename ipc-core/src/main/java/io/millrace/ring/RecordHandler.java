package io.millrace.ring;

import io.millrace.memory.Region;

/** Receives the records of a ring, one at a time. */
@FunctionalInterface
public interface RecordHandler {
    /**
     * Called for one record.
     *
     * @param type as the producer gave it, zero or more
     * @param payload the message in place, exactly as long as it is; good during the call only, and shows another
     *     record afterwards
     */
    void onRecord(int type, Region payload);
}
