package io.millrace.pipe;

import io.millrace.codec.Codec;
import io.millrace.codec.Codecs;
import io.millrace.domain.UserList;
import io.millrace.wait.Signal;
import io.millrace.wait.Timeouts;
import io.millrace.wait.Waitable;
import java.io.IOException;
import java.io.NotSerializableException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeoutException;

/**
 * A handle on one end of a {@link Pipe}: sends messages to the other end, and receives what is sent there. A message is
 * whole: it is received as it was sent, never split and never merged, and may be empty.
 *
 * <p><b>Who may call it:</b> any threads, any number of them at once. An end may be held by several handles, in several
 * processes: each message is received by one of them. What one handle sends arrives in its order, by whichever thread;
 * between handles there is no order. A thread that sends a long message, or has a claim or a writer open, keeps the
 * others of its handle waiting.
 *
 * <p><b>End of stream:</b> an end is over when its last handle is closed or the last of its holders has died. What was
 * sent before is received, and then {@link EndOfStreamException} comes; who sends to an end that is over gets
 * {@link BrokenPipeException}. A handle that is passed to a child counts for the child from the start of that
 * on, so one may close one's own at once.
 *
 * <p><b>Death:</b> one that dies while it sends has sent the whole message or nothing. One that dies while it receives
 * has received the message or not; if it was a long one, which came in parts, it is lost with the receiver. A blocked
 * peer notices within tens of milliseconds, and at once if the dead was a child of this process or closed its handle.
 *
 * <p><b>Close:</b> after it every call but {@code close} and {@code toString} throws {@link IllegalStateException},
 * also those that wait; what other handles sent is not touched. At the end of the JVM all its handles are over.
 *
 * <p><b>Timeouts:</b> zero or less tries once. <b>Interrupts</b> end a wait, with nothing sent or received.
 *
 * <p><b>Memory consistency effects:</b> what a thread did before it sent a message happens before what the receiver
 * does after it has received it.
 *
 * <p><b>Cost:</b> no lock and no system call while nobody sleeps. Messages longer than a quarter of a lane, if not
 * written in place, go in parts, while the other side receives them, and are copied once more, out of the lane. One for
 * which this JVM has no memory is lost, by an {@link OutOfMemoryError}, and what comes behind is received.
 */
public final class Connection implements AutoCloseable, Serializable, Waitable {
    private static final long serialVersionUID = 1;
    static final Codec<Object> SERIALIZATION = Codecs.serializable();

    private final transient PipeCore core;
    private final transient int end;
    private final transient UserList.Entry entry;
    private final transient Sender sender;
    private final transient Receiver receiver;
    private final transient Waits waits;
    private transient volatile boolean closed;

    /** A handle whose entry among the holders of the end was made. */
    Connection(PipeCore core, int end, UserList.Entry entry) {
        this.core = core;
        this.end = end;
        this.entry = entry;
        // Of a simplex pipe the first end only receives.
        this.sender = core.isDuplex() || end == 1 ? new Sender(this, core, 1 - end) : null;
        this.receiver = core.isDuplex() || end == 0 ? new Receiver(this, core, end) : null;
        this.waits = new Waits(receiver);
    }

    /**
     * Sends an object, which must be serializable, or null; waits until there is room.
     *
     * @throws io.millrace.codec.EncodingException if it cannot be serialized; nothing was sent
     * @throws BrokenPipeException if the other end is over; nothing was sent
     * @throws UnsupportedOperationException if this end only receives
     */
    public void send(Object message) throws BrokenPipeException, InterruptedException {
        trySend(RecordType.OBJECT, SERIALIZATION, message, Timeouts.FOREVER);
    }

    /**
     * The same, and waits so long for room.
     *
     * @throws TimeoutException if there was none; nothing was sent
     */
    public void send(Object message, Duration timeout) throws BrokenPipeException, InterruptedException,
        TimeoutException {
        checkSent(trySend(RecordType.OBJECT, SERIALIZATION, message, Timeouts.nanos(timeout)), timeout);
    }

    /** Sends the bytes; waits until there is room. */
    public void sendBytes(byte[] message) throws BrokenPipeException, InterruptedException {
        sendBytes(message, 0, message.length);
    }

    /** Sends a part of the array; waits until there is room. */
    public void sendBytes(byte[] array, int offset, int length) throws BrokenPipeException, InterruptedException {
        Objects.checkFromIndexSize(offset, length, array.length);
        send(new Source.OfArray(array, offset, length), Timeouts.FOREVER);
    }

    /** Sends the bytes; waits so long for room, and throws {@link TimeoutException} if there was none. */
    public void sendBytes(byte[] message, Duration timeout) throws BrokenPipeException, InterruptedException,
        TimeoutException {
        checkSent(send(new Source.OfArray(message, 0, message.length), Timeouts.nanos(timeout)), timeout);
    }

