package io.millrace.ring;

import io.millrace.memory.Region;

/**
 * The records of an MPMC ring, and the moves that anybody may make at any time: to move a hint on, and to give back the
 * space of what is done. One object for one thread: it remembers where tail and head were when it saw them last.
 *
 * <p>A record's position and span are facts for ever: from the claim on, until its space is used again, its control
 * word tells them. So whoever knows both may move any hint over the record, however late, by a CAS from the position.
 */
class MpmcRecords extends MpmcWords {
    /** An end of the ring that goes on by itself tells others where it is when it comes into another such stretch. */
    static final int HINT_STRIDE = 16;
    /** No position of a ring: the first is in lap 1. */
    private static final long NOWHERE = 0;

    private final int itemBits;
    private final int strideShift;
    private final long positionMax;
    private long freeUpTo;
    private long tailSeen = NOWHERE;
    private long headSeen = NOWHERE;
    private long settledWord;

    /**
     * The records in a body.
     *
     * @param geometry as it was checked when the ring was opened
     * @param ring stands for the ring, equal for all who have it open in this process
     */
    MpmcRecords(Region body, MpmcGeometry geometry, Object ring) {
        super(body, geometry, ring);
        this.itemBits = geometry.itemBits();
        this.strideShift = Integer.numberOfTrailingZeros(Math.min(HINT_STRIDE, granules() / 2));
        this.positionMax = -1L >>> itemBits + 1;
    }

    /** A hint tells the position of a record, and in its low bits the number of items before that. */
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

    /** Where a hint stands that was moved over the record with that word. */
    long behind(long hint, long word) {
        long position = positionIn(hint);
        return position + checkedSpan(position, word) << itemBits | itemsIn(hint + ControlWord.items(word));
    }

    /** This end put a record at tail, where it stood. */
    void passTail(long tail, long word) {
        tailSeen = behind(tail, word);
        advance(MpmcLayout.TAIL, tail, tailSeen);
    }

    /** This end took the record at head, where it stood. */
    void passHead(long head, long word) {
        headSeen = behind(head, word);
        advance(MpmcLayout.HEAD, head, headSeen);
    }

    /**
     * This end has seen the records between. Every few granules it moves the hint as well: an end that goes on by
     * itself needs none, and others walk over the few records that lie behind it.
     */
    private void advance(int offset, long from, long to) {
        if ((positionIn(from) ^ positionIn(to)) >>> strideShift != 0) {
            long hint = hint(offset);
            if (positionIn(hint) < positionIn(to)) {
                move(offset, hint, to);
            }
        }
    }

    /**
     * Looks for the end of the records.
     *
     * @return tail, at a word of an earlier lap or at the end
     */
    long settleTail() {
        if (tailSeen != NOWHERE) {
            long position = positionIn(tailSeen);
            long word = word(position);
            if (ControlWord.isBeforeLap(word, lap(position))) {
                settledWord = word;
                return tailSeen;
            }
        }
        return walkToTail();
    }

    private long walkToTail() {
        long hint = hint(MpmcLayout.TAIL);
        long tail = further(tailSeen, hint);
        while (true) {
            long position = positionIn(tail);
            long word = word(position);
            boolean ofLap = ControlWord.isOfLap(word, lap(position));
            if (ofLap && ControlWord.state(word) != ControlWord.END) {
                tail = behind(tail, word);
            } else if (ofLap || ControlWord.isBeforeLap(word, lap(position))) {
                advance(MpmcLayout.TAIL, hint, tail);
                tailSeen = tail;
                settledWord = word;
                return tail;
            } else {
                checkStale(MpmcLayout.TAIL, hint, position, word);
                hint = hint(MpmcLayout.TAIL);
                tail = hint;
            }
        }
    }

    /**
     * Looks for the first record that waits and that nobody took before, or another one that waits where this end saw
     * head last.
     *
     * @return head, at that record, or where it will be, or at the end
     */
    long settleHead() {
        if (headSeen != NOWHERE) {
            long position = positionIn(headSeen);
            long word = word(position);
            if (ControlWord.state(word) == ControlWord.PUBLISHED && ControlWord.isOfLap(word, lap(position))) {
                settledWord = word;
                return headSeen;
            }
        }
        return walkToHead();
    }

    /**
     * Looks for the first record that nobody took. The hint is read once more at the end: a word with an owner tells
     * little of its lap, and a record that came back is behind the hint.
     *
     * @return head, at that record, or where it will be, or at the end
     */
    long walkToHead() {
        long hint = hint(MpmcLayout.HEAD);
        long head = further(headSeen, hint);
        while (true) {
            long position = positionIn(head);
            long word = word(position);
            boolean ofLap = ControlWord.isOfLap(word, lap(position));
            if (ofLap && !ControlWord.stopsHead(word)) {
                head = behind(head, word);
            } else if (ofLap || ControlWord.isBeforeLap(word, lap(position))) {
                long now = hint(MpmcLayout.HEAD);
                if (now == hint || positionIn(now) <= position) {
                    advance(MpmcLayout.HEAD, hint, head);
                    headSeen = head;
                    settledWord = word;
                    return head;
                }
                hint = now;
                head = now;
            } else {
                checkStale(MpmcLayout.HEAD, hint, position, word);
                hint = hint(MpmcLayout.HEAD);
                head = hint;
            }
        }
    }

    private long further(long hint, long other) {
        return positionIn(hint) < positionIn(other) ? other : hint;
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
        return position > positionMax - granules();
    }

    /** Positions end before hints overflow; a ring that has come so far must be ended. */
    private void updateFree() {
        freeUpTo = Math.min(positionMax, reclaimed() + granules());
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
        while (to - from < granules()) {
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

    /** Moves a hint up to a boundary of records, over what is there. */
    void moveUpTo(int offset, long to) {
        long hint = hint(offset);
        while (positionIn(hint) < to) {
            long at = hint;
            while (positionIn(at) < to) {
                long word = word(positionIn(at));
                if (!ControlWord.isOfLap(word, lap(positionIn(at)))) {
                    checkStale(offset, hint, positionIn(at), word);
                    break;
                }
                at = behind(at, word);
            }
            if (positionIn(at) >= to) {
                move(offset, hint, at);
            }
            hint = hint(offset);
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

    /** The span of a record of this position's lap, by which one may safely move on. */
    int checkedSpan(long position, long word) {
        int span = ControlWord.span(word);
        if (span < 1 || span > toEndOfLap(position) || !ControlWord.isRecord(word)) {
            throw new CorruptRecordException("control word", position, ControlWord.describe(word),
                "a known state and a span of 1 to " + toEndOfLap(position));
        }
        return span;
    }

    /** A word of a later lap means that the hint before it, and its space, have moved on; if not, it is damaged. */
    private void checkStale(int offset, long hint, long position, long word) {
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

    @Override
    public String toString() {
        return "tail seen at " + positionIn(tailSeen) + ", head at " + positionIn(headSeen) + ", free up to "
            + freeUpTo;
    }
}
