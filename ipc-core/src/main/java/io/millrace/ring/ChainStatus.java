package io.millrace.ring;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a look at all records of a chain found. Of a chain in use it shows each record as it was at some instant, not
 * all at the same one.
 *
 * @param rings from the first that is not over to the last
 * @param hands who has records in hand, by owner
 * @param damage what no participant following the protocol can have written; rings behind the damage are not in here
 */
public record ChainStatus(List<Ring> rings, List<InHand> hands, List<String> damage) {
    /**
     * One ring.
     *
     * @param id in its chain
     * @param creator owner id of the one who made it
     * @param capacity of the data area in bytes
     * @param used bytes of the data area that are not free
     * @param waiting items that wait for a consumer
     * @param claimed items that are being written
     * @param taken items that were taken and are not over
     * @param dropped items that were dropped because too many owners died over them
     */
    public record Ring(int id, int creator, int capacity, long used, int waiting, int claimed, int taken,
        long dropped) { }

    /**
     * What an owner has in its hands.
     *
     * @param owner its id
     * @param claimed items that it is writing, or died over
     * @param taken items that it took and has not finished
     */
    public record InHand(int owner, int claimed, int taken) { }

    /** Keeps copies. */
    public ChainStatus {
        rings = List.copyOf(rings);
        hands = List.copyOf(hands);
        damage = List.copyOf(damage);
    }

    /** Items that wait for a consumer. */
    public long waiting() {
        return rings.stream().mapToLong(Ring::waiting).sum();
    }

    /** Items that are being written, or were when their producer died. */
    public long claimed() {
        return rings.stream().mapToLong(Ring::claimed).sum();
    }

    /** Items that were taken and are not over. */
    public long taken() {
        return rings.stream().mapToLong(Ring::taken).sum();
    }

    /** Items that were dropped, in the rings that are still there. */
    public long dropped() {
        return rings.stream().mapToLong(Ring::dropped).sum();
    }

    /** The ids of the rings that the chain leads to. */
    Set<Integer> ids() {
        Set<Integer> ids = new TreeSet<>();
        rings.forEach(ring -> ids.add(ring.id()));
        return ids;
    }
}