    /** Sends what remains in the buffer, whose position stays; waits until there is room. */
    public void sendBytes(ByteBuffer message) throws BrokenPipeException, InterruptedException {
        send(new Source.OfBuffer(message, message.position(), message.remaining()), Timeouts.FOREVER);
    }

    private boolean send(Source bytes, long timeoutNanos) throws BrokenPipeException, InterruptedException {
        return sender().send(RecordType.BYTES, bytes, timeoutNanos);
    }

    /**
     * Room for a message that is written in place; waits until there is some.
     *
     * @param length 0 to half of the lane's capacity, less 8 bytes
     * @return this connection's claim, to be sent or closed by this thread
     */
    public MessageClaim claim(int length) throws BrokenPipeException, InterruptedException {
        return sender().claim(RecordType.BYTES, length, Timeouts.FOREVER);
    }

    /** The same, and waits so long for room, and throws {@link TimeoutException} if there was none. */
    public MessageClaim claim(int length, Duration timeout) throws BrokenPipeException, InterruptedException,
        TimeoutException {
        MessageClaim claim = sender().claim(RecordType.BYTES, length, Timeouts.nanos(timeout));
        checkSent(claim != null, timeout);
        return claim;
    }

    /** The same if there is room at once; otherwise null. */
    public MessageClaim tryClaim(int length) throws BrokenPipeException {
        return sender().tryClaim(RecordType.BYTES, length);
    }

    /** A writer, by which one thread has the sending side to itself for many messages that are written in place. */
    public MessageWriter writer() {
        return sender().newWriter();
    }

    /**
     * Receives an object; waits until there is one.
     *
     * @throws EndOfStreamException if there is none and never will be
     * @throws io.millrace.codec.DecodingException if a message is none that {@link #send} has sent; it is received
     * @throws UnsupportedOperationException if this end only sends
     */
    public Object receive() throws EndOfStreamException, InterruptedException {
        return receive(new Reception.OfItem<>(receiver(), SERIALIZATION, RecordType.OBJECT));
    }

    /**
     * Receives an object of that type, or null; waits until there is one.
     *
     * @throws ClassCastException if it is of another; it is received
     */
    public <T> T receive(Class<T> type) throws EndOfStreamException, InterruptedException {
        return type.cast(receive());
    }

    /**
     * Receives an object; waits so long for one.
     *
     * @throws TimeoutException if there was none
     */
    public Object receive(Duration timeout) throws EndOfStreamException, InterruptedException, TimeoutException {
        return receive(timeout, new Reception.OfItem<>(receiver(), SERIALIZATION, RecordType.OBJECT));
    }

    /** Receives the bytes of a message, of whatever sort; waits until there is one. */
    public byte[] receiveBytes() throws EndOfStreamException, InterruptedException {
        return receive(new Reception.OfBytes(receiver()));
    }

    /**
     * The same, and waits so long for one.
     *
     * @throws TimeoutException if there was none
     */
    public byte[] receiveBytes(Duration timeout) throws EndOfStreamException, InterruptedException, TimeoutException {
        return receive(timeout, new Reception.OfBytes(receiver()));
    }

    /**
     * The same for a message of which one knows how long it may be.
     *
     * @throws BufferTooShortException if it is longer; the exception has it
     */
    public byte[] receiveBytes(int lengthMax) throws EndOfStreamException, InterruptedException {
        if (lengthMax < 0) {
            throw new IllegalArgumentException("longest message: actual " + lengthMax + ", expected 0 or more");
        }
        byte[] message = receiveBytes();
        if (message.length > lengthMax) {
            throw new BufferTooShortException(message, lengthMax);
        }
        return message;
    }

    /**
     * Receives the bytes of a message into the array, from the offset on; what is behind the message stays.
     *
     * @return the length of the message
     * @throws BufferTooShortException if it does not fit; the exception has it, and the array stays as it was
     */
    public int receiveBytesInto(byte[] array, int offset) throws EndOfStreamException, InterruptedException {
        Objects.checkFromToIndex(offset, array.length, array.length);
        return receive(new Reception.IntoArray(receiver(), array, offset));
    }

    /**
     * Passes messages to a handler, in place, until there is none or the limit is reached. One that the handler throws
     * at is received, too, and the exception is passed on. The room of all of them is given back at the end of the
     * call, so a limit of 1 is best for messages that fill a good part of a lane,
     * and for a reader that answers each message at once.
     *
     * @param limit at least 1
     * @return how many there were
     * @throws EndOfStreamException if there is none and never will be
     */
    public int read(MessageHandler handler, int limit) throws EndOfStreamException {
        return receiver().tryRead(null, handler, limit);
    }

