package io.millrace.value;

import io.millrace.atomic.ObjectLock;
import io.millrace.domain.Domain;
import io.millrace.domain.SharedObject;
import io.millrace.format.Segment;
import io.millrace.format.SegmentKind;
import io.millrace.memory.Region;
import io.millrace.sync.SharedReentrantLock;
import java.io.IOException;
import java.io.NotSerializableException;
import java.io.ObjectStreamException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Objects;
import org.agrona.MutableDirectBuffer;

/**
 * A block of bytes with a name, which processes share and do with as they like.
 *
 * <p><b>Who may call it:</b> any number of threads of any number of processes. Who may write what when, they agree
 * among themselves; a {@link Region} has ordered and atomic accesses for that.
 *
 * <p><b>Memory consistency effects:</b> those of the accesses that are made.
 *
 * <p><b>Close and death:</b> views that were handed out stay readable and writable after {@link #close} and after
 * {@link #remove}, whose memory is given back when nobody has a view any more. What a process that dies was writing is
 * left half written. A named block stays until it is removed; an anonymous one vanishes with its last user.
 *
 * <p><b>Cost:</b> memory for all bytes is taken when it is made, or it is not made. Views cost what their accesses
 * cost, and are made anew by each call.
 */
public final class SharedMemory implements AutoCloseable, Serializable {
    static final String KIND_NAME = "memory";

    private static final long serialVersionUID = 1;
    static final SegmentKind KIND = new SegmentKind(KIND_NAME, 1, 1);

    private final transient SharedObject object;
    private final transient Region body;
    private final transient SharedReentrantLock lock;
    private transient volatile boolean closed;

    SharedMemory(SharedObject object) {
        this.object = object;
        this.body = object.body();
        this.lock = SharedReentrantLock.of(object);
    }

    /**
     * A new, anonymous block of so many bytes, all zero, in the default domain.
     *
     * @throws IllegalArgumentException if the size is less than 1, or too large for a file that a JVM maps
     */
    public static SharedMemory create(int size) {
        return builder(size).create();
    }

    /** Makes a block of so many bytes, all zero, with options. */
    public static Builder builder(int size) {
        if (size < 1) {
            throw new IllegalArgumentException("size of shared memory: actual " + size + " bytes, expected at least 1");
        }
        return new Builder(size);
    }

    /** Opens a block by its name; its size is as it was made. */
    public static Builder builder() {
        return new Builder(0);
    }

    /** How many bytes there are, exactly as many as were asked for; also after {@link #close}. */
    public int size() {
        return body.length();
    }

    /** Its name in its domain; also after {@link #close}. */
    public String name() {
        return object.name();
    }

    /** All bytes, with plain, ordered and atomic accesses, and copies. */
    public Region region() {
        checkOpen();
        return body.slice(0, body.length());
    }

    /** All bytes as a buffer in the byte order of the machine. */
    public ByteBuffer byteBuffer() {
        return region().byteBuffer();
    }

    /**
     * All bytes as a buffer of Agrona.
     *
     * @throws UnsupportedOperationException where Agrona's buffers cannot work; the message names the flag they need
     */
    public MutableDirectBuffer directBuffer() {
        return region().directBuffer();
    }

    /** The lock of this block, which keeps out nobody but those who take it too. */
    public ObjectLock lock() {
        checkOpen();
        return lock;
    }

    /**
     * Takes its name away: nobody can open it any more, and another block may get that name. Whoever has it open keeps
     * it, this handle included.
     *
     * @throws io.millrace.domain.ObjectRemovedException if it was removed before
     */
    public void remove() {
        checkOpen();
        object.checkNotRemoved();
        try {
            object.remove();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends the use of this handle. Idempotent. */
    @Override
    public void close() {
        closed = true;
        object.close();
    }

    private void checkOpen() {
        if (closed) {
            throw new IllegalStateException("the handle on the shared memory is closed");
        }
    }

    /** In its place something travels that opens it where it arrives. */
    private Object writeReplace() throws ObjectStreamException {
        if (closed) {
            throw new NotSerializableException(this + " cannot be sent");
        }
        return new MemoryHandle(object);
    }

    @Override
    public String toString() {
        return "SharedMemory[" + name() + ", " + (closed ? "closed" : size() + " bytes") + "]";
    }

    /**
     * Makes or opens a block. Whoever opens gives the name and the domain.
     *
     * <p><b>Who may call it:</b> one thread at a time.
     */
    public static final class Builder {
        private final int size;
        private Path directory;
        private String name;

        private Builder(int size) {
            this.size = size;
        }

        /** The name in the domain: 1 to 100 letters, digits, '-', '_' and '.'. Without one it is anonymous. */
        public Builder name(String text) {
            name = Objects.requireNonNull(text);
            return this;
        }

        /** The domain's directory; otherwise the default domain's. */
        public Builder domain(Path path) {
            directory = Objects.requireNonNull(path);
            return this;
        }

        /**
         * Makes it.
         *
         * @throws IllegalStateException if no size was given
         * @throws IllegalArgumentException if the name is not legal
         * @throws UncheckedIOException if it cannot be made: if there is something of that name, with
         *     {@link FileAlreadyExistsException} as the cause
         */
        public SharedMemory create() {
            try {
                return made();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /**
         * Opens what somebody made.
         *
         * @throws IllegalStateException if no name was given
         * @throws UncheckedIOException if it cannot be opened: if there is none, with {@link NoSuchFileException} as
         *     the cause; if it is something else, with {@link io.millrace.format.WrongKindException}
         */
        public SharedMemory open() {
            try {
                return opened();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /**
         * Opens it, or makes it if there is none; so it may have another size.
         *
         * @throws IllegalStateException if no name, or no size, was given
         * @throws UncheckedIOException if neither can be done
         */
        public SharedMemory createOrOpen() {
            try {
                return Segment.openOrMake(this::opened, this::made);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private SharedMemory made() throws IOException {
            if (size == 0) {
                throw new IllegalStateException("shared memory is made of a size, and none was given");
            }
            return new SharedMemory(SharedObject.create(join(), name, KIND, size, (bytes, parts) -> { }));
        }

        private SharedMemory opened() throws IOException {
            if (name == null) {
                throw new IllegalStateException("shared memory is opened by its name, and none was given");
            }
            return new SharedMemory(SharedObject.open(join(), name, KIND));
        }

        private Domain join() throws IOException {
            return directory == null ? Domain.join() : Domain.join(directory);
        }
    }
}
