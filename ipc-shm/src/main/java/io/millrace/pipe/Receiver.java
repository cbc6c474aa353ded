package io.millrace.pipe;

import io.millrace.domain.Sleepers;
import io.millrace.domain.UserList;
import io.millrace.memory.Word;
import io.millrace.wait.Signal;
import io.millrace.wait.Waiter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The receiving side of a handle. Any number of threads, handles and processes may receive from one end; they take
 * turns by a word of the direction:
 *
 * <pre>
 *   from                          to                    who                             by
 *   free, of any handle           receiving, of mine    whoever wants to receive        CAS
 *   amidst, of my handle          receiving, of mine    a thread of that handle         CAS
 *   any, of a handle of the dead  receiving, of mine    whoever wants to receive        CAS
 *   receiving, of mine            free, of mine         the thread, when it is through  release store
 *   receiving, of mine            amidst, of mine       the same, if it has the         release store
 *                                                       beginning of a message only
 * </pre>
 *
 * A word that was of another handle before says that the lanes have been read by somebody else since.
 */
final class Receiver {
    private static final int FREE = 0;
    private static final int RECEIVING = 1;
    private static final int AMIDST = 2;
    private static final int STATE_MASK = 3;
    private static final int OWNER_SHIFT = 2;
    private static final int OWNER_MASK = (1 << 26) - 1;
    private static final int HANDLE_SHIFT = 28;
    private static final AtomicLong HANDLES = new AtomicLong();

    private final Connection connection;
    private final PipeCore core;
    private final Direction direction;
    private final UserList senders;
    private final Word word;
    private final Signal data;
    private final Signal space;
    /** The word without the state. */
    private final long mine;
    private final Runnable onSlice;
    /** Used by whoever has the turn. */
    private final InPlace inPlace = new InPlace();
    private volatile int lengthMax = Integer.MAX_VALUE;
    private LaneReader[] lanes = {};
    private long lanesSeen;
    private int next;
    /** Who had the last turn of this handle, and whether it is on. Of use to that thread only. */
    private Thread last;
    private boolean inside;
    /** What the word and the signal said before the turn, and whether it is the last of all, that of close. */
    private int before;
    private int signalBefore;
    private boolean lastTurn;

    Receiver(Connection connection, PipeCore core, int receivingEnd) {
        this.connection = connection;
        this.core = core;
        this.direction = core.direction(receivingEnd);
        this.senders = core.end(1 - receivingEnd);
        this.onSlice = core::lookForTheDead;
        this.data = direction.data();
        this.space = direction.space();
        this.word = direction.receiver();
        this.mine = HANDLES.incrementAndGet() << HANDLE_SHIFT | (long) core.owner().id() << OWNER_SHIFT;
    }

    /**
     * Passes messages on, if there are any.
     *
     * @return how many, up to the limit
     * @throws EndOfStreamException if there is none and never will be
     */
    int tryRead(MessageHandler handler, int limit) throws EndOfStreamException {
        if (limit < 1) {
            throw new IllegalArgumentException("limit of messages: actual " + limit + ", expected at least 1");
        }
        return tryRead(null, handler, limit);
    }

    /** The same for messages of any sort. */
    int tryRead(Sink sink, int limit) throws EndOfStreamException {
        return tryRead(sink, null, limit);
    }

    /**
     * From now on a longer message is not received, but is a {@link CorruptMessageException}: nothing is put together
     * for somebody who may not be trusted.
     */
    void limitLength(int bytes) {
        lengthMax = bytes;
    }

    private int tryRead(Sink sink, MessageHandler handler, int limit) throws EndOfStreamException {
        connection.checkOpen();
        int messages = look(sink, handler, limit, false);
        // Behind the look, which that spares if it finds something. What the holders sent, they sent before it was
        // over: so what one more look does not find there is not.
        return messages > 0 || !senders.isRemoved() ? messages : look(sink, handler, limit, true);
    }