    /**
     * The same, and waits so long until there is one.
     *
     * @return how many there were; 0 if none came in time
     */
    public int read(MessageHandler handler, int limit, Duration timeout) throws EndOfStreamException,
        InterruptedException {
        receiver();
        return waits.read(handler, limit, Timeouts.nanos(timeout));
    }

    /**
     * Whether there is anything to be received, be it the end of the stream: then a call that receives does not wait,
     * unless another thread comes first or a long message is still on its way.
     */
    public boolean poll() {
        return receiver().isReady();
    }

    /** Waits so long until there is anything to be received, be it the end of the stream; whether there is. */
    public boolean poll(Duration timeout) throws InterruptedException {
        Receiver from = receiver();
        return waits.await(() -> from.isReady() ? 1 : 0, Timeouts.nanos(timeout));
    }

    /** As {@link #poll()}. */
    @Override
    public boolean isReady() {
        return poll();
    }

    /** Raised when something was sent to this end, or nothing will be any more. */
    @Override
    public Signal readySignal() {
        return receiver().data();
    }

    /** Finds out whether the other end is over because its last holder has died. */
    @Override
    public void lookForTheDead() {
        checkOpen();
        core.lookForTheDead();
    }

    /** Waits so long until any of these is ready: has something to be received, or has ended. Returns all that are. */
    public static <T extends Waitable> List<T> waitAny(Collection<T> several, Duration timeout)
        throws InterruptedException {
        return WaitAny.of(several, Timeouts.nanos(timeout));
    }

    /** This end for items of one type, which a codec encodes; the other end must use the same codec. */
    public <E> TypedConnection<E> typed(Codec<E> codec) {
        return new TypedConnection<>(this, codec);
    }

    /** Whether this end receives. */
    public boolean isReadable() {
        return receiver != null;
    }

    /** Whether this end sends. */
    public boolean isWritable() {
        return sender != null;
    }

    /** Whether this handle was closed. */
    public boolean isClosed() {
        return closed;
    }

    <E> boolean trySend(int content, Codec<? super E> codec, E item, long timeoutNanos) throws BrokenPipeException,
        InterruptedException {
        Sender to = sender();
        checkOpen();
        return ItemSender.send(core.object(), to, content, codec, item, timeoutNanos);
    }

    void checkSent(boolean sent, Duration timeout) throws TimeoutException {
        if (!sent) {
            throw new TimeoutException("no room in " + this + " within " + timeout);
        }
    }

    <T> T receive(Duration timeout, Reception<T> reception) throws EndOfStreamException, InterruptedException,
        TimeoutException {
        if (!waits.await(reception, Timeouts.nanos(timeout))) {
            throw new TimeoutException("no message in " + this + " within " + timeout);
        }
        return reception.result();
    }

    <T> T receive(Reception<T> reception) throws EndOfStreamException, InterruptedException {
        waits.await(reception, Timeouts.FOREVER);
        return reception.result();
    }

    Sender sender() {
        if (sender == null) {
            checkOpen();
            throw new UnsupportedOperationException(this + " only receives");
        }
        return sender;
    }

    Receiver receiver() {
        if (receiver == null) {
            checkOpen();
            throw new UnsupportedOperationException(this + " only sends");
        }
        return receiver;
    }

    /** Whether there is nobody at the other end any more, also by death. */
    boolean isOtherEndOver() {
        core.lookForTheDead();
        return core.end(1 - end).isRemoved();
    }

    void checkOpen() {
        if (closed) {
            throw new IllegalStateException("the connection is closed");
        }
    }

    /**
     * Gives the handle up. Waits for threads that are in the middle of an operation. Idempotent.
     *
     * @throws IllegalStateException if called by a handler or a codec within an operation on this connection, or while
     *     this thread has a claim or a writer open
     */
    @Override
    public void close() {
        synchronized (this) {
            if (closed) {
                return;
            }
            if (sender != null && sender.isInside() || receiver != null && receiver.isInside()) {
                throw new IllegalStateException("close() of the connection within an operation on it; end that first");
            }
            closed = true;
        }
        core.wakeAll(); // those of this handle who wait find it closed
        try {
            if (sender != null) {
                sender.giveBack();
            }
            if (receiver != null) {
                receiver.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            core.end(end).leave(entry);
            core.left(end);
            core.object().close();
        }
    }

    private Object writeReplace() throws NotSerializableException {
        checkOpen();
        return new ConnectionHandle(core, end);
    }

    @Override
    public String toString() {
        return "Connection[" + (end == 0 ? "first" : "second") + " end of " + core.object()
            + (closed ? ", closed]" : core.end(1 - end).isRemoved() ? ", the other end is over]" : "]");
    }
}
