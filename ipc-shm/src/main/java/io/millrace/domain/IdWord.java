package io.millrace.domain;

/**
 * The word from which ids are handed out, as one number.
 *
 * @param epoch how often the ids were begun anew, modulo 2^10
 * @param confirmed how many of the ids handed out in this epoch were confirmed
 * @param next the id that is handed out next; {@link #NEXT_END} if there is none left
 */
record IdWord(int epoch, int confirmed, int next) {
    static final int FIRST = 1;
    static final int NEXT_END = Domain.OWNER_ID_MAX + 1;

    private static final int NEXT_BITS = 27;
    private static final int CONFIRMED_BITS = 27;
    private static final int EPOCH_BITS = Long.SIZE - NEXT_BITS - CONFIRMED_BITS;
    private static final int NEXT_MASK = (1 << NEXT_BITS) - 1;
    private static final int CONFIRMED_MASK = (1 << CONFIRMED_BITS) - 1;
    private static final int EPOCH_MASK = (1 << EPOCH_BITS) - 1;

    static IdWord of(long word) {
        return new IdWord((int) (word >>> (NEXT_BITS + CONFIRMED_BITS)),
            (int) (word >>> NEXT_BITS) & CONFIRMED_MASK, (int) word & NEXT_MASK);
    }

    long value() {
        return (long) epoch << (NEXT_BITS + CONFIRMED_BITS) | (long) confirmed << NEXT_BITS | next;
    }

    /** False for numbers that nobody who keeps to the protocol writes. */
    boolean isSound() {
        return next >= FIRST && next <= NEXT_END && confirmed < next;
    }

    boolean isExhausted() {
        return next == NEXT_END;
    }

    /** Whether a lone joiner should begin anew: not so often that a paused thread could meet its epoch again. */
    boolean isWorthReset() {
        return next > NEXT_END / 2;
    }

    IdWord afterHandOut() {
        return new IdWord(epoch, confirmed, next + 1);
    }

    IdWord afterConfirmation() {
        return new IdWord(epoch, confirmed + 1, next);
    }

    IdWord afterReset() {
        return new IdWord(epoch + 1 & EPOCH_MASK, 0, FIRST);
    }
}
