package io.millrace.ring;

/** Somebody who is not known to be dead holds the role; nothing was changed. */
public final class RoleTakenException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    RoleTakenException(String role, int holder) {
        super(role + " of this ring: actual holder is owner " + holder
            + ", expected none; close that handle first, or pass an Owner that knows it to be dead");
    }
}
