package io.millrace.domain;

/**
 * The word from which ids are handed out, as one number.
 *
 * @param epoch how often the ids were begun anew, modulo 2^37
 * @param next the id that is handed out next; {@link #NEXT_END} if there is none left
 */
record IdWord(long epoch, int next) {
    static final int FIRST = 1;
    static final int NEXT_END = Domain.OWNER_ID_MAX + 1;
    static final IdWord START = new IdWord(0, FIRST);

    private static final int NEXT_BITS = 27;
    private static final int NEXT_MASK = (1 << NEXT_BITS) - 1;
    private static final long EPOCH_MASK = (1L << (Long.SIZE - NEXT_BITS)) - 1;

    static IdWord of(long word) {
        return new IdWord(word >>> NEXT_BITS, (int) word & NEXT_MASK);
    }

    long value() {
        return epoch << NEXT_BITS | next;
    }

    /** False for numbers that nobody who keeps to the protocol writes. */
    boolean isSound() {
        return next >= FIRST && next <= NEXT_END;
    }

    /** Whether a lone joiner should begin anew; seldom, so that for years no id comes twice. */
    boolean isWorthReset() {
        return next > NEXT_END / 2;
    }

    IdWord afterHandOut(Seat seat) {
        return new IdWord(epoch, seat.id() + 1);
    }

    IdWord afterReset() {
        return new IdWord(epoch + 1 & EPOCH_MASK, FIRST);
    }
}
