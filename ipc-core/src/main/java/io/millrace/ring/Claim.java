package io.millrace.ring;

import io.millrace.memory.Region;

/**
 * Space in a ring that the producer fills in place. Nobody sees it before it is published, so a claim that is aborted,
 * or whose process dies, leaves no trace.
 *
 * <p>There is one claim object per producer, good from {@link SpscProducer#tryClaim} to {@link #commit},
 * {@link #append}, {@link #abort} or {@link #close}, or until the producer closes; after that every call but
 * {@code close} throws {@link IllegalStateException}. One at a time: while it is open the producer writes
 * nothing else.
 *
 * <p><b>Who may call it:</b> the producer's thread.
 */
public final class Claim implements AutoCloseable {
    private final SpscProducer producer;
    private final Region payload;
    private boolean open;

    Claim(SpscProducer producer, Region payload) {
        this.producer = producer;
        this.payload = payload;
    }

    /** The space, exactly as long as was asked for. What it contains at first is arbitrary. */
    public Region payload() {
        checkOpen();
        return payload;
    }

    /** Publishes the message, and with it what was appended before. */
    public void commit() {
        finish();
        producer.commitClaimed();
    }

    /** Adds the message to the batch that the next {@link SpscProducer#publish} makes visible. */
    public void append() {
        finish();
        producer.appendClaimed();
    }

    /** Gives the space back. */
    public void abort() {
        finish();
    }

    /** Aborts the claim if it is still open. */
    @Override
    public void close() {
        if (open) {
            finish();
        }
    }

    void open() {
        open = true;
    }

    /** Whether it is to be committed, appended or given back yet. */
    public boolean isOpen() {
        return open;
    }

    private void finish() {
        checkOpen();
        open = false;
        producer.endClaim();
    }

    private void checkOpen() {
        if (!open) {
            throw new IllegalStateException("the claim was committed, appended, aborted or closed already");
        }
    }

    @Override
    public String toString() {
        return open ? "Claim[" + payload.length() + " bytes]" : "Claim[not open]";
    }
}
