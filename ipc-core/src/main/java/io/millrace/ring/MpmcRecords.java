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
    private final Object ring;
    private final int granules;
    private final int mask;
    private final int lapShift;
    private final int granuleShift;
    private final int itemBits;
    private final int data;
    private final int lineMask;
    private final int lineShift;
    private final long positionMax;
    private long freeUpTo;
    private long settledWord;

    /**
     * The records in a body.
     *
     * @param geometry as it was checked when the ring was opened
     * @param ring stands for the ring, equal for all who have it open in this process
     */
    MpmcRecords(Region body, MpmcGeometry geometry, Object ring) {
        this.body = body;
        this.ring = ring;
        this.granules = geometry.granules();
        this.mask = granules - 1;
        this.lapShift = Integer.numberOfTrailingZeros(granules);
        this.granuleShift = Integer.numberOfTrailingZeros(geometry.granuleLength());
        this.itemBits = geometry.itemBits();
        this.positionMax = -1L >>> itemBits + 1;
        this.data = MpmcLayout.WORDS + granules * Long.BYTES;
        // Words of neighbouring granules lie in different cache lines: those who write one after the other in the ring
        // do not write to the same line.
        int lines = Math.max(1, granules / (MpmcLayout.CACHE_LINE / Long.BYTES));
        this.lineMask = lines - 1;
        this.lineShift = Integer.numberOfTrailingZeros(lines);
    }

    boolean isSameRing(MpmcRecords other) {
        return ring.equals(other.ring);
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

    /** The word of a record within a claim: nobody looks at it before the claim's own word is changed. */
    void prepare(long position, long word) {
        body.putLongPlain(wordOffset(position), word);
    }

    /**
     * A hint: the position of a record, and in its low bits the number of items before that. The record tells how to
     * move it on, so the two always belong together.
     */
    long hint(int offset) {
        // SYNC mpmc-hint ↔ MpmcRecords.move: the control words that the hint was moved over; otherwise a record could
        // seem to be of an earlier lap than the hint says.
        return body.getLongAcquire(offset);
    }

    long positionIn(long hint) {
        return hint >>> itemBits;
    }

    /** The number of items before a hint, from 0 on and from there again when it overflows. */
    int itemsIn(long hint) {
        return (int) hint & (1 << itemBits) - 1;
    }

    /** How many items there are from one such number to another, negative if the other is before it. */
    int itemsBetween(int from, int to) {
        int shift = Integer.SIZE - itemBits;
        return to - from << shift >> shift;
    }

    /** All before this position are over; their space is free. */
    long reclaimed() {
        return hint(MpmcLayout.RECLAIMED);
    }

    /** Moves a hint over the record with that word, if it still is as it was seen. */
    void help(int offset, long seen, long word) {
        long to = positionIn(seen) + checkedSpan(positionIn(seen), word);
        move(offset, seen, to << itemBits | itemsIn(seen + ControlWord.items(word)));
    }

    /** Moves a hint over the record at that position, if it stands there. */
    void helpAt(int offset, long position, long word) {
        long seen = hint(offset);
        if (positionIn(seen) == position) {
            help(offset, seen, word);
        }
    }

    private boolean move(int offset, long from, long to) {
        // SYNC mpmc-hint ↔ MpmcRecords.hint: our loads of the words before the hint that passes them; otherwise
        // a later claimer of their space could overtake us.
        return body.compareAndSetLong(offset, from, to);
    }

    /**
     * Moves tail over the records that are there.
     *
     * @return where tail stood, at a word of an earlier lap or at the end
     */
    long settleTail() {
        while (true) {
            long tail = hint(MpmcLayout.TAIL);
            long position = positionIn(tail);
            long word = word(position);
            if (ControlWord.isBeforeLap(word, lap(position))) {
                settledWord = word;
                return tail;
            }
            if (!ControlWord.isOfLap(word, lap(position))) {
                checkMoved(MpmcLayout.TAIL, tail, word);
            } else if (ControlWord.state(word) == ControlWord.END) {
                settledWord = word;
                return tail;
            } else {
                help(MpmcLayout.TAIL, tail, word);
            }
        }
    }

    /**
     * Moves head over what is taken or over.
     *
     * @return where head stood, at the first record that nobody took, or where it will be, or at the end
     */
    long settleHead() {
        while (true) {
            long head = hint(MpmcLayout.HEAD);
            long position = positionIn(head);
            long word = word(position);
            boolean settled = true;
            if (ControlWord.isOfLap(word, lap(position))) {
                int state = ControlWord.state(word);
                if (state == ControlWord.PUBLISHED) {
                    settledWord = word;
                    return head;
                }
                settled = state == ControlWord.CLAIMED || state == ControlWord.END;
                if (!settled) {
                    help(MpmcLayout.HEAD, head, word);
                }
            } else if (!ControlWord.isBeforeLap(word, lap(position))) {
                checkMoved(MpmcLayout.HEAD, head, word);
                settled = false;
            }
            if (settled && hint(MpmcLayout.HEAD) == head) {
                settledWord = word;
                return head;
            }
        }
    }

    /** The word at which {@link #settleTail} or {@link #settleHead} stopped. */
    long settledWord() {
        return settledWord;
    }

    /** Whether so many granules from the position on are free. Gives back what is done if that is needed. */
    boolean hasRoom(long position, int count) {
        if (position + count <= freeUpTo) {
            return true;
        }
        updateFree();
        while (position + count > freeUpTo) {
            if (freeUpTo == positionMax || !reclaim()) {
                return false;
            }
            updateFree();
        }
        return true;
    }

    /** Whether so few positions are left that not every record fits before their end. */
    boolean isWornOut(long position) {
        return position > positionMax - granules;
    }

    /** Positions end before hints overflow; a ring that has come so far must be ended. */
    private void updateFree() {
        freeUpTo = Math.min(positionMax, reclaimed() + granules);
    }

    /** Where the ring is ended: what follows it; 0 where it is not. */
    int nextAt(long position, long word) {
        boolean end = ControlWord.state(word) == ControlWord.END && ControlWord.isOfLap(word, lap(position));
        return end ? ControlWord.next(word) : 0;
    }

    /** Gives back all that is done; returns the position behind it. */
    long reclaimAll() {
        boolean moved;
        do {
            moved = reclaim();
        } while (moved);
        return reclaimed();
    }

    /**
     * Gives back the space of everything that is done, up to the first record that is not.
     *
     * @return whether {@code reclaimed} was moved, by us or somebody else
     */
    private boolean reclaim() {
        long from = reclaimed();
        long to = from;
        while (to - from < granules) {
            long word = word(to);
            if (!isOver(word, lap(to))) {
                break;
            }
            to += checkedSpan(to, word);
        }
        if (to == from) {
            return reclaimed() != from;
        }
        // First the hints, for nobody could tell any more how far to move one that is left behind.
        moveUpTo(MpmcLayout.TAIL, to);
        moveUpTo(MpmcLayout.HEAD, to);
        move(MpmcLayout.RECLAIMED, from, to);
        return true;
    }

    /** Moves a hint over records that are over, one after the other. */
    void moveUpTo(int offset, long to) {
        long at = hint(offset);
        while (positionIn(at) < to) {
            long position = positionIn(at);
            long word = word(position);
            if (ControlWord.isOfLap(word, lap(position))) {
                help(offset, at, word);
            } else {
                checkMoved(offset, at, word);
            }
            at = hint(offset);
        }
    }

    private static boolean isOver(long word, long lap) {
        int state = ControlWord.state(word);
        return (state == ControlWord.DONE || state == ControlWord.PADDING) && ControlWord.isOfLap(word, lap);
    }

    /** Whether a word read before belongs to this position: its space was not given back, so no later lap had it. */
    boolean isCurrent(long position) {
        return reclaimed() <= position;
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
        if (span < 1 || span > toEndOfLap(position) || !ControlWord.isRecord(word)) {
            throw new CorruptRecordException("control word", position, ControlWord.describe(word),
                "a known state and a span of 1 to " + toEndOfLap(position));
        }
        return span;
    }

    /** A word of a later lap means that the hint it was found by has moved on; if it has not, it is damaged. */
    void checkMoved(int offset, long hint, long word) {
        long position = positionIn(hint);
        if (hint(offset) == hint && word(position) == word) {
            throw foreign(position, word, " or an earlier one");
        }
    }

    /** Whether a record of that span can have this header. */
    boolean isSoundHeader(long header, int span) {
        int length = RecordHeader.recordLength(header);
        return length >= 0 && RecordHeader.type(header) >= 0 && span(length) <= span;
    }

    static CorruptRecordException damagedHeader(long position, long header, int span) {
        return new CorruptRecordException("header of a record", position,
            "type " + RecordHeader.type(header) + " and length " + RecordHeader.recordLength(header),
            "type 0 or more and a length that " + span + " granules hold");
    }

    /** A word of another lap than the hints around it say. */
    CorruptRecordException foreign(long position, long word, String orWhat) {
        return new CorruptRecordException("control word", position, ControlWord.describe(word),
            "lap " + lap(position) + orWhat);
    }
}
