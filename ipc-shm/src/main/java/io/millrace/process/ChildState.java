package io.millrace.process;

/** How far a child has come, as it says itself; in shared memory by its ordinal. */
enum ChildState {
    /** Nothing is known of it; it may not run yet. */
    LAUNCHED,
    /** It has its task. If its process is gone, it was killed, or ended by {@code Runtime.halt}. */
    RUNNING,
    /** It ends, or has ended, by itself. */
    ENDED,
    /** It ends, or has ended, because of a signal that the JVM obeys. */
    SIGNALLED;

    private static final ChildState[] ALL = values();

    static ChildState of(int ordinal) {
        return ordinal >= 0 && ordinal < ALL.length ? ALL[ordinal] : LAUNCHED;
    }
}
