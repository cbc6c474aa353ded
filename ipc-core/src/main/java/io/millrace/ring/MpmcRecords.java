package io.millrace.ring;

import io.millrace.memory.Region;

/**
 * The control words and hints of an MPMC ring, and the moves that anybody may make at any time: to move a hint on, and
 * to give back the space of what is done. One object for one thread.
 *
 * <p>A record's position and span are facts for ever: from the claim on, until its space is used again, its control
 * word tells them. So whoever knows both may move any hint over the record, however late, by a CAS from the position.
 */
class MpmcRecords {
    private final Region body;
    private final int granules;
    private final int mask;
    private final int lapShift;
    private final int granuleShift;
    private final int data;
    private final int lineMask;
    private final int lineShift;
    private long reclaimedSeen;

    MpmcRecords(Region body, int granules, int granuleLength) {
        this.body = body;
        this.granules = granules;
        this.mask = granules - 1;
        this.lapShift = Integer.numberOfTrailingZeros(granules);
        this.granuleShift = Integer.numberOfTrailingZeros(granuleLength);
        this.data = MpmcLayout.WORDS + granules * Long.BYTES;
        // Words of neighbouring granules lie in different cache lines: those who write one after the other in the ring
        // do not write to the same line.
        int lines = Math.max(1, granules / (MpmcLayout.CACHE_LINE / Long.BYTES));
        this.lineMask = lines - 1;
        this.lineShift = Integer.numberOfTrailingZeros(lines);
    }

    int granules() {
        return granules;
    }

    /** Length of the data area in bytes. */
    int dataLength() {
        return granules << granuleShift;
    }

    /** How many granules there are from the position to the end of its lap. */
    int toEndOfLap(long position) {
        return granules - ((int) position & mask);
    }

    long lap(long position) {
        return position >>> lapShift;
    }

    /** How many granules a message takes. */
    int span(int length) {
        return (MpmcLayout.RECORD_HEADER_LENGTH + length + (1 << granuleShift) - 1) >>> granuleShift;
    }

    /** Where the record begins in the data area. */
    int dataOffset(long position) {
        return data + (((int) position & mask) << granuleShift);
    }

    int wordOffset(long position) {
        int index = (int) position & mask;
        int line = index & lineMask;
        int inLine = index >>> lineShift;
        return MpmcLayout.WORDS + (line * (MpmcLayout.CACHE_LINE / Long.BYTES) + inLine) * Long.BYTES;
    }

    /** The control word there, of whichever lap. */
    long word(long position) {
        // SYNC mpmc-record ↔ MpmcRecords.change: the word before what it speaks for; otherwise a consumer could read a
        // payload that is not written yet, and a producer write into one that is still read.
        return body.getLongAcquire(wordOffset(position));
    }

    /** Changes a control word; false if it is not {@code from} any more. */
    boolean change(long position, long from, long to) {
        // SYNC mpmc-record ↔ MpmcRecords.word: payload accesses before the word that hands the record on; otherwise the
        // next owner would overlap this one. And of all who change it from one value, one wins.
        return body.compareAndSetLong(wordOffset(position), from, to);
    }

    /** The hint or other position at that offset. */
    long position(int hint) {
        // SYNC mpmc-hint ↔ MpmcRecords.move: the control words that the hint was moved over; otherwise a record could
        // seem to be of an earlier lap than the hint says.
        return body.getLongAcquire(hint);
    }

    /** Moves a hint over the record with that word, if it stands there. */
    void help(int hint, long position, long word) {
        move(hint, position, position + checkedSpan(position, word));
    }

    private boolean move(int hint, long from, long to) {
        // SYNC mpmc-hint ↔ MpmcRecords.position: our loads of the words before the hint that passes them; otherwise
        // a later claimer of their space could overtake us.
        return body.compareAndSetLong(hint, from, to);
    }

    /** Whether so many granules from the position on are free. Gives back what is done if that is needed. */
    boolean hasRoom(long position, int count) {
        if (position + count <= reclaimedSeen + granules) {
            return true;
        }
        reclaimedSeen = position(MpmcLayout.RECLAIMED);
        while (position + count > reclaimedSeen + granules) {
            if (!reclaim()) {
                return false;
            }
            reclaimedSeen = position(MpmcLayout.RECLAIMED);
        }
        return true;
    }

    /**
     * Gives back the space of everything that is done, up to the first record that is not.
     *
     * @return whether {@code reclaimed} was moved, by us or somebody else
     */
    private boolean reclaim() {
        long from = position(MpmcLayout.RECLAIMED);
        long to = from;
        while (to - from < granules) {
            long word = word(to);
            if (!isOver(word, lap(to))) {
                break;
            }
            to += checkedSpan(to, word);
        }
        if (to == from) {
            return position(MpmcLayout.RECLAIMED) != from;
        }
        // First the hints, for nobody could tell any more how far to move one that is left behind.
        moveUpTo(MpmcLayout.TAIL, to);
        moveUpTo(MpmcLayout.HEAD, to);
        move(MpmcLayout.RECLAIMED, from, to);
        return true;
    }

    /** Moves a hint over records that are over, one after the other. */
    void moveUpTo(int hint, long to) {
        long at = position(hint);
        while (at < to) {
            long word = word(at);
            if (ControlWord.isOfLap(word, lap(at))) {
                help(hint, at, word);
            } else {
                checkMoved(hint, at, word);
            }
            at = position(hint);
        }
    }

    private static boolean isOver(long word, long lap) {
        int state = ControlWord.state(word);
        return (state == ControlWord.DONE || state == ControlWord.PADDING) && ControlWord.isOfLap(word, lap);
    }

    /** Whether a word read before belongs to this position: its space was not given back, so no later lap had it. */
    boolean isCurrent(long position) {
        return position(MpmcLayout.RECLAIMED) <= position;
    }

    /** The record there was published again behind head: whoever takes records looks for it. */
    void announceReturned() {
        // SYNC mpmc-returned ↔ MpmcRecords.returned: the record's word before the number; otherwise a consumer could
        // look, find nothing, and not look again.
        body.getAndAddLong(MpmcLayout.RETURNED, 1);
    }

    /** Changes when a record was published again behind head. */
    long returned() {
        // SYNC mpmc-returned ↔ MpmcRecords.announceReturned: this number before the words; otherwise a consumer could
        // look too early and take the number for one it has looked after.
        return body.getLongAcquire(MpmcLayout.RETURNED);
    }

    void countDropped() {
        // SYNC mpmc-returned ↔ MpmcRecords.returned: nothing is ordered by it, a number in the same line is counted;
        // otherwise two repairers at once would count one.
        body.getAndAddLong(MpmcLayout.DROPPED, 1);
    }

    /** The span of a record of this position's lap, by which one may safely move on. */
    int checkedSpan(long position, long word) {
        int span = ControlWord.span(word);
        if (span < 1 || span > toEndOfLap(position) || !ControlWord.isKnownState(word)) {
            throw new CorruptRecordException("control word", position, ControlWord.describe(word),
                "a known state and a span of 1 to " + toEndOfLap(position));
        }
        return span;
    }

    /** A word of a later lap means that the hint it was found by has moved on; if it has not, it is damaged. */
    void checkMoved(int hint, long position, long word) {
        if (position(hint) == position && word(position) == word) {
            throw foreign(position, word, " or an earlier one");
        }
    }

    /** A word of another lap than the hints around it say. */
    CorruptRecordException foreign(long position, long word, String orWhat) {
        return new CorruptRecordException("control word", position, ControlWord.describe(word),
            "lap " + lap(position) + orWhat);
    }
}
