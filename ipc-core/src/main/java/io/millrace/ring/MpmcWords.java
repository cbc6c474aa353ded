package io.millrace.ring;

import io.millrace.memory.Region;

/** The control words, headers and hints of an MPMC ring: where they are, and every access to them that is ordered. */
class MpmcWords {
    private final Region body;
    private final Object ring;
    private final int mask;
    private final int lapShift;
    private final int granuleShift;
    private final int data;

    MpmcWords(Region body, MpmcGeometry geometry, Object ring) {
        this.body = body;
        this.ring = ring;
        this.mask = geometry.granules() - 1;
        this.lapShift = Integer.numberOfTrailingZeros(geometry.granules());
        this.granuleShift = Integer.numberOfTrailingZeros(geometry.granuleLength());
        this.data = MpmcLayout.RECORDS + geometry.granules() * MpmcLayout.RECORD_LENGTH;
    }

    boolean isSameRing(MpmcWords other) {
        return ring.equals(other.ring);
    }

    int granules() {
        return mask + 1;
    }

    /** Length of the data area in bytes. */
    int dataLength() {
        return granules() << granuleShift;
    }

    /** How many granules there are from the position to the end of its lap. */
    int toEndOfLap(long position) {
        return granules() - ((int) position & mask);
    }

    long lap(long position) {
        return position >>> lapShift;
    }

    /** How many granules a message takes. */
    int span(int length) {
        return Math.max(1, length + (1 << granuleShift) - 1 >>> granuleShift);
    }

    /** Where the payload is. */
    int payloadOffset(long position) {
        return data + (((int) position & mask) << granuleShift);
    }

    /** Where the header is: in the cache line of the control word, so that one miss brings both. */
    int headerOffset(long position) {
        return wordOffset(position) + MpmcLayout.HEADER;
    }

    int wordOffset(long position) {
        return MpmcLayout.RECORDS + ((int) position & mask) * MpmcLayout.RECORD_LENGTH;
    }

    /** The control word there, of whichever lap. */
    long word(long position) {
        // SYNC mpmc-record ↔ MpmcWords.change: the word before what it speaks for; otherwise a consumer could read a
        // payload that is not written yet, and a producer write into one that is still read.
        return body.getLongAcquire(wordOffset(position));
    }

    /** Changes a control word; false if it is not {@code from} any more. */
    boolean change(long position, long from, long to) {
        // SYNC mpmc-record ↔ MpmcWords.word: payload accesses before the word that hands the record on; otherwise the
        // next owner would overlap this one. And of all who change it from one value, one wins.
        return body.compareAndSetLong(wordOffset(position), from, to);
    }

    /**
     * Changes a control word that names its owner, by the owner itself: nobody else does while that lives, so it need
     * not be a CAS, which would wait for the payload to reach the cache. False if another changed it nevertheless, as
     * far as can be seen.
     */
    boolean handOn(long position, long from, long to) {
        int offset = wordOffset(position);
        if (body.getLongPlain(offset) != from) {
            return false;
        }
        // SYNC mpmc-record ↔ MpmcWords.word: payload accesses before the word that hands the record on; otherwise the
        // next owner would overlap this one.
        body.putLongRelease(offset, to);
        return true;
    }

    /** The word of a record within a claim: nobody looks at it before the claim's own word is changed. */
    void prepare(long position, long word) {
        body.putLongPlain(wordOffset(position), word);
    }

    long hint(int offset) {
        // SYNC mpmc-hint ↔ MpmcWords.move: the control words that the hint was moved over; otherwise a record could
        // seem to be of an earlier lap than the hint says.
        return body.getLongAcquire(offset);
    }

    boolean move(int offset, long from, long to) {
        // SYNC mpmc-hint ↔ MpmcWords.hint: our loads of the words before the hint that passes them; otherwise
        // a later claimer of their space could overtake us.
        return body.compareAndSetLong(offset, from, to);
    }

    /** All before this position are over; their space is free. */
    long reclaimed() {
        return hint(MpmcLayout.RECLAIMED);
    }

    /** The record there was published again behind head: whoever takes records looks for it. */
    void announceReturned() {
        // SYNC mpmc-returned ↔ MpmcWords.returned: the record's word before the number; otherwise a consumer could
        // look, find nothing, and not look again.
        body.getAndAddLong(MpmcLayout.RETURNED, 1);
    }

    /** Changes when a record was published again behind head. */
    long returned() {
        // SYNC mpmc-returned ↔ MpmcWords.announceReturned: this number before the words; otherwise a consumer could
        // look too early and take the number for one it has looked after.
        return body.getLongAcquire(MpmcLayout.RETURNED);
    }

    void countDropped() {
        // SYNC mpmc-returned ↔ MpmcWords.returned: nothing is ordered by it, a number in the same line is counted;
        // otherwise two repairers at once would count one.
        body.getAndAddLong(MpmcLayout.DROPPED, 1);
    }
}
