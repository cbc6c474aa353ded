package io.millrace.atomic;

/** Something does not fit into the place that is meant for it; nothing was written. */
public final class ItemTooLongException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    /** For whoever has places of fixed lengths; {@code what} says what does not fit into which. */
    public ItemTooLongException(String what, int length, int lengthMax) {
        super(what + ": actual " + length + " bytes, expected at most " + lengthMax);
    }
}
