package io.millrace.ring;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * A reading end of a {@link RingChain}: those of the rings that are not over.
 *
 * <p><b>Who may call it:</b> one thread at a time; the handle may pass from thread to thread with the usual care.
 *
 * @see MpmcConsumer
 */
public final class ChainConsumer implements AutoCloseable {
    private final RingChain chain;
    private final Owner owner;
    /** From the first that is not over, as far as we know, to the one that records are taken from. */
    private final List<Reader> readers = new ArrayList<>();

    private record Reader(MpmcRing ring, MpmcConsumer consumer) { }

    ChainConsumer(RingChain chain, Owner owner) {
        this.chain = chain;
        this.owner = owner;
        restart();
    }

    /**
     * Takes a record to be read in place; null if there is none.
     *
     * @see MpmcConsumer#tryTake()
     */
    public TakenRecord tryTake() {
        do {
            for (int i = 0; i < readers.size(); i++) {
                TakenRecord record = readers.get(i).consumer.tryTake();
                if (record != null) {
                    return record;
                }
            }
        } while (goOn());
        return null;
    }

    /**
     * Takes a record and passes it to a handler; false if there is none.
     *
     * @see MpmcConsumer#tryTake(Consumer)
     */
    public boolean tryTake(Consumer<? super TakenRecord> handler) {
        do {
            for (int i = 0; i < readers.size(); i++) {
                if (readers.get(i).consumer.tryTake(handler)) {
                    return true;
                }
            }
        } while (goOn());
        return false;
    }

    /**
     * Takes records and passes them to a handler until there is none or the limit is reached.
     *
     * @see MpmcConsumer#read
     */
    public int read(RecordHandler handler, int limit) {
        int count = 0;
        do {
            for (int i = 0; i < readers.size() && count < limit; i++) {
                count += readers.get(i).consumer.read(handler, limit - count);
            }
        } while (count < limit && goOn());
        return count;
    }

    /** Gives back a record in hand, for others to take. Called by the consumer's thread. Idempotent. */
    @Override
    public void close() {
        readers.forEach(reader -> reader.consumer.close());
    }

    @Override
    public String toString() {
        return "ChainConsumer[" + owner + ", " + readers.size() + " rings]";
    }

    /** After an attempt in vain: goes on to the next ring. False if the last one is not ended. */
    private boolean goOn() {
        dropThoseThatAreOver();
        Reader last = readers.get(readers.size() - 1);
        int next = last.consumer.next();
        if (next == 0) {
            return false;
        }
        MpmcRing follower = chain.follower(last.ring, next);
        if (follower == null) {
            restart();
        } else {
            readers.add(readerOf(follower));
        }
        return true;
    }

    /** Nothing comes back in a ring that is over. */
    private void dropThoseThatAreOver() {
        boolean dropped = false;
        while (readers.size() > 1 && readers.get(0).ring.isOver()) {
            readers.remove(0).consumer.close();
            dropped = true;
        }
        if (dropped) {
            chain.retire();
        }
    }

    private void restart() {
        Reader reader = readerOf(chain.firstRing());
        close();
        readers.clear();
        readers.add(reader);
    }

    private Reader readerOf(MpmcRing ring) {
        return new Reader(ring, ring.consumer(owner));
    }
}
