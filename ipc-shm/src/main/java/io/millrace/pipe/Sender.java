package io.millrace.pipe;

import io.millrace.codec.EncodingException;
import io.millrace.domain.Sleepers;
import io.millrace.domain.UserList;
import io.millrace.memory.Region;
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
 * order, and what becomes of others does not touch it. Whoever has claimed room in it sees it as the claim: an object
 * between the two would hide from the compiler what it knows about the room.
 */
final class Sender extends MessageClaim {
    private final Connection connection;
    private final PipeCore core;
    private final Direction direction;
    private final UserList receivers;
    private final Signal data;
    private final SenderGuard guard = new SenderGuard();
    private final Waiter waiter;
    private final Runnable onSlice;
    private final BooleanSupplier hasRoom = this::hasRoom;
    /** What a part of a long message takes at most: so a lane holds some of them, and both sides are busy. */
    private final int partLengthMax;

    private SpscRing ring;
    /** Null before there is a lane. Its claim is open until the record is sent or forgotten. */
    private SpscProducer producer;
    /** The one that is inside, for as long as it is. */
    private volatile MessageWriter writer;
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
            return enter(deadline) && sendParts(content, source, deadline);
        }
        if (claim(content, length, timeoutNanos) == null) {
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
            payload().putLongPlain(0, length);
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
        Claim room = room();
        source.copy(from, room.payload(), to, length);
        commit(room);
    }

    private void commit(Claim room) {
        room.commit();
        data.raiseUnfenced();
    }

    private Claim room() {
        Claim room = producer.claim();
        if (!room.isOpen() || !isMine()) {
            throw new IllegalStateException("the claim was sent or closed already");
        }
        return room;
    }

    /** Whether what is open is a claim of this thread: not another's, and not its writer's. */
    private boolean isMine() {
        return guard.isInside() && writer == null;
    }

    /** Enters in time; in slices, for whoever is inside may stay there, and the connection be closed meanwhile. */
    private boolean enter(long deadline) throws InterruptedException {
        long left = Deadline.remaining(deadline);
        do {
            connection.checkOpen();
            if (guard.enter(Math.min(left, Waiter.SLICE_NANOS))) {
                forgetTheDead();
                return true;
            }
            left = Deadline.remaining(deadline);
        } while (left > 0);
        return false;
    }

    /** What a thread has left open that has ended inside. */
    private void forgetTheDead() {
        writer = null;
        if (producer != null) {
            producer.claim().close();
        }
    }

    /** Keeps all other threads of the handle out until the writer leaves; whether they were out in time. */
    boolean enter(MessageWriter newWriter, long deadline) throws InterruptedException {
        if (!enter(deadline)) {
            return false;
        }
        writer = newWriter;
        return true;
    }

    /** Forgets what the writer has claimed and not sent, and lets others in. */
    void leaveWriter() {
        writer = null;
        leave();
    }

    private void leave() {
        if (producer != null) {
            producer.claim().close();
        }
        guard.leave();
    }

    private boolean isOpen() {
        return producer != null && producer.claim().isOpen();
    }

    /** Takes room for a message of that length, to be filled in place; null if there was none in time. */
    MessageClaim claim(int content, int length, long timeoutNanos) throws BrokenPipeException, InterruptedException {
        return claimAtOnce(content, length) || claimInTime(content, length, timeoutNanos) ? this : null;
    }

    /** The same at once or not at all. */
    MessageClaim tryClaim(int content, int length) throws BrokenPipeException {
        return claimAtOnce(content, length) || claimWithoutTime(content, length) ? this : null;
    }

    private boolean claimWithoutTime(int content, int length) throws BrokenPipeException {
        try {
            return claimInTime(content, length, 0);
        } catch (InterruptedException e) {
            throw new AssertionError("a single attempt waits for nothing", e);
        }
    }

    /** The usual case, in which nothing is to be waited for, made or told: small enough for the compiler's inlining. */
    private boolean claimAtOnce(int content, int length) {
        // Whoever has entered as the first knows that nobody has closed the connection: that shares the guard.
        if (!guard.enterAsFirst()) {
            return false;
        }
        boolean done = false;
        try {
            done = producer != null && !receivers.isRemoved()
                && producer.tryClaim(content | RecordType.WHOLE, length) != null;
            return done;
        } finally {
            if (!done) {
                guard.leave();
            }
        }
    }

    private boolean claimInTime(int content, int length, long timeoutNanos) throws BrokenPipeException,
        InterruptedException {
        long deadline = Deadline.in(timeoutNanos);
        if (!enter(deadline)) {
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

    MessageWriter newWriter() {
        connection.checkOpen();
        return new MessageWriter(connection, this, receivers, data);
    }

    /** Of the lane; null before room was taken for the first time. */
    SpscProducer producer() {
        return producer;
    }

    @Override
    public Region payload() {
        return room().payload();
    }

    @Override
    public void send() {
        Claim room = room();
        try {
            commit(room);
        } finally {
            guard.leave();
        }
    }

    /** Forgets what was claimed, if it was this thread that did and has not sent it. */
    @Override
    public void close() {
        if (isOpen() && isMine()) {
            leave();
        }
    }

    /** As its user sees it, who has a claim in his hands. */
    @Override
    public String toString() {
        return isOpen() && isMine() ? "MessageClaim[" + payload().length() + " bytes]" : "MessageClaim[not open]";
    }

    /** Claims room for a record, for who is inside; whether there was some in time. */
    boolean takeRoom(int type, int length, long deadline) throws BrokenPipeException, InterruptedException {
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
        if (isOpen()) {
            return true;
        }
        check();
        return false;
    }

    private boolean tryRecord(int type, int length) {
        return producer.tryClaim(type, length) != null;
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
    void giveBack() throws IOException {
        guard.share();
        MessageWriter inside = writer;
        if (inside != null) {
            inside.lookCloser();
        }
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
