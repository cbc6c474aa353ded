package io.millrace.pipe;

import io.millrace.domain.Sleepers;
import io.millrace.domain.UserList;
import io.millrace.wait.RemoteFence;
import io.millrace.wait.Signal;
import io.millrace.wait.Waiter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;

/** The receiving side of a handle: what its threads do with the lanes when it is their {@link Turn}. */
final class Receiver {
    /** So many turns in a row, without anybody else who wants one, before the turn is kept. */
    static final int KEEP_AFTER = 1000;
    private static final AtomicLong HANDLES = new AtomicLong();

    private final Connection connection;
    private final PipeCore core;
    private final Direction direction;
    private final UserList senders;
    private final Turn turn;
    private final Signal data;
    private final Signal space;
    private final Runnable onSlice;
    /** Used by whoever has the turn. */
    private final Inbox inbox = new Inbox();
    private LaneReader[] lanes = {};
    private long lanesSeen;
    /** Whether others have read from the lanes since this handle knew where. */
    private boolean stale;
    private int next;
    /** What the signal said before the turn. */
    private int signalBefore;
    private Turn.Last lastTurn;

    Receiver(Connection connection, PipeCore core, int receivingEnd) {
        this.connection = connection;
        this.core = core;
        this.direction = core.direction(receivingEnd);
        this.senders = core.end(1 - receivingEnd);
        this.onSlice = core::lookForTheDead;
        this.data = direction.data();
        this.space = direction.space();
        this.turn = new Turn(direction.turn(), core.owner(), HANDLES.incrementAndGet(), RemoteFence.byKernel(),
            KEEP_AFTER);
    }

    // From here to the handler there are as few calls within each other as can be: the compiler inlines fifteen, from
    // wherever it begins, and what is behind them is called anew for each word of each message (docs/decisions/0026).

    /**
     * Passes messages on, if there are any.
     *
     * @param sink takes them; null: the handler does
     * @return how many, up to the limit
     * @throws EndOfStreamException if there is none and never will be
     */
    int tryRead(Sink sink, MessageHandler handler, int limit) throws EndOfStreamException {
        if (limit < 1) {
            throw new IllegalArgumentException("limit of messages: actual " + limit + ", expected at least 1");
        }
        int messages = turn.isByKeeping() ? readByKeeping(sink, handler, limit, false)
            : seemsEmpty() ? 0 : takeTurnAndRead(sink, handler, limit, false);
        return messages > 0 ? messages : lookAtEnd(sink, handler, limit);
    }

    /**
     * From now on a longer message is not received, but is a {@link CorruptMessageException}: nothing is put together
     * for somebody who may not be trusted.
     */
    void limitLength(int bytes) {
        inbox.limitLength(bytes);
    }

    /** Behind a look that has found nothing. */
    private int lookAtEnd(Sink sink, MessageHandler handler, int limit) throws EndOfStreamException {
        connection.checkOpen();
        if (!senders.isRemoved()) {
            return 0;
        }
        // What the holders sent, they sent before it was over: so what one more look does not find there is not.
        int messages = turn.isByKeeping() ? readByKeeping(sink, handler, limit, true)
            : takeTurnAndRead(sink, handler, limit, true);
        if (messages < 0) {
            throw new EndOfStreamException(connection.toString());
        }
        return messages;
    }

    private int readByKeeping(Sink sink, MessageHandler handler, int limit, boolean over) {
        if (!turn.tryTakeKept()) {
            return takeTurnAndRead(sink, handler, limit, over);
        }
        try {
            long there = direction.lanes();
            if (there != lanesSeen) {
                openLanes(there);
            }
            return read(sink, handler, limit, over);
        } finally {
            turn.endKept(inbox.isAmidst());
            space.raiseUnfenced();
        }
    }

    private int takeTurnAndRead(Sink sink, MessageHandler handler, int limit, boolean over) {
        if (!takeTurn()) {
            return 0;
        }
        int messages = limit; // if a handler throws there may be more
        try {
            messages = read(sink, handler, limit, over);
            return messages;
        } finally {
            endTurn(messages == limit);
        }
    }

