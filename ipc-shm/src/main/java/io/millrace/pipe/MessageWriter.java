package io.millrace.pipe;

import io.millrace.domain.UserList;
import io.millrace.memory.Region;
import io.millrace.ring.Claim;
import io.millrace.ring.SpscProducer;
import io.millrace.wait.Deadline;
import io.millrace.wait.Signal;
import io.millrace.wait.Timeouts;
import java.time.Duration;
import java.util.concurrent.TimeoutException;

/**
 * The sending side of a {@link Connection} in the hands of one thread, for streams of messages that are written in
 * place. Where {@link Connection#claim} lets this thread in and out again for each message, a writer does so once: with
 * its first claim that gets room, and with its close. In between every other thread that sends by the same handle
 * waits; other handles and processes do not.
 *
 * <p>A message is claimed, filled, and sent; one at a time. What was claimed and not sent is forgotten at the close.
 *
 * <p><b>Who may call it:</b> the thread that makes the first claim. If it ends without closing the writer, the others
 * go on without it.
 *
 * <p><b>Close:</b> lets the others in; every other call throws {@link IllegalStateException} from then on. Of the
 * connection: whoever closes it waits for this to be closed, and until then claims throw
 * {@link IllegalStateException}; the thread itself cannot close it before this.
 *
 * <p><b>Death</b> of the other end: once it is noticed, the next claim throws {@link BrokenPipeException}. One that
 * waits notices within tens of milliseconds; who only tries looks by {@link Connection#lookForTheDead} now and then. Of
 * this process: what was sent arrives, and of the message in hand nothing is ever seen.
 *
 * <p><b>Memory consistency effects, timeouts, interrupts:</b> as of {@link Connection}.
 *
 * <p><b>Cost:</b> that of the lane, a look whether the other end is over, and one for sleepers. Allocates nothing per
 * message.
 */
public final class MessageWriter implements AutoCloseable {
    private static final int TYPE = RecordType.BYTES | RecordType.WHOLE;

    private final Connection connection;
    private final Sender sender;
    private final UserList receivers;
    private final Signal data;

    /** Whether the others are kept out. */
    private boolean inside;
    private boolean closed;
    /** Where the next claim is made at once; null if there is something else to be done or told first. */
    private volatile SpscProducer lane;
    /** Null before the first claim, and after the close: then it may be another thread's. */
    private Claim claim;

    MessageWriter(Connection connection, Sender sender, UserList receivers, Signal data) {
        this.connection = connection;
        this.sender = sender;
        this.receivers = receivers;
        this.data = data;
    }

    /**
     * Takes room for a message; waits until there is some.
     *
     * @param length 0 to half of the lane's capacity, less 8 bytes
     * @return the room, exactly that long, to be filled before {@link #send}; what is in it at first is arbitrary
     * @throws BrokenPipeException if the other end is over
     * @throws IllegalArgumentException if no lane can ever hold it
     * @throws IllegalStateException if this or the connection is closed, the last message was not sent, or the thread
     *     has a claim or another writer of the handle open
     */
    public Region claim(int length) throws BrokenPipeException, InterruptedException {
        return claim(length, Timeouts.FOREVER);
    }

    /**
     * The same, and waits so long for room, and for the others who send by the handle.
     *
     * @throws TimeoutException if there was none
     */
    public Region claim(int length, Duration timeout) throws BrokenPipeException, InterruptedException,
        TimeoutException {
        Region room = claim(length, Timeouts.nanos(timeout));
        connection.checkSent(room != null, timeout);
        return room;
    }

    private Region claim(int length, long timeoutNanos) throws BrokenPipeException, InterruptedException {
        Region room = tryClaim(length);
        return room != null ? room : claimInTime(length, timeoutNanos);
    }

    /** The same if there is room at once; otherwise null. */
    public Region tryClaim(int length) throws BrokenPipeException {
        SpscProducer to = lane;
        if (to == null || receivers.isRemoved()) {
            return claimWithoutTime(length);
        }
        Claim room = to.tryClaim(TYPE, length);
        return room == null ? null : room.payload();
    }

    private Region claimWithoutTime(int length) throws BrokenPipeException {
        try {
            return claimInTime(length, 0);
        } catch (InterruptedException e) {
            throw new AssertionError("a single attempt waits for nothing", e);
        }
    }

    private Region claimInTime(int length, long timeoutNanos) throws BrokenPipeException, InterruptedException {
        if (closed) {
            throw new IllegalStateException("the writer is closed");
        }
        long deadline = Deadline.in(timeoutNanos);
        if (!inside && !sender.enter(this, deadline)) {
            return null;
        }
        boolean done = false;
        try {
            done = sender.takeRoom(TYPE, length, deadline);
        } finally {
            inside |= done;
            if (!inside) {
                sender.leaveWriter();
            }
        }
        return done ? room() : null;
    }

    private Region room() {
        claim = sender.producer().claim();
        lane = sender.producer();
        if (connection.isClosed()) { // by somebody who may have told this before the line above
            lane = null;
        }
        return claim.payload();
    }

    /**
     * Sends the message.
     *
     * @throws IllegalStateException if none was claimed since the last one was sent, or this is closed
     */
    public void send() {
        if (claim == null) {
            throw new IllegalStateException(closed ? "the writer is closed" : "no message was claimed");
        }
        claim.commit();
        data.raiseUnfenced();
    }

    /** Called by whoever has closed the connection, so that the next claim finds that. */
    void lookCloser() {
        lane = null;
    }

    /**
     * Forgets what was claimed and not sent, and lets others send. Idempotent.
     *
     * @throws IllegalStateException if another thread is writing by it
     */
    @Override
    public void close() {
        if (inside && !sender.isInside()) {
            throw new IllegalStateException("close() of a writer by another thread than that which writes");
        }
        closed = true;
        lane = null;
        claim = null;
        if (inside) {
            inside = false;
            sender.leaveWriter();
        }
    }

    @Override
    public String toString() {
        return "MessageWriter[" + connection + (closed ? ", closed]" : inside ? ", sending]" : "]");
    }
}
