package io.millrace.domain;

/** Where handles on shared objects travel: the queues and pipes of a domain. */
@FunctionalInterface
public interface Containers {
    /** For looks that count nobody: whatever travels may be there. */
    Containers UNKNOWN = (container, ticket) -> true;

    /**
     * Whether a copy is in a message of that object which is not over: one that waits, or that a receiver, dead or
     * alive, has in hand. Once false for a copy whose message was published, always false. True if it cannot be told.
     *
     * @param container the object's tag
     * @param ticket tells the copy from all others of the domain
     */
    boolean holds(long container, long ticket);
}
