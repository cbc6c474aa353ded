package io.millrace.bench;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/** What is measured. */
enum Scenario {
    /** One side sends without pause, the other receives and checks; messages per second at the receiver. */
    THROUGHPUT("throughput"),
    /** One message to and fro, one after the other; the time of each in nanoseconds. */
    ROUND_TRIP("round-trip"),
    /** A JVM waits for a message that does not come; the share of a processor that it uses. */
    IDLE("idle"),
    /** A JVM is killed with a message in its hands; the nanoseconds until another has what it kept back. */
    RECOVERY("recovery"),
    /** A process is started, does nothing or next to it, and is awaited; the nanoseconds from start to end. */
    SPAWN("spawn"),
    /** Two processes add to one counter, or one does; additions per second of all together. */
    CONTENDED_ADD("contended-add");

    /** Those that two JVMs play, with messages of any length. */
    static final Set<Scenario> OF_PAIRS = Collections.unmodifiableSet(EnumSet.of(THROUGHPUT, ROUND_TRIP));

    private final String title;

    Scenario(String title) {
        this.title = title;
    }

    @Override
    public String toString() {
        return title;
    }
}
