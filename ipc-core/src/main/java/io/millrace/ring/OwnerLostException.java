package io.millrace.ring;

/**
 * Another participant took this living owner for dead and repaired what it had in hand, or the control word is damaged.
 * What was being written is not delivered, what was being read may be delivered to somebody else. It means that the
 * owner's proof of life was lost, such as its lease. The exception comes when the record is handed on, and not before:
 * whatever the owner wrote into a claim after the space was used again is in somebody else's message.
 */
public final class OwnerLostException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    OwnerLostException(int ownerId, long position, String actual) {
        super("record at position " + position + ": actual " + actual + ", expected to be in the hands of owner "
            + ownerId + "; somebody took that owner for dead, join again under a new id");
    }
}
