package io.millrace.ring;

import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

/**
 * What arrived of identified messages, and whether it may have: each once unless it is flagged, those of one sender in
 * their order to each receiver, and at the end all of them. For one thread.
 */
final class DeliveryLedger {
    private final Map<Integer, BitSet> seen = new HashMap<>();
    private final Map<Integer, BitSet> seenUnflagged = new HashMap<>();
    private final Map<Long, Long> lastNumbers = new HashMap<>();
    private long count;

    /**
     * One message arrived.
     *
     * @param receiver who got it
     * @param deliveries how often it had been delivered before
     */
    void add(int receiver, long identity, int deliveries) {
        int sender = IdentifiedMessages.sender(identity);
        long number = IdentifiedMessages.number(identity);
        if (deliveries == 0) {
            if (bits(seenUnflagged, sender).get((int) number)) {
                throw new AssertionError("message " + number + " of " + sender + " came again without a flag, to "
                    + receiver);
            }
            bits(seenUnflagged, sender).set((int) number);
            Long last = lastNumbers.put((long) receiver << Integer.SIZE | sender, number);
            if (last != null && last >= number) {
                throw new AssertionError("message " + number + " of " + sender + " came to " + receiver + " after "
                    + last);
            }
        }
        count += bits(seen, sender).get((int) number) ? 0 : 1;
        bits(seen, sender).set((int) number);
    }

    /** How many different messages arrived. */
    long count() {
        return count;
    }

    /** How many of the messages of a sender with numbers below the end did not arrive. */
    long missing(int sender, long end) {
        return end - bits(seen, sender).get(0, (int) end).cardinality();
    }

    /** The number behind the last message of a sender that arrived. */
    long end(int sender) {
        return bits(seen, sender).length();
    }

    private static BitSet bits(Map<Integer, BitSet> bySender, int sender) {
        return bySender.computeIfAbsent(sender, key -> new BitSet());
    }
}
