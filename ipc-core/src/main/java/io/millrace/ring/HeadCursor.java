package io.millrace.ring;

/** Follows the head of a chain from ring to ring, to tell how many items were taken. One object for one thread. */
final class HeadCursor {
    private final RingChain chain;
    private MpmcRing ring;
    private MpmcRecords records;

    HeadCursor(RingChain chain) {
        this.chain = chain;
    }

    /** The number of items before the first that nobody took. */
    int items() {
        while (true) {
            if (ring == null) {
                use(chain.firstRing());
            }
            long head = records.walkToHead();
            int next = records.nextAt(records.positionIn(head), records.settledWord());
            if (next == RingChain.NONE) {
                return records.itemsIn(head);
            }
            use(chain.follower(ring, next));
        }
    }

    private void use(MpmcRing next) {
        ring = next;
        records = next == null ? null : next.records();
    }
}
