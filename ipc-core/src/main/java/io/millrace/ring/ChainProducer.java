package io.millrace.ring;

import io.millrace.memory.Region;
import org.agrona.DirectBuffer;

/**
 * A writing end of a {@link RingChain}: that of its last ring, and of the next when that one is full.
 *
 * <p><b>Who may call it:</b> one thread at a time; the handle may pass from thread to thread with the usual care.
 *
 * @see MpmcProducer
 */
public final class ChainProducer implements AutoCloseable {
    private final RingChain chain;
    private final Owner owner;
    private final HeadCursor head;
    private MpmcRing ring;
    private MpmcProducer producer;

    ChainProducer(RingChain chain, Owner owner) {
        this.chain = chain;
        this.owner = owner;
        this.head = new HeadCursor(chain);
        restart();
    }

    /** Writes and publishes a message; false if there is no room, also not for a further ring. */
    public boolean tryWrite(int type, byte[] source, int offset, int length) {
        while (!producer.tryWrite(type, source, offset, checked(length))) {
            if (!goOn()) {
                return false;
            }
        }
        return true;
    }

    /** Writes and publishes a message; false if there is no room, also not for a further ring. */
    public boolean tryWrite(int type, Region source, int offset, int length) {
        while (!producer.tryWrite(type, source, offset, checked(length))) {
            if (!goOn()) {
                return false;
            }
        }
        return true;
    }

    /** Writes and publishes a message; false if there is no room, also not for a further ring. */
    public boolean tryWrite(int type, DirectBuffer source, int offset, int length) {
        while (!producer.tryWrite(type, source, offset, checked(length))) {
            if (!goOn()) {
                return false;
            }
        }
        return true;
    }

    /** Writes a message in place and publishes it; false if there is no room, also not for a further ring. */
    public boolean tryWrite(int type, int lengthMax, RecordWriter writer) {
        while (!producer.tryWrite(type, checked(lengthMax), writer)) {
            if (!goOn()) {
                return false;
            }
        }
        return true;
    }

    /**
     * Takes space to be filled in place; null if there is no room, also not for a further ring.
     *
     * @see MpmcProducer#tryClaim
     */
    public MpmcClaim tryClaim(int type, int length) {
        while (true) {
            MpmcClaim claim = producer.tryClaim(type, checked(length));
            if (claim != null || !goOn()) {
                return claim;
            }
        }
    }

    /**
     * Writes and publishes messages from the beginning of a batch, as many as there is room for.
     *
     * @see MpmcProducer#tryWriteAll
     */
    public int tryWriteAll(MessageBatch batch) {
        int count = 0;
        while (!batch.isEmpty()) {
            checked(batch.length(0));
            int written = producer.tryWriteAll(batch);
            count += written;
            if (written == 0 && !goOn()) {
                return count;
            }
        }
        return count;
    }

    /** Whether the last attempt failed because of the limit of items. */
    public boolean isLimited() {
        return producer.space().isLimited();
    }

    /** Aborts the claim if one is open. Called by the producer's thread. Idempotent. */
    @Override
    public void close() {
        producer.close();
    }

    @Override
    public String toString() {
        return "ChainProducer[" + producer + "]";
    }

    private int checked(int length) {
        if (length > chain.messageLengthMax()) {
            throw new MessageTooLongException(length, chain.messageLengthMax(), ring.capacity());
        }
        return length;
    }

    /** After an attempt in vain: goes on to the next ring, if need be to a new one. False if there is no room. */
    private boolean goOn() {
        if (producer.space().isLimited()) {
            return false;
        }
        int next = producer.space().next();
        if (next == 0) {
            next = chain.growth().grow(ring, producer.space(), owner);
        }
        if (next == 0) {
            return false;
        }
        MpmcRing follower = chain.follower(ring, next);
        if (follower == null) {
            restart();
        } else {
            use(follower);
        }
        return true;
    }

    private void restart() {
        use(chain.firstRing());
    }

    private void use(MpmcRing next) {
        MpmcProducer further = next.producer(owner);
        if (chain.itemsMax() > 0) {
            further.space().limitItems(chain.itemsMax(), head::items);
        }
        MpmcProducer before = producer;
        ring = next;
        producer = further;
        if (before != null) {
            before.close();
        }
    }
}
