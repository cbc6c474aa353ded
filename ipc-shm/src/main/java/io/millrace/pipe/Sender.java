package io.millrace.pipe;

import io.millrace.codec.EncodingException;
import io.millrace.domain.Sleepers;
import io.millrace.domain.UserList;
import io.millrace.ring.Claim;
import io.millrace.ring.RoleTakenException;
import io.millrace.ring.SpscProducer;
import io.millrace.ring.SpscRing;
import io.millrace.wait.Deadline;
import io.millrace.wait.Signal;
import io.millrace.wait.Waiter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.BooleanSupplier;

/**
 * The sending side of a handle: a lane that is its own from its first message on, so that what it sends arrives in its
 * order, and what becomes of others does not touch it.
 */
final class Sender {
    private final Connection connection;
    private final PipeCore core;
    private final Direction direction;
    private final UserList receivers;
    private final Signal data;
    private final SenderGuard guard = new SenderGuard();
    /** Open from the time when there was room until the record is sent or forgotten. */
    private final MessageClaim claim = new MessageClaim(this);
    private final Waiter waiter;
    private final Runnable onSlice;
    private final BooleanSupplier hasRoom = this::hasRoom;
    /** What one record takes at most: so a lane holds some records of a long message, and both sides are busy. */
    private final int partLengthMax;

    private SpscRing ring;
    private SpscProducer producer;
    /** What may be sent without further ado: nothing, before there is a lane. */
    private int atOnceMax = Integer.MIN_VALUE;
    private int wantedType;
    private int wantedLength;

    Sender(Connection connection, PipeCore core, int receivingEnd) {
        this.connection = connection;
        this.core = core;
        this.direction = core.direction(receivingEnd);
        this.receivers = core.end(receivingEnd);
        this.data = direction.data();
        this.waiter = Waiter.blocking(direction.space(), Sleepers.INSTANCE);
        this.onSlice = core::lookForTheDead;
        this.partLengthMax = core.laneCapacity() / 4;
    }

    /** Sends a message; false if there was no room in time, and nothing was sent then. */
    boolean send(int content, Source source, long timeoutNanos) throws BrokenPipeException, InterruptedException {
        int length = source.length();
        if (length > partLengthMax) {
            long deadline = Deadline.in(timeoutNanos);
            return guard.enter(timeoutNanos) && sendParts(content, source, deadline);
        }
        if (!takeWhole(content, length, timeoutNanos)) {
            return false;
        }
        try {
            fill(source, 0, 0, length);
        } finally {
            leave();
        }
        return true;
    }

    private boolean sendParts(int content, Source source, long deadline) throws BrokenPipeException,
        InterruptedException {
        try {
            int length = source.length();
            if (source.tail() > partLengthMax) {
                throw new EncodingException("handles in a message: their tickets take " + source.tail()
                    + " bytes, expected at most " + partLengthMax + ", a quarter of a lane");
            }
            int done = part(length, partLengthMax - Long.BYTES, source.tail());
            if (!takeRoom(content | RecordType.FIRST, Long.BYTES + done, deadline)) {
                return false;
            }
            claim.payload().putLongPlain(0, length);
            fill(source, 0, Long.BYTES, done);
            while (done < length) {
                int part = part(length - done, partLengthMax, source.tail());
                // What fails now leaves a message without an end, which the receiver drops when the next one begins.
                if (!takeRoom(content | (done + part == length ? RecordType.LAST : 0), part, deadline)) {
                    return false;
                }
                fill(source, done, 0, part);
                done += part;
            }
            return true;
        } finally {
            leave();
        }
    }

    /** How much of what is left the next record takes; the last one takes the tail as a whole. */
    private static int part(int left, int most, int tail) {
        int behind = left - most;
        return behind <= 0 ? left : behind < tail ? left - tail : most;
    }

    private void fill(Source source, int from, int to, int length) {
        Claim room = claim.room();
        source.copy(from, room.payload(), to, length);
        commit(room);
    }

    private void commit(Claim room) {
        room.commit();
        data.raiseUnfenced();
    }

    private void leave() {
        if (claim.isOpen()) {
            claim.room().close();
        }
        guard.leave();
    }

    /** Takes room for a message of that length, to be filled in place; null if there was none in time. */
    MessageClaim claim(int content, int length, long timeoutNanos) throws BrokenPipeException, InterruptedException {
        return takeWhole(content, length, timeoutNanos) ? claim : null;
    }

