package io.millrace.ring;

import io.millrace.memory.Region;

/**
 * A record in the hands of a consumer. Nobody else gets it until it is given back or its owner dies.
 *
 * <p>There is one such object per consumer, good from {@link MpmcConsumer#tryTake} to {@link #release},
 * {@link #giveBack}, {@link #hold} or {@link #close}; after that every call but {@code close} throws {@link
 * IllegalStateException}.
 *
 * <p><b>Who may call it:</b> the consumer's thread.
 */
public final class TakenRecord implements AutoCloseable {
    private final MpmcConsumer consumer;
    private final Region payload;
    private int type;
    private int deliveries;
    private boolean open;

    TakenRecord(MpmcConsumer consumer, Region payload) {
        this.consumer = consumer;
        this.payload = payload;
    }

    /** As the producer gave it, zero or more. */
    public int type() {
        checkOpen();
        return type;
    }

    /** The message in place, exactly as long as it is. */
    public Region payload() {
        checkOpen();
        return payload;
    }

    /** How often it was taken before, by consumers that died or gave it back; 3 stands for 3 or more. */
    public int deliveries() {
        checkOpen();
        return deliveries;
    }

    /**
     * The record is over; its space may be used again.
     *
     * @throws OwnerLostException if another took this owner for dead; the record may be delivered again
     */
    public void release() {
        checkOpen();
        boolean done = false;
        try {
            open = false;
            consumer.release();
            done = true;
        } finally {
            if (!done) {
                consumer.hand.abandoned = true;
            }
        }
    }

    /**
     * Leaves the record to others, as if this owner had died, except that it is never dropped for that. It comes
     * before newer ones.
     *
     * @throws OwnerLostException if another took this owner for dead
     */
    public void giveBack() {
        checkOpen();
        boolean done = false;
        try {
            open = false;
            consumer.giveBack();
            done = true;
        } finally {
            if (!done) {
                consumer.hand.abandoned = true;
            }
        }
    }

    /**
     * Takes the record out of the consumer's hand, which may take the next then. It is no more to be read, and over
     * only when the object returned is released.
     */
    public HeldRecord hold() {
        checkOpen();
        boolean done = false;
        try {
            open = false;
            HeldRecord held = consumer.hold();
            done = true;
            return held;
        } finally {
            if (!done) {
                consumer.hand.abandoned = true;
            }
        }
    }

    /** Releases the record if it is still in hand. */
    @Override
    public void close() {
        if (open) {
            release();
        }
    }

    void open(int recordType, int deliveriesBefore) {
        type = recordType;
        deliveries = deliveriesBefore;
        open = true;
    }

    /** The consumer has lost the record. */
    void lose() {
        open = false;
    }

    boolean isOpen() {
        return open;
    }

    private void checkOpen() {
        if (!open) {
            throw new IllegalStateException("the record was released, given back or held already");
        }
    }

    @Override
    public String toString() {
        return open ? "TakenRecord[type " + type + ", " + payload.length() + " bytes, " + deliveries
            + " deliveries before]" : "TakenRecord[not in hand]";
    }
}
