package io.millrace.ring;

import io.millrace.memory.Region;

/** Fills the space of a record in place. */
@FunctionalInterface
public interface RecordWriter {
    /**
     * Writes the message. Consumers wait behind it: be quick. If this throws, nothing is published.
     *
     * @param payload as long as was asked for, with arbitrary contents; good during the call only
     * @return how long the message is, from the first byte on
     */
    int write(Region payload);
}
