package io.millrace.ring;

import java.util.function.IntSupplier;

/** Claims space for records at the tail of a ring, or ends it there. One object for one thread. */
final class SpaceClaimer {
    /** Behind every claim a granule stays free, so that there is always a word by which a ring can be ended. */
    private static final int SPARE = 1;
    private static final int NOT_ENDED = 0;
    private static final int NO_LIMIT = 0;
    /** After so many granules, and so items at most, what was seen of head is looked at anew: numbers begin again. */
    private static final long STALE = 1L << MpmcGeometry.ITEM_BITS_MAX - 2;
    private static final long NEVER = -STALE;

    private final MpmcRecords records;
    private final Hand hand;
    private final int ownerId;

    private int next = NOT_ENDED;
    private int itemsMax = NO_LIMIT;
    private IntSupplier headItems;
    private int headSeen;
    private long headSeenAt;
    private boolean limited;

    SpaceClaimer(MpmcRecords records, Hand hand, int ownerId) {
        this.records = records;
        this.hand = hand;
        this.ownerId = ownerId;
    }

    /** Claims space; the CAS that claims it also says whose it is. */
    boolean claim(int span, int items) {
        limited = false;
        while (true) {
            long tail = records.settleTail();
            long seen = records.settledWord();
            if (isEnd(seen)) {
                return false;
            }
            long position = records.positionIn(tail);
            long lap = records.lap(position);
            int toEnd = records.toEndOfLap(position);
            boolean wraps = span > toEnd;
            // Padding is written only if the record then fits behind it: else it would take what a shorter one needs.
            if (!records.hasRoom(position, (wraps ? toEnd + span : span) + SPARE) || !isWithinLimit(tail, items)) {
                return false;
            } else if (wraps) {
                if (records.change(position, seen, ControlWord.padding(lap, toEnd))) {
                    records.passTail(tail, ControlWord.padding(lap, toEnd));
                }
            } else {
                long mine = ControlWord.claimed(ownerId, lap, span, items);
                if (hand.take(position, seen, mine)) {
                    records.passTail(tail, mine);
                    return true;
                }
            }
        }
    }

    /**
     * Ends the ring, unless somebody else was there first: no record will ever be claimed behind those that are there.
     *
     * @param follower what {@link #next} tells from then on; not 0
     * @param items the number of items that there have been before the end; the ring is not ended if there are others
     * @return whether the ring is ended by this call
     */
    boolean tryEnd(int follower, int items) {
        while (true) {
            long tail = records.settleTail();
            long seen = records.settledWord();
            if (isEnd(seen) || records.itemsIn(tail) != items) {
                return false;
            }
            long position = records.positionIn(tail);
            if (records.change(position, seen, ControlWord.end(follower, records.lap(position)))) {
                next = follower;
                return true;
            }
        }
    }

    /**
     * From now on a claim must leave no more items than that between head and tail.
     *
     * @param head tells the number of items before the first that was not taken, or a smaller one
     */
    void limitItems(int most, IntSupplier head) {
        headItems = head;
        headSeenAt = NEVER;
        itemsMax = most;
    }

    /** Whether the last operation failed because of the limit of items alone. */
    boolean isLimited() {
        return limited;
    }

    /** What follows this ring if it is ended, as far as this producer has seen; else 0. */
    int next() {
        return next;
    }

    private boolean isEnd(long word) {
        if (ControlWord.state(word) != ControlWord.END) {
            return false;
        }
        next = ControlWord.next(word);
        return true;
    }

    private boolean isWithinLimit(long tail, int items) {
        if (itemsMax == NO_LIMIT) {
            return true;
        }
        int before = records.itemsIn(tail);
        boolean stale = records.positionIn(tail) - headSeenAt >= STALE;
        if (stale || isBeyondLimit(before, items)) {
            headSeen = headItems.getAsInt();
            headSeenAt = records.positionIn(tail);
        }
        limited = isBeyondLimit(before, items);
        return !limited;
    }

    private boolean isBeyondLimit(int before, int items) {
        // Less than none if tail was behind head: it was stale then, and the claim will fail.
        return records.itemsBetween(headSeen, before) + items > itemsMax;
    }
}
