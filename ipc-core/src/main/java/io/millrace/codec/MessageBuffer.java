package io.millrace.codec;

import io.millrace.memory.MappedFile;
import io.millrace.memory.Region;
import io.millrace.memory.RegionWindow;
import java.io.OutputStream;
import java.lang.ref.WeakReference;
import java.util.Objects;

/**
 * Private memory in which a message is put together before anything is claimed. It grows with the message, up to
 * {@link MappedFile#LENGTH_MAX} bytes, and is used again for the next one:
 *
 * <pre>{@code
 * try (MessageBuffer buffer = MessageBuffer.borrow()) {
 *     codec.encode(item, buffer);
 *     producer.tryWrite(type, buffer.message(), 0, buffer.length());
 * }
 * }</pre>
 *
 * A codec fills it through {@link #reserve} and {@link #setLength}, or through {@link #stream}.
 *
 * <p><b>Who may call it:</b> the thread that borrowed it, until it closes it; after that every call but {@code close}
 * throws {@link IllegalStateException}.
 *
 * <p><b>Cost:</b> nothing is allocated once a buffer has grown to the messages. What exceeds 1 MiB is kept only until
 * the garbage collector comes by.
 */
public final class MessageBuffer implements AutoCloseable {
    static final int KEPT_LENGTH_MAX = 1 << 20;

    private static final int FIRST_LENGTH = 1 << 12;
    private static final Pool<MessageBuffer> POOL = new Pool<>();

    private final Stream stream = new Stream();
    private Space kept = new Space(FIRST_LENGTH);
    private WeakReference<Space> large = new WeakReference<>(null);
    private Space space = kept;
    private int length;
    // The end of what was asked for or written: behind it are remains of other messages.
    private int end;
    private boolean open;

    private MessageBuffer() { }

    /** An empty buffer, for the calling thread until it closes it. */
    public static MessageBuffer borrow() {
        MessageBuffer buffer = POOL.take();
        if (buffer == null) {
            buffer = new MessageBuffer();
        }
        buffer.length = 0;
        buffer.end = 0;
        buffer.open = true;
        return buffer;
    }

    /**
     * Room for a message, in place. Keeps what is in the buffer.
     *
     * @param lengthMax how many bytes are needed from the beginning of the message
     * @return exactly that long, good until the next call of any method
     * @throws EncodingException if no buffer can be that long
     */
    public Region reserve(int lengthMax) {
        checkOpen();
        if (lengthMax < 0) {
            throw new IllegalArgumentException("length of a message: actual " + lengthMax + ", expected 0 or more");
        }
        ensure(lengthMax);
        end = Math.max(end, lengthMax);
        return space.view(lengthMax);
    }

    /**
     * Says how long the message is.
     *
     * @throws IndexOutOfBoundsException if that much was neither reserved nor written
     */
    public void setLength(int newLength) {
        checkOpen();
        Objects.checkFromIndexSize(0, newLength, end);
        length = newLength;
    }

    /** How long the message is. */
    public int length() {
        checkOpen();
        return length;
    }

    /**
     * What is written to it is added to the message. It throws no {@code IOException}; closing it does nothing. The
     * same object for the buffer's whole life.
     */
    public OutputStream stream() {
        checkOpen();
        return stream;
    }

    /** The message, exactly as long as it is, good until the next call of any method. */
    public Region message() {
        checkOpen();
        return space.view(length);
    }

    /** Makes the message empty. */
    public void clear() {
        setLength(0);
    }

    /** Gives the buffer back. Idempotent. */
    @Override
    public void close() {
        if (open) {
            open = false;
            space.window().clear();
            kept.window().clear();
            space = kept;
            POOL.giveBack(this);
        }
    }

    private void ensure(long needed) {
        if (needed <= space.region().length()) {
            return;
        }
        if (needed > MappedFile.LENGTH_MAX) {
            throw new EncodingException("length of a message: actual " + needed + " bytes or more, expected at most "
                + MappedFile.LENGTH_MAX);
        }
        Space old = space;
        space = needed <= KEPT_LENGTH_MAX ? new Space(roundedUp((int) needed)) : large((int) needed);
        if (needed <= KEPT_LENGTH_MAX) {
            kept = space;
        }
        space.region().putBytes(0, old.region(), 0, length);
    }

    private Space large(int needed) {
        Space before = large.get();
        if (before != null && before.region().length() >= needed) {
            return before;
        }
        Space larger = new Space(roundedUp(needed));
        large = new WeakReference<>(larger);
        return larger;
    }

    private static int roundedUp(int needed) {
        return needed > MappedFile.LENGTH_MAX / 2 ? MappedFile.LENGTH_MAX : Integer.highestOneBit(needed - 1) << 1;
    }

    private void checkOpen() {
        if (!open) {
            throw new IllegalStateException("the buffer was given back");
        }
    }

    @Override
    public String toString() {
        return open ? "MessageBuffer[" + length + " bytes]" : "MessageBuffer[given back]";
    }

    /** Memory and a window over it. */
    private record Space(Region region, RegionWindow window) {
        Space(int length) {
            this(Region.allocate(length));
        }

        private Space(Region region) {
            this(region, region.newWindow());
        }

        Region view(int length) {
            window.moveTo(0, length);
            return window.view();
        }
    }

    private final class Stream extends OutputStream {
        @Override
        public void write(int value) {
            checkOpen();
            ensure(length + 1L);
            space.region().putBytePlain(length++, (byte) value);
            end = Math.max(end, length);
        }

        @Override
        public void write(byte[] source, int offset, int count) {
            checkOpen();
            Objects.checkFromIndexSize(offset, count, source.length);
            ensure((long) length + count);
            space.region().putBytes(length, source, offset, count);
            length += count;
            end = Math.max(end, length);
        }
    }
}
