package io.millrace.pipe;

/** What the lanes of one receiver have in common. Used by whoever has its turn. */
final class Inbox {
    /** Where messages go that are read in place. */
    final InPlace inPlace = new InPlace();
    /** The longest message that is received. Set before others get the handle. */
    int lengthMax = Integer.MAX_VALUE;
    /** How many messages have begun and not ended. */
    int begun;

    boolean isAmidst() {
        return begun != 0;
    }
}
