package io.millrace.ring;

import java.lang.ref.Reference;

/**
 * A record that was taken and read, and is not over yet: a task that somebody works on. Nobody else gets it until it is
 * given back, its owner dies, or this object is forgotten without having been released.
 *
 * <p><b>Who may call it:</b> one thread at a time, any thread.
 */
public final class HeldRecord implements AutoCloseable {
    private final Owner owner;
    private final Hand hand;

    HeldRecord(Owner owner, MpmcConsumer consumer) {
        this.owner = owner;
        this.hand = consumer.keep(this);
    }

    /**
     * The record is over; its space may be used again.
     *
     * @throws IllegalStateException if it was released or given back already
     * @throws OwnerLostException if another took this owner for dead; the record may be delivered again
     */
    public void release() {
        checkHeld();
        boolean done = false;
        try {
            hand.pass(ControlWord.DONE);
            owner.hands().remove(hand);
            done = true;
        } finally {
            if (!done) {
                hand.abandoned = true;
            }
            Reference.reachabilityFence(this); // or the hand would be put down while it passes the record
        }
    }

    /**
     * Leaves the record to others, before newer ones.
     *
     * @throws IllegalStateException if it was released or given back already
     * @throws OwnerLostException if another took this owner for dead
     */
    public void giveBack() {
        checkHeld();
        boolean done = false;
        try {
            hand.giveBack();
            owner.hands().remove(hand);
            done = true;
        } finally {
            if (!done) {
                hand.abandoned = true;
            }
            Reference.reachabilityFence(this); // or the hand would be put down while it passes the record
        }
    }

    /** Releases the record if it is still held. */
    @Override
    public void close() {
        if (hand.isHolding()) {
            release();
        }
    }

    private void checkHeld() {
        if (!hand.isHolding()) {
            throw new IllegalStateException("the record was released or given back already");
        }
    }

    @Override
    public String toString() {
        return hand.isHolding() ? "HeldRecord[position " + hand.position() + "]" : "HeldRecord[over]";
    }
}
