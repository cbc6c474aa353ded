package io.millrace.ring;

/**
 * The control word of a record in an MPMC ring, one aligned {@code long}, changed by CAS, or by the owner that it
 * names.
 *
 * <pre>
 *   bits      0–3    4–5         6–13   14–29   30–63
 *   state     state  deliveries  items  span    lap
 *   of a claim or a record that is taken:       30–55 owner, 56–63 the low bits of the lap
 * </pre>
 *
 * Words that anybody may change carry the whole lap, so that none of them ever looks like one of another lap. Words
 * with an owner are changed by the owner, or once it is proven dead, and cannot come back then; a few bits of the lap
 * do for them. A word that was never written is zero: of lap 0, before all others. The word that ends a ring has no
 * record, and there is none behind it: bits 4–35 name what follows, 36–63 are the low bits of the lap.
 */
final class ControlWord {
    /** No record was ever claimed here. */
    static final int UNUSED = 0;
    /** A producer fills the record. */
    static final int CLAIMED = 1;
    /** The record waits for a consumer. */
    static final int PUBLISHED = 2;
    /** A record without a message, to be passed over: the rest of a lap, or a claim that was given up. */
    static final int PADDING = 3;
    /** A consumer reads the record. */
    static final int TAKEN = 4;
    /** The record was read; its space may be used again. */
    static final int DONE = 5;
    /** There is no record here, and none will ever be: the ring is ended. */
    static final int END = 6;

    static final int DELIVERIES_MAX = 3;
    static final int SPAN_MAX = 0xFFFF;
    static final int OWNER_MAX = (1 << 26) - 1;

    static final int ITEMS_MAX = 0xFF;

    private static final int STATE_MASK = 0xF;
    private static final int DELIVERIES_SHIFT = 4;
    private static final int ITEMS_SHIFT = 6;
    private static final int SPAN_SHIFT = 14;
    private static final int OWNER_SHIFT = 30;
    private static final int LAP_SHIFT = 30;
    private static final int OWNED_LAP_SHIFT = 56;
    private static final int NEXT_SHIFT = 4;
    private static final int END_LAP_SHIFT = 36;
    private static final long LAP_MASK = -1L << LAP_SHIFT;
    private static final long KEPT_MASK = (1L << OWNER_SHIFT) - 1 - STATE_MASK;

    private static final String[] NAMES = {"unused", "claimed", "published", "padding", "taken", "done", "end"};

    private ControlWord() { }

    static long claimed(int owner, long lap, int span, int items) {
        return owned(CLAIMED | (long) items << ITEMS_SHIFT | (long) span << SPAN_SHIFT, owner, lap);
    }

    static long padding(long lap, int span) {
        return PADDING | (long) span << SPAN_SHIFT | lap << LAP_SHIFT;
    }

    static long end(int next, long lap) {
        return END | Integer.toUnsignedLong(next) << NEXT_SHIFT | lap << END_LAP_SHIFT;
    }

    /** One of several records that were claimed as one: its own span, and one item. */
    static long published(long lap, int span) {
        return PUBLISHED | 1L << ITEMS_SHIFT | (long) span << SPAN_SHIFT | lap << LAP_SHIFT;
    }

    /** The word with another state and no owner; span and items stay. */
    static long withState(long word, int state, long lap) {
        return word & KEPT_MASK | state | lap << LAP_SHIFT;
    }

    /** The word with another state and an owner; span and items stay. */
    static long withOwner(long word, int state, int owner, long lap) {
        return owned(word & KEPT_MASK | state, owner, lap);
    }

    /** A record that was taken and is published again: one delivery more, up to the most that is counted. */
    static long returned(long word, long lap) {
        long again = withState(word, PUBLISHED, lap);
        return deliveries(word) == DELIVERIES_MAX ? again : again + (1L << DELIVERIES_SHIFT);
    }

    static int state(long word) {
        return (int) word & STATE_MASK;
    }

    /** How often the record was taken by owners that died or gave it back. */
    static int deliveries(long word) {
        return (int) (word >>> DELIVERIES_SHIFT) & DELIVERIES_MAX;
    }

    static int items(long word) {
        return (int) (word >>> ITEMS_SHIFT) & ITEMS_MAX;
    }

    static int span(long word) {
        return (int) (word >>> SPAN_SHIFT) & SPAN_MAX;
    }

    /** Of a claimed or taken word. */
    static int owner(long word) {
        return (int) (word >>> OWNER_SHIFT) & OWNER_MAX;
    }

    /** What follows the end of a ring. */
    static int next(long word) {
        return (int) (word >>> NEXT_SHIFT);
    }

    static boolean hasOwner(long word) {
        int state = state(word);
        return state == CLAIMED || state == TAKEN;
    }

    /** Whether the word is of that lap. For a word with an owner: of that one, or of one many laps away. */
    static boolean isOfLap(long word, long lap) {
        return switch (state(word)) {
            case UNUSED -> false;
            case CLAIMED, TAKEN -> (word ^ lap << OWNED_LAP_SHIFT) >>> OWNED_LAP_SHIFT == 0;
            case END -> (word ^ lap << END_LAP_SHIFT) >>> END_LAP_SHIFT == 0;
            default -> (word ^ lap << LAP_SHIFT) >>> LAP_SHIFT == 0;
        };
    }

    /**
     * Whether the word is of an earlier lap, where that lap's records are known to have been given back. Laps begin
     * again after 2^34, so earlier is up to half of that behind.
     */
    static boolean isBeforeLap(long word, long lap) {
        return switch (state(word)) {
            case CLAIMED, TAKEN, END -> false;
            case UNUSED -> (word >>> LAP_SHIFT) < lap;
            default -> (lap << LAP_SHIFT) - (word & LAP_MASK) > 0;
        };
    }

    /** Whether consumers get no further: a record that waits or is being filled, or the end. */
    static boolean stopsHead(long word) {
        int state = state(word);
        return state == PUBLISHED || state == CLAIMED || state == END;
    }

    /** Whether the word speaks for a record, so that one may move on by its span. */
    static boolean isRecord(long word) {
        return state(word) >= CLAIMED && state(word) <= DONE;
    }

    static String describe(long word) {
        if (state(word) == END) {
            return "end, next " + next(word);
        }
        String state = state(word) < NAMES.length ? NAMES[state(word)] : "state " + state(word);
        String text = state + ", span " + span(word);
        return hasOwner(word) ? text + ", owner " + owner(word) : text + ", lap " + (word >>> LAP_SHIFT);
    }

    private static long owned(long word, int owner, long lap) {
        return word | (long) owner << OWNER_SHIFT | lap << OWNED_LAP_SHIFT;
    }
}
