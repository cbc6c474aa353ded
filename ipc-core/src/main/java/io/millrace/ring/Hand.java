package io.millrace.ring;

/**
 * What one end of a ring has in its hand: nothing, or one record that is claimed or taken.
 *
 * <p>A thread can lose control anywhere, by a stack overflow or an error of its JVM, and its process lives on. So the
 * hand says what it reaches for before it does, and a thread that loses control only has to set {@link #abandoned}:
 * others of its process then put down what it has, see {@link Hands}.
 */
final class Hand {
    // Not an enum: to store a reference costs a barrier of the garbage collector, a fence in some.
    private static final int EMPTY = 0;
    private static final int REACHING = 1;
    private static final int HOLDING = 2;

    /** Set by a thread that lost control; from then on only {@link #putDown} touches the rest. */
    volatile boolean abandoned;

    private final MpmcRecords records;
    private final int ownerId;
    private int state = EMPTY;
    private long position;
    private long word;

    Hand(MpmcRecords records, int ownerId) {
        this.records = records;
        this.ownerId = ownerId;
    }

    /** Changes a word to one that names this owner, and has the record in hand then. */
    boolean take(long at, long from, long mine) {
        position = at;
        word = mine;
        state = REACHING;
        if (records.change(at, from, mine)) {
            state = HOLDING;
            return true;
        }
        state = EMPTY;
        return false;
    }

    /** Takes over what another hand has. */
    void takeFrom(Hand other) {
        position = other.position;
        word = other.word;
        state = HOLDING;
        other.state = EMPTY;
    }

    boolean isHolding() {
        return state == HOLDING;
    }

    boolean isEmpty() {
        return state == EMPTY;
    }

    long position() {
        return position;
    }

    long word() {
        return word;
    }

    long lap() {
        return records.lap(position);
    }

    /**
     * Gives the record away with that word.
     *
     * @throws OwnerLostException if it was not in hand any more
     */
    void pass(long to) {
        state = REACHING; // not empty yet: this thread may lose control before the change
        boolean passed = records.handOn(position, word, to);
        state = EMPTY;
        if (!passed) {
            throw new OwnerLostException(ownerId, position, ControlWord.describe(records.word(position)));
        }
    }

    /** The record with another state, and no owner. */
    void pass(int toState) {
        pass(ControlWord.withState(word, toState, lap()));
    }

    /** Leaves the record to others, to be delivered again. */
    void giveBack() {
        moveHeadOver();
        pass(ControlWord.returned(word, lap()));
        records.announceReturned();
    }

    /** A record that is published again must be behind head, or a late helper could move head over it unseen. */
    private void moveHeadOver() {
        records.moveUpTo(MpmcLayout.HEAD, position + records.checkedSpan(position, word));
    }

    /** Whether another hand's claim or record is the one that this hand reached for. */
    private boolean mayBeOf(Hand other) {
        return other != this && other.state != EMPTY && other.position == position
            && other.records.isSameRing(records);
    }

    /**
     * Puts down what a thread that lost control had in this hand: a claim becomes padding, a taken record is published
     * again. Called by one thread at a time.
     *
     * @param others all hands of this owner
     * @return whether something was put down
     */
    boolean putDown(Iterable<Hand> others) {
        boolean mine = state != EMPTY && records.word(position) == word;
        if (mine && state == REACHING) {
            // It lost control at the change itself. The word says that it happened, unless another hand of this owner
            // reached for the same record; that hand said so before the word was changed, and we look after it was.
            for (Hand other : others) {
                mine &= !mayBeOf(other);
            }
        }
        boolean putDown = false;
        if (mine && ControlWord.state(word) == ControlWord.CLAIMED) {
            putDown = records.change(position, word, ControlWord.withState(word, ControlWord.PADDING, lap()));
        } else if (mine) {
            moveHeadOver();
            putDown = records.change(position, word, ControlWord.returned(word, lap()));
            if (putDown) {
                records.announceReturned();
            }
        }
        state = EMPTY;
        abandoned = false;
        return putDown;
    }
}
