package io.millrace.ring;

import io.millrace.memory.CircularRegion;
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
    private static final long FREE = RecordHeader.NOT_YET;
    private static final long PRODUCER_CLOSED = -1;

    private final SpscProducer producer;
    // The data area, with its view, and the control word are held here, for the compiler knows then, where a message is
    // claimed and committed in one piece of code, what they are, and need not look.
    private final CircularRegion data;
    // One word for what may be done, so that a message costs one look: of the record while the claim is open, which
    // is above zero; else one of the two others.
    private long header = FREE;

    Claim(SpscProducer producer, CircularRegion data) {
        this.producer = producer;
        this.data = data;
    }

    /** The space, exactly as long as was asked for. What it contains at first is arbitrary. */
    public Region payload() {
        checkOpen();
        return data.view();
    }

    /** Publishes the message, and with it what was appended before. */
    public void commit() {
        producer.commit(finish());
    }

    /** Adds the message to the batch that the next {@link SpscProducer#publish} makes visible. */
    public void append() {
        producer.append(finish());
    }

    /** Gives the space back. */
    public void abort() {
        finish();
    }

    /** Aborts the claim if it is still open. */
    @Override
    public void close() {
        if (isOpen()) {
            finish();
        }
    }

    void open(long newHeader, long position) {
        data.moveView(position, RecordHeader.recordLength(newHeader) - RecordHeader.LENGTH);
        header = newHeader;
    }

    /** Whether it is to be committed, appended or given back yet. */
    public boolean isOpen() {
        return header > FREE;
    }

    /** Whether the producer may write something else. */
    boolean isFree() {
        return header == FREE;
    }

    boolean isProducerClosed() {
        return header == PRODUCER_CLOSED;
    }

    void closeProducer() {
        data.clearView();
        header = PRODUCER_CLOSED;
    }

    private long finish() {
        checkOpen();
        long claimed = header;
        header = FREE;
        data.clearView();
        return claimed;
    }

    private void checkOpen() {
        if (!isOpen()) {
            throw new IllegalStateException("the claim was committed, appended, aborted or closed already");
        }
    }

    @Override
    public String toString() {
        return isOpen() ? "Claim[" + data.view().length() + " bytes]" : "Claim[not open]";
    }
}
