package io.millrace.pipe;

import io.millrace.memory.Region;

/** Receives messages in place. */
@FunctionalInterface
public interface MessageHandler {
    /**
     * Called for one message.
     *
     * @param message exactly as long as it is; good during the call only, and shows another message afterwards
     */
    void onMessage(Region message);
}