    /**
     * Whether a look without a turn finds nothing: without a CAS, so that whoever looks again and again sees a message
     * soon. It looks where this thread has stopped, and only if nobody else has had a turn since. What it may miss is
     * what others have just changed; the next look finds that.
     */
    private boolean seemsEmpty() {
        return turn.isLeftToMe() && direction.lanes() == lanesSeen && !hasNext();
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
    private int drop() {
        for (LaneReader lane : lanes) {
            lane.drop();
        }
        return -1;
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

    /** Passes messages on; below zero: there is none, and no more will come. */
    private int read(Sink sink, MessageHandler handler, int limit, boolean over) {
        if (sink == null) {
            // Not before it is this thread's turn: in another's, the messages would go to another's handler.
            inbox.inPlace.setHandler(handler);
        }
        LaneReader[] all = lanes;
        int messages = all.length != 1 ? readInTurn(all, sink, limit)
            : sink == null ? all[0].readInPlace(limit) : all[0].read(sink, limit);
        return messages == 0 && over ? drop() : messages;
    }

    /** From each lane as many as there are, and the next time from the next lane on. */
    private int readInTurn(LaneReader[] all, Sink sink, int limit) {
        int messages = 0;
        for (int i = 0; i < all.length && messages < limit; i++) {
            int lane = next < all.length ? next : 0;
            next = lane + 1;
            int left = limit - messages;
            messages += sink == null ? all[lane].readInPlace(left) : all[lane].read(sink, left);
        }
        return messages;
    }

    private void openLanes(long there) {
        try {
            for (int lane = 0; lane < PipeLayout.LANES; lane++) {
                long bit = 1L << lane;
                if ((there & ~lanesSeen & bit) != 0) {
                    LaneReader reader = new LaneReader(direction.openLane(lane), core.owner().id(), inbox);
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
        connection.checkOpen();
        if (!turn.tryTake()) {
            return false;
        }
        signalBefore = data.word();
        // Behind the look at the signal; and whether it is closed again, for this handle may have been closed before
        // it was its turn.
        long there = direction.lanes();
        stale |= turn.othersHaveRead();
        if (there != lanesSeen || stale || connection.isClosed()) {
            prepareAnew(there);
        }
        return true;
    }

    private void prepareAnew(long there) {
        boolean done = false;
        try {
            connection.checkOpen();
            if (stale) {
                for (LaneReader lane : lanes) {
                    lane.resume();
                }
                stale = false;
            }
            openLanes(there);
            done = true;
        } finally {
            if (!done) {
                turn.giveBack(inbox.isAmidst());
                data.raise(); // nobody else could have a turn meanwhile
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
        boolean leaves = mayLeave && data.isAwaited() && hasNext();
        int seen = signalBefore;
        boolean ends = turn.end(inbox.isAmidst());
        // Here this handle's fields may be another thread's.
        if (leaves || ends) {
            data.raiseUnfenced(); // there is something for the others, or nobody could have a turn for a long time
        } else {
            data.raiseUnfencedSince(seen); // who has looked during the turn has seen nothing but that
        }
        space.raiseUnfenced();
    }

    boolean isInside() {
        return turn.isInside();
    }

    /** Gives up the turn. Called when no thread of this handle begins to receive any more. */
    void close() throws IOException {
        Uninterruptible.await(this::takeLastTurn);
        try {
            for (LaneReader lane : lanes) {
                lane.close();
            }
        } finally {
            lanes = new LaneReader[0];
            lanesSeen = 0;
            if (lastTurn == Turn.Last.TAKEN) {
                endTurn(true);
                data.raise(); // the lanes are not looked at any more
            }
        }
    }

    /** Whether no thread of this handle is receiving: then none will. */
    private boolean takeLastTurn() {
        lastTurn = turn.tryTakeLast();
        return lastTurn != Turn.Last.NOT_YET;
    }

    @Override
    public String toString() {
        return "Receiver[" + lanes.length + " lanes, " + turn + "]";
    }
}
