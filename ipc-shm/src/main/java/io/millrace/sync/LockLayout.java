package io.millrace.sync;

import io.millrace.format.Layout;

/** Where everything is in a lock. */
final class LockLayout {
    static final Layout LAYOUT = Layout.named("lock")
        .longField("holder", "by CAS", "bits 0–25 owner id, 0 for nobody; 26 abandoned; 27–63 number of the thread")
        .intField("holds", "the holder", "how often the holder has it; of no meaning if it is free")
        .intField("signal", "by CAS", "signal: the lock was released, or repaired")
        .build();

    static final int HOLDER = LAYOUT.offsetOf("holder");
    static final int HOLDS = LAYOUT.offsetOf("holds");
    static final int SIGNAL = LAYOUT.offsetOf("signal");

    private LockLayout() { }
}
