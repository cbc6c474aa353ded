package io.millrace.ring;

import io.millrace.memory.Region;
import java.util.Map;

/**
 * A look at all records of one ring that changes nothing, not even a hint that lags. Goes on when the records before it
 * are given back under its eyes. One object for one look.
 */
final class RingLook {
    private final MpmcRing ring;
    private final MpmcRecords records;
    private final RecordHandler unfinished;
    private final Map<Integer, int[]> hands;
    private long from;
    private long to;
    private int waiting;
    private int claimed;
    private int taken;
    private int next;
    private String damage;

    /**
     * Looks.
     *
     * @param unfinished gets the payload of every record that waits or is taken
     * @param hands claimed and taken items by owner, to be added to
     */
    RingLook(MpmcRing ring, RecordHandler unfinished, Map<Integer, int[]> hands) {
        this.ring = ring;
        this.records = ring.records();
        this.unfinished = unfinished;
        this.hands = hands;
        try {
            walk();
            checkFree();
            checkHint("tail", MpmcLayout.TAIL);
            checkHint("head", MpmcLayout.HEAD);
        } catch (CorruptRecordException e) {
            damage = e.getMessage();
        }
    }

    /** What follows the ring, or 0. */
    int next() {
        return next;
    }

    /** What is wrong with the ring, or null. */
    String damage() {
        return damage;
    }

    /** Whether the ring is ended, and nothing in it is not over: so it stays. */
    boolean isOver() {
        return next != RingChain.NONE && damage == null && waiting + claimed + taken == 0;
    }

    ChainStatus.Ring status(int id) {
        int granuleLength = ring.geometry().granuleLength();
        return new ChainStatus.Ring(id, ring.creator(), ring.geometry().capacity(), (to - from) * granuleLength,
            waiting, claimed, taken, ring.dropped());
    }

    private void walk() {
        from = records.reclaimed();
        to = from;
        long end = from + records.granules();
        while (to < end) {
            long word = records.word(to);
            if (!records.isCurrent(to)) {
                from = records.reclaimed();
                to = from;
            } else if (!ControlWord.isOfLap(word, records.lap(to))) {
                checkBeforeLap(to, word);
                return;
            } else if (ControlWord.state(word) == ControlWord.END) {
                next = ControlWord.next(word);
                return;
            } else if (see(to, word)) {
                to += records.checkedSpan(to, word);
            }
        }
    }

    /** Counts a record; false if it has changed meanwhile. */
    private boolean see(long at, long word) {
        int span = records.checkedSpan(at, word);
        int items = ControlWord.items(word);
        switch (ControlWord.state(word)) {
            case ControlWord.PUBLISHED -> {
                if (!show(at, word, span)) {
                    return false;
                }
                waiting += items;
            }
            case ControlWord.TAKEN -> {
                if (!show(at, word, span)) {
                    return false;
                }
                taken += items;
                hand(word)[1] += items;
            }
            case ControlWord.CLAIMED -> {
                claimed += items;
                hand(word)[0] += items;
            }
            default -> { }
        }
        return true;
    }

    private int[] hand(long word) {
        return hands.computeIfAbsent(ControlWord.owner(word), owner -> new int[2]);
    }

    /** Shows a payload, which nobody changes as long as the word is this one. */
    private boolean show(long at, long word, int span) {
        int offset = records.payloadOffset(at);
        Region body = ring.body();
        long header = body.getLongPlain(records.headerOffset(at));
        int length = RecordHeader.recordLength(header);
        int type = RecordHeader.type(header);
        boolean sound = records.isSoundHeader(header, span);
        if (sound) {
            unfinished.onRecord(type, body.slice(offset, length));
        }
        if (records.word(at) != word || !records.isCurrent(at)) {
            return false;
        }
        if (!sound) {
            throw MpmcRecords.damagedHeader(at, header, span);
        }
        return true;
    }

    private void checkBeforeLap(long at, long word) {
        if (!ControlWord.isBeforeLap(word, records.lap(at)) && records.word(at) == word && records.isCurrent(at)) {
            throw records.foreign(at, word, " or an earlier one");
        }
    }

    /** Words behind the last record are of earlier laps, or inside a record that came since; their states are known. */
    private void checkFree() {
        for (long at = to; at < from + records.granules(); at++) {
            long word = records.word(at);
            if (ControlWord.state(word) > ControlWord.END) {
                throw new CorruptRecordException("control word", at, ControlWord.describe(word), "a known state");
            }
        }
    }

    /** A hint is moved on before the space of the record that it stands at is given back. */
    private void checkHint(String name, int offset) {
        long least = records.reclaimed();
        long position = records.positionIn(records.hint(offset));
        long most = records.reclaimed() + records.granules();
        if (position < least || position > most) {
            throw new CorruptRecordException(name, position, "position " + position, least + " to " + most);
        }
    }
}
