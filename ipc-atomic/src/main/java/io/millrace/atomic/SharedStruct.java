package io.millrace.atomic;

import io.millrace.atomic.CellHome.CellObject;
import io.millrace.format.CorruptSegmentException;
import io.millrace.format.SegmentKind;
import io.millrace.memory.Region;
import io.millrace.wait.Timeouts;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Several fields that processes share and that are read whole, never a part old and a part new.
 *
 * <p><b>Who may call it:</b> any number of threads of any number of processes, each with a handle of its own or shared.
 * What a field is, they agree among themselves: a value is so many bytes, zero at first, and buffers are in the byte
 * order of the machine.
 *
 * <p><b>Memory consistency effects:</b> what precedes a change is visible after a read that sees it; all changes are in
 * one order, which is that of their versions.
 *
 * <p><b>Close and death:</b> a writer that dies leaves the value as it was or as it was to be. A writer waits for
 * another one that is in the middle of copying its value; one that died there is passed within a slice of
 * 2 ms, one that is paused there is waited for. Readers wait for nobody, alive or dead. A named struct stays until it
 * is removed; an anonymous one vanishes with its last user.
 *
 * <p><b>Cost:</b> two copies of the bytes and two CAS for a change; a copy for a read, again while others change it.
 * Each read allocates the copy that it hands out.
 */
public final class SharedStruct extends SharedCells {
    static final String KIND_NAME = "struct";

    private static final long serialVersionUID = 1;
    private static final SegmentKind KIND = new SegmentKind(KIND_NAME, 1, 1);

    private final transient TwoBuffers buffers;
    private final transient StructAccess access;

    private SharedStruct(CellObject object, int length) {
        super(KIND_NAME, object);
        this.buffers = new TwoBuffers(object.body(), length);
        this.access = new StructAccess(object, StructLayout.SIGNAL);
    }

    /**
     * A new, anonymous one of so many bytes, all zero, in the default domain.
     *
     * @throws IllegalArgumentException if the length is less than 1
     */
    public static SharedStruct create(int length) {
        return builder(length).create();
    }

    /** Makes one of so many bytes with options. */
    public static CellsBuilder<SharedStruct> builder(int length) {
        return new CellsBuilder<>(format(length));
    }

    /**
     * Makes one that begins with this value, with options.
     *
     * @throws IllegalArgumentException if the value is empty
     */
    public static CellsBuilder<SharedStruct> builderOf(byte... value) {
        return new CellsBuilder<>(format(value.clone()));
    }

    /** Opens one by its name. */
    public static CellsBuilder<SharedStruct> builder() {
        return builder(1);
    }

    static CellFormat<SharedStruct> format(int length) {
        if (length < 1) {
            throw new IllegalArgumentException("length of a struct: actual " + length + ", expected at least 1");
        }
        return new Format(length, null);
    }

    private static CellFormat<SharedStruct> format(byte[] value) {
        format(value.length);
        return new Format(value.length, value);
    }

    /** Bytes of the value. */
    public int length() {
        checkOpen();
        return buffers.length();
    }

    /** How often the value was changed. */
    public long version() {
        checkOpen();
        return buffers.version();
    }

    /** A copy of the value. */
    public byte[] get() {
        return access.get(buffers);
    }

    /** What the function makes of a copy of the value. */
    public <T> T read(Function<? super ByteBuffer, ? extends T> function) {
        return function.apply(StructAccess.buffer(get()));
    }

    /**
     * Changes the value.
     *
     * @throws IllegalArgumentException if it has another length
     */
    public void set(byte[] value) throws InterruptedException {
        access.set(buffers, value, Timeouts.FOREVER);
    }

    /** Changes the value; waits so long for other writers; whether it was changed. */
    public boolean set(byte[] value, Duration timeout) throws InterruptedException {
        return access.set(buffers, value, Timeouts.nanos(timeout));
    }

    /**
     * Replaces the value by what the function makes of a copy of it, as one step. The function may be called several
     * times, because the value is written only if nobody else has changed it meanwhile; it keeps nobody from writing.
     */
    public void update(Consumer<? super ByteBuffer> function) throws InterruptedException {
        access.update(buffers, function);
    }

    /** Waits until the condition holds for a value; whether it came to that in time. */
    public boolean await(Predicate<? super ByteBuffer> condition, Duration timeout) throws InterruptedException {
        return access.await(buffers, () -> condition.test(StructAccess.buffer(get())), Timeouts.nanos(timeout));
    }

    /** Waits until the version is another than that, which the caller has seen; whether it came to that in time. */
    public boolean awaitChange(long version, Duration timeout) throws InterruptedException {
        return access.await(buffers, () -> version() != version, Timeouts.nanos(timeout));
    }

    /** Bytes of the value in a body, which is not believed. */
    static int length(Region body, Path path) throws CorruptSegmentException {
        int length = body.length() < StructLayout.LAYOUT.length() ? 0 : body.getIntPlain(StructLayout.LENGTH);
        if (length < 1 || body.length() != StructLayout.length(length)) {
            throw new CorruptSegmentException(path, "length of a struct: actual " + length + " in a body of "
                + body.length() + " bytes");
        }
        return length;
    }

    @Override
    void end() {
        access.close();
    }

    @Override
    void checkOpen() {
        access.checkOpen();
    }

    @Override
    String contents() {
        return length() + " bytes, version " + version();
    }

    /** The value is null for zeros. */
    private record Format(int valueLength, byte[] value) implements CellFormat<SharedStruct> {
        @Override
        public SegmentKind kind() {
            return KIND;
        }

        @Override
        public long length() {
            return StructLayout.length(valueLength);
        }

        @Override
        public void initialise(Region body) {
            body.putIntPlain(StructLayout.LENGTH, valueLength);
            if (value != null) {
                new TwoBuffers(body, valueLength).initialise(value);
            }
        }

        @Override
        public SharedStruct over(CellObject object) throws CorruptSegmentException {
            return new SharedStruct(object, SharedStruct.length(object.body(), object.path()));
        }
    }
}