    /** The same at once or not at all. */
    MessageClaim tryClaim(int content, int length) throws BrokenPipeException {
        try {
            return claim(content, length, 0);
        } catch (InterruptedException e) {
            throw new AssertionError("a single attempt waits for nothing", e);
        }
    }

    private boolean takeWhole(int content, int length, long timeoutNanos) throws BrokenPipeException,
        InterruptedException {
        return claimAtOnce(content, length) || claimInTime(content, length, timeoutNanos);
    }

    /** The usual case, in which nothing is to be waited for, made or told: small enough for the compiler's inlining. */
    private boolean claimAtOnce(int content, int length) {
        // Whoever has entered as the first knows that nobody has closed the connection: that shares the guard.
        if (length > atOnceMax || !guard.enterAsFirst()) {
            return false;
        }
        boolean done = false;
        try {
            done = !receivers.isRemoved() && tryRecord(content | RecordType.WHOLE, length);
            return done;
        } finally {
            if (!done) {
                guard.leave();
            }
        }
    }

    private boolean claimInTime(int content, int length, long timeoutNanos) throws BrokenPipeException,
        InterruptedException {
        if (length > partLengthMax) {
            throw new IllegalArgumentException("length of a claim: actual " + length + " bytes, expected 0 to "
                + partLengthMax + "; sendBytes() takes longer messages");
        }
        long deadline = Deadline.in(timeoutNanos);
        if (!guard.enter(timeoutNanos)) {
            return false;
        }
        boolean done = false;
        try {
            done = takeRoom(content | RecordType.WHOLE, length, deadline);
            return done;
        } finally {
            if (!done) {
                leave();
            }
        }
    }

    /** Sends what was claimed. */
    void send(Claim room) {
        try {
            commit(room);
        } finally {
            guard.leave();
        }
    }

    /** Forgets what was claimed, if it was this thread that did and has not sent it. */
    void drop() {
        if (claim.isOpen() && guard.isInside()) {
            leave();
        }
    }

    /** Claims room for a record; whether there was some in time. */
    private boolean takeRoom(int type, int length, long deadline) throws BrokenPipeException, InterruptedException {
        check();
        if (producer == null) {
            takeLane();
        }
        if (tryRecord(type, length)) {
            return true;
        }
        wantedType = type;
        wantedLength = length;
        waiter.await(hasRoom, onSlice, Deadline.remaining(deadline));
        check();
        return claim.isOpen();
    }

    private boolean tryRecord(int type, int length) {
        Claim room = producer.tryClaim(type, length);
        if (room == null) {
            return false;
        }
        claim.open(room);
        return true;
    }

    /** Whether waiting for room is over: there is some, or there never will be. */
    private boolean hasRoom() {
        if (connection.isClosed() || receivers.isRemoved()) {
            return true;
        }
        return tryRecord(wantedType, wantedLength);
    }

    private void check() throws BrokenPipeException {
        connection.checkOpen();
        if (receivers.isRemoved()) {
            throw new BrokenPipeException(connection.toString());
        }
    }

    private void takeLane() {
        try {
            long there = direction.lanes();
            for (int lane = 0; lane < PipeLayout.LANES; lane++) {
                SpscRing tried =
                    (there & 1L << lane) != 0 ? direction.openLane(lane) : direction.createLane(lane);
                if (claimLane(tried)) {
                    return;
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        throw new IllegalStateException("senders of " + connection + ": actual " + PipeLayout.LANES
            + " handles that live and have sent, expected fewer; close some");
    }

    private boolean claimLane(SpscRing tried) throws IOException {
        boolean done = false;
        try {
            producer = tried.producer(core.owner());
            ring = tried;
            atOnceMax = partLengthMax;
            done = true;
        } catch (RoleTakenException e) {
            return false;
        } finally {
            if (!done) {
                tried.close();
            }
        }
        return true;
    }

    boolean isInside() {
        return guard.isInside();
    }

    /** Waits until nobody is sending, and gives the lane back. Whoever waits for room has been woken. */
    void close() throws IOException {
        guard.share();
        Uninterruptible.await(this::tryEnter);
        try {
            if (ring != null) {
                ring.close();
            }
        } finally {
            guard.leave();
        }
    }

    private boolean tryEnter() {
        try {
            return guard.enter(0);
        } catch (InterruptedException e) {
            throw new AssertionError("a single attempt waits for nothing", e);
        }
    }
}