    private int look(Sink sink, MessageHandler handler, int limit, boolean over) throws EndOfStreamException {
        if (!over && seemsEmpty() || !takeTurn()) {
            return 0;
        }
        boolean mayLeave = true;
        try {
            int messages = read(sink == null ? inPlace.to(handler) : sink, limit);
            mayLeave = messages == limit;
            if (messages > 0 || !over) {
                return messages;
            }
            drop();
        } finally {
            endTurn(mayLeave);
        }
        throw new EndOfStreamException(connection.toString());
    }

    /**
     * Whether a look without a turn finds nothing: without a CAS, so that whoever looks again and again sees a message
     * soon. It looks where this thread has stopped, and only if nobody else has had a turn since. What it may miss is
     * what others have just changed; the next look finds that.
     */
    private boolean seemsEmpty() {
        // SYNC pipe-turn ↔ Receiver.endTurn: the last turn before the look; otherwise it could look
        // at the place before.
        if (word.getLongAcquire() != (mine | FREE) || last != Thread.currentThread()
            || direction.lanes() != lanesSeen) {
            return false;
        }
        return !hasNext();
    }

    /** Whether there is anything to be received, and be it the end of the stream. */
    boolean isReady() {
        connection.checkOpen();
        boolean over = senders.isRemoved();
        if (!takeTurn()) {
            return over;
        }
        boolean found = true;
        try {
            found = hasNext();
            return found || over;
        } finally {
            endTurn(found);
        }
    }

    private boolean hasNext() {
        for (LaneReader lane : lanes) {
            if (lane.hasNext()) {
                return true;
            }
        }
        return false;
    }

    /** Forgets messages that have begun: the stream is over, so their ends will never come. */
    private void drop() {
        for (LaneReader lane : lanes) {
            lane.drop();
        }
    }

    Waiter newWaiter() {
        return Waiter.blocking(data, Sleepers.INSTANCE);
    }

    Signal data() {
        return data;
    }

    Runnable onSlice() {
        return onSlice;
    }

    private int read(Sink sink, int limit) {
        int count = lanes.length;
        int messages = 0;
        for (int i = 0; i < count && messages < limit; i++) {
            int lane = next < count ? next : 0;
            next = lane + 1;
            messages += lanes[lane].read(sink, limit - messages, lengthMax);
        }
        return messages;
    }

