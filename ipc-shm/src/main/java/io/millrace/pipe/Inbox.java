package io.millrace.pipe;

/** What the lanes of one receiver have in common. Used by whoever has its turn. */
final class Inbox {
    private static final int NONE = -1;

    /** Where messages go that are read in place. */
    final InPlace inPlace = new InPlace();
    /** The longest message that is received. */
    private int lengthMax = Integer.MAX_VALUE;
    /** How many messages have begun and not ended. */
    private int begun;
    /** The longest message for which nothing else is to be looked at: one look instead of two. */
    private int usualLengthMax = lengthMax;

    /** Set before others get the handle. */
    void limitLength(int bytes) {
        lengthMax = bytes;
        change(0);
    }

    int lengthMax() {
        return lengthMax;
    }

    /** Whether a message in one record is not too long, and none in several has begun. */
    boolean isUsual(int length) {
        return length <= usualLengthMax;
    }

    boolean isAmidst() {
        return begun != 0;
    }

    void begin() {
        change(1);
    }

    void end() {
        change(-1);
    }

    private void change(int by) {
        begun += by;
        usualLengthMax = isAmidst() ? NONE : lengthMax;
    }
}
