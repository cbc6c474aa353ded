package io.millrace.ring;

/** Follows the head of a chain from ring to ring, to tell how many items were taken. One object for one thread. */
final class HeadCursor {
    private final RingChain chain;
    private MpmcRecords records;
    private int begunAt;

    HeadCursor(RingChain chain) {
        this.chain = chain;
    }

    /** The number of items before the first that nobody took. */
    int items() {
        while (true) {
            if (records == null) {
                begunAt = chain.first();
                records = chain.firstRing().records();
            }
            long head = records.settleHead();
            int next = records.nextAt(records.positionIn(head), records.settledWord());
            if (next == RingChain.NONE) {
                return records.itemsIn(head);
            }
            MpmcRing ring = chain.ring(next);
            if (ring == null) {
                chain.checkRetired(next, begunAt);
            }
            records = ring == null ? null : ring.records();
        }
    }
}
