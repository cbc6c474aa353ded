package io.millrace.atomic;

import io.millrace.atomic.CellHome.CellObject;
import io.millrace.format.SegmentKind;
import io.millrace.wait.Timeouts;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * An array whose elements are structs: each so many bytes that are read whole and change whole, as of a
 * {@link SharedStruct}. How many there are, and how long each is, is fixed.
 *
 * <p><b>Who may call it:</b> any number of threads of any number of processes, each with a handle of its own or shared.
 *
 * <p><b>Memory consistency effects:</b> those of a {@link SharedStruct}, for each element.
 *
 * <p><b>Close and death:</b> those of a {@link SharedStruct}: a writer that dies leaves its element as it was or as it
 * was to be, and holds up nobody who writes to another one. A named array stays until it is removed; an anonymous one
 * vanishes with its last user.
 *
 * <p><b>Cost:</b> that of a {@link SharedStruct}, for each element; all elements wake the same sleepers.
 *
 * <p><b>Errors:</b> an index that is not in the array is an {@link IndexOutOfBoundsException}, a value of another
 * length than the element an {@link IllegalArgumentException}.
 */
public final class SharedStructArray extends SharedCells {
    static final String KIND_NAME = "struct-array";

    private static final long serialVersionUID = 1;
    private static final SegmentKind KIND = new SegmentKind(KIND_NAME, 1, 1);

    private final transient StructTable table;
    private final transient StructAccess access;

    private SharedStructArray(CellObject object, StructTable table) {
        super(KIND_NAME, object);
        this.table = table;
        this.access = new StructAccess(object, StructsLayout.SIGNAL);
    }

    /** A new, anonymous one of so many elements of so many bytes each, all zero, in the default domain. */
    public static SharedStructArray create(int count, int length) {
        return builder(count, length).create();
    }

    /**
     * Makes one of so many elements of so many bytes each, all zero, with options.
     *
     * @throws IllegalArgumentException if the count is negative, or the length less than 1
     */
    public static CellsBuilder<SharedStructArray> builder(int count, int length) {
        if (count < 0) {
            throw new IllegalArgumentException("count of structs: actual " + count + ", expected at least 0");
        }
        int[] lengths = new int[count];
        Arrays.fill(lengths, length);
        return new CellsBuilder<>(format(lengths, null));
    }

    /** Makes one of elements that begin with these values, each as long as its value, with options. */
    public static CellsBuilder<SharedStructArray> builderOf(byte[]... values) {
        byte[][] copies = Arrays.stream(values).map(byte[]::clone).toArray(byte[][]::new);
        return new CellsBuilder<>(format(Arrays.stream(copies).mapToInt(value -> value.length).toArray(), copies));
    }

    /** Opens one by its name. */
    public static CellsBuilder<SharedStructArray> builder() {
        return builder(0, 1);
    }

    static CellFormat<SharedStructArray> format(int[] lengths, byte[][] values) {
        return new StructsFormat<>(KIND, lengths, values, SharedStructArray::new);
    }

    /** How many elements there are. */
    public int count() {
        checkOpen();
        return table.count();
    }

    /** Bytes of an element. */
    public int length(int index) {
        return at(index).length();
    }

    /** How often an element was changed. */
    public long version(int index) {
        return at(index).version();
    }

    /** A copy of an element. */
    public byte[] get(int index) {
        return access.get(at(index));
    }

    /** What the function makes of a copy of an element. */
    public <T> T read(int index, Function<? super ByteBuffer, ? extends T> function) {
        return function.apply(StructAccess.buffer(get(index)));
    }

    /** Changes an element. */
    public void set(int index, byte[] value) throws InterruptedException {
        access.set(at(index), value, Timeouts.FOREVER);
    }

    /** Changes an element; waits so long for its other writers; whether it was changed. */
    public boolean set(int index, byte[] value, Duration timeout) throws InterruptedException {
        return access.set(at(index), value, Timeouts.nanos(timeout));
    }

    /**
     * Replaces an element by what the function makes of a copy of it, as one step. The function may be called several
     * times, and keeps nobody from writing.
     */
    public void update(int index, Consumer<? super ByteBuffer> function) throws InterruptedException {
        access.update(at(index), function);
    }

    /** Waits until the condition holds for an element; whether it came to that in time. */
    public boolean await(int index, Predicate<? super ByteBuffer> condition, Duration timeout)
        throws InterruptedException {
        return access.await(at(index), () -> condition.test(StructAccess.buffer(get(index))), Timeouts.nanos(timeout));
    }

    /** Waits until an element is of another version than the caller has seen; whether it came to that in time. */
    public boolean awaitChange(int index, long version, Duration timeout) throws InterruptedException {
        return access.await(at(index), () -> version(index) != version, Timeouts.nanos(timeout));
    }

    private TwoBuffers at(int index) {
        checkOpen();
        return table.at(index);
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
        return count() + " structs";
    }
}