    private void openLanes(long there) {
        try {
            for (int lane = 0; lane < PipeLayout.LANES; lane++) {
                long bit = 1L << lane;
                if ((there & ~lanesSeen & bit) != 0) {
                    LaneReader reader = new LaneReader(direction.openLane(lane), core.owner().id());
                    lanes = Arrays.copyOf(lanes, lanes.length + 1);
                    lanes[lanes.length - 1] = reader;
                    lanesSeen |= bit;
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean takeTurn() {
        // SYNC pipe-turn ↔ Receiver.endTurn: of all who want the turn one gets it; otherwise two would read one lane.
        if (word.compareAndSetLong(mine | FREE, mine | RECEIVING)) {
            before = FREE;
            prepare(false);
            return true;
        }
        return takeLeftTurn();
    }

    /** Apart, so that the usual case stays small. */
    private boolean takeLeftTurn() {
        // SYNC pipe-turn ↔ Receiver.endTurn: what the last one read before what this one reads; otherwise it could
        // read the same, or see half of what it did.
        long seen = word.getLongVolatile();
        // SYNC pipe-turn ↔ Receiver.endTurn: of all who want the turn one gets it; otherwise two
        // would read one lane.
        if (!mayTake(seen) || !word.compareAndSetLong(seen, mine | RECEIVING)) {
            if (isInside()) {
                throw new IllegalStateException("a call that receives from within a handler or a codec of one");
            }
            return false;
        }
        before = (int) seen & STATE_MASK;
        prepare((seen & ~STATE_MASK) != mine);
        return true;
    }

    private boolean mayTake(long seen) {
        int state = (int) seen & STATE_MASK;
        int owner = whoseTurn(seen);
        if (state > AMIDST) {
            throw new CorruptMessageException("state of the turn to receive", state, "0 to " + AMIDST);
        }
        return state == FREE || state == AMIDST && (seen & ~STATE_MASK) == mine
            || owner != core.owner().id() && core.owner().isDead().test(owner);
    }

    private void prepare(boolean othersHaveRead) {
        Thread current = Thread.currentThread();
        if (last != current) {
            last = current;
        }
        inside = true;
        signalBefore = data.word();
        // Behind the look at the signal; and whether it is closed again, for this handle may have been closed before
        // it was its turn.
        long there = direction.lanes();
        if (othersHaveRead || there != lanesSeen || connection.isClosed()) {
            prepareAnew(there, othersHaveRead);
        }
    }

    private void prepareAnew(long there, boolean othersHaveRead) {
        boolean done = false;
        try {
            connection.checkOpen();
            if (othersHaveRead) {
                for (LaneReader lane : lanes) {
                    lane.resume();
                }
            }
            openLanes(there);
            done = true;
        } finally {
            if (!done) {
                endTurn(true);
            }
        }
    }

    /**
     * Ends the turn, and wakes whom it was in the way of. Nobody is woken for nothing: two who find that there is
     * nothing would wake each other for ever.
     *
     * @param mayLeave whether there may be more to be received
     */
    private void endTurn(boolean mayLeave) {
        boolean amidst = false;
        boolean hasRead = false;
        for (LaneReader lane : lanes) {
            amidst |= lane.isAmidst();
            hasRead |= lane.hasRead();
        }
        boolean leaves = mayLeave && data.isAwaited() && hasNext();
        inside = false;
        boolean wasFree = before == FREE;
        int seen = signalBefore;
        // SYNC pipe-turn ↔ Receiver.takeTurn: what was read before the word; otherwise the next one could read it
        // again.
        word.putLongRelease(mine | (amidst ? AMIDST : FREE));
        // Here this handle's fields may be another thread's.
        if (leaves || !wasFree && !amidst) {
            data.raiseUnfenced(); // there is something for the others, or nobody could have a turn for a long time
        } else {
            data.raiseUnfencedSince(seen); // who has looked during the turn has seen nothing but that
        }
        if (hasRead) {
            space.raiseUnfenced();
        }
    }

    /** The owner id of whoever is receiving by that word, or amidst a message; 0: nobody. */
    static int whoseTurn(long word) {
        return (word & STATE_MASK) == FREE ? 0 : (int) (word >>> OWNER_SHIFT) & OWNER_MASK;
    }

    boolean isInside() {
        return inside && last == Thread.currentThread();
    }

    /** Gives up the turn. Called when no thread of this handle begins to receive any more. */
    void close() throws IOException {
        Uninterruptible.await(this::takeLastTurn);
        for (LaneReader lane : lanes) {
            lane.close();
        }
        lanes = new LaneReader[0];
        lanesSeen = 0;
        if (lastTurn) {
            endTurn(true);
            data.raise(); // the lanes are not looked at any more
        }
    }

    /** Whether no thread of this handle is receiving: then none will. */
    private boolean takeLastTurn() {
        // SYNC pipe-turn ↔ Receiver.endTurn: the last turn of a thread before the lanes are closed; otherwise it
        // would read a closed one.
        long seen = word.getLongVolatile();
        // SYNC pipe-turn ↔ Receiver.endTurn: nobody else has it then; otherwise two would use one lane.
        lastTurn = (seen & ~STATE_MASK) == mine && (seen & STATE_MASK) != RECEIVING
            && word.compareAndSetLong(seen, mine | RECEIVING);
        return lastTurn || (seen & ~STATE_MASK) != mine;
    }
}
