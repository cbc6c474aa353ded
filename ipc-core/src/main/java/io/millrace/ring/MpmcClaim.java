package io.millrace.ring;

import io.millrace.memory.Region;

/**
 * Space in a ring that a producer fills in place. Consumers wait behind it until it is committed or aborted; if its
 * process dies first, any other turns it into padding, see {@link MpmcRing#repair}.
 *
 * <p>There is one claim object per producer, good from {@link MpmcProducer#tryClaim} to {@link #commit},
 * {@link #abort} or {@link #close}, or until the producer closes; after that every call but {@code close} throws
 * {@link IllegalStateException}.
 *
 * <p><b>Who may call it:</b> the producer's thread.
 */
public final class MpmcClaim implements AutoCloseable {
    private final MpmcProducer producer;
    private final Region payload;
    private boolean open;

    MpmcClaim(MpmcProducer producer, Region payload) {
        this.producer = producer;
        this.payload = payload;
    }

    /** The space, exactly as long as was asked for. What it contains at first is arbitrary. */
    public Region payload() {
        checkOpen();
        return payload;
    }

    /**
     * Publishes the message.
     *
     * @throws OwnerLostException if another took this owner for dead; the message is not delivered
     */
    public void commit() {
        commit(payload().length());
    }

    /**
     * Publishes a message that came out shorter than was asked for.
     *
     * @param length 0 to the length of the space
     * @throws IllegalArgumentException if the length is not that; the claim stays open
     * @throws OwnerLostException if another took this owner for dead; the message is not delivered
     */
    public void commit(int length) {
        MpmcProducer.checkedLength(length, payload().length());
        boolean done = false;
        try {
            finish();
            producer.commit(length);
            done = true;
        } finally {
            if (!done) {
                producer.hand.abandoned = true;
            }
        }
    }

    /** Gives the space back. */
    public void abort() {
        checkOpen();
        boolean done = false;
        try {
            finish();
            producer.abort();
            done = true;
        } finally {
            if (!done) {
                producer.hand.abandoned = true;
            }
        }
    }

    /** Aborts the claim if it is still open. */
    @Override
    public void close() {
        if (open) {
            abort();
        }
    }

    void open() {
        open = true;
    }

    /** The producer has lost what was claimed. */
    void lose() {
        open = false;
    }

    boolean isOpen() {
        return open;
    }

    private void finish() {
        open = false;
        producer.endClaim();
    }

    private void checkOpen() {
        if (!open) {
            throw new IllegalStateException("the claim was committed, aborted or closed already");
        }
    }

    @Override
    public String toString() {
        return open ? "MpmcClaim[" + payload.length() + " bytes]" : "MpmcClaim[not open]";
    }
}
