package io.millrace.value;

import io.millrace.atomic.CellsBuilder;
import io.millrace.atomic.ObjectLock;
import io.millrace.atomic.SharedStruct;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * A record that processes share: a {@link SharedStruct} whose bytes are the components of a record class, in fixed
 * places. Components are primitives, texts and arrays of bytes, of which the last two say by {@link MaxBytes} how long
 * they may be. If the class is in a module, its package is to be open.
 *
 * <p><b>Who may call it, memory consistency effects, close and death:</b> as of a {@link SharedStruct}: it is read
 * whole and changes whole, and a writer that dies leaves it as it was or as it was to be.
 *
 * <p><b>Cost:</b> that of a {@link SharedStruct}, and a call by reflection for each component.
 *
 * <p><b>Errors:</b> a text or bytes that are too long are an {@link io.millrace.atomic.ItemTooLongException}, and
 * nothing changes. Opened as another class than it was made of, whose components have other names or types, it is a
 * {@link WrongRecordException}.
 *
 * @param <R> the record class
 */
public final class SharedRecord<R extends Record> implements AutoCloseable, Serializable {
    private static final long serialVersionUID = 1;

    private final Class<R> type;
    private final SharedStruct struct;
    private final transient RecordLayout<R> layout;

    private SharedRecord(Class<R> type, RecordLayout<R> layout, SharedStruct struct) {
        this.type = type;
        this.struct = struct;
        this.layout = layout;
        struct.read(bytes -> {
            layout.check(bytes, struct.name());
            return null;
        });
    }

    /** A new, anonymous one with this value, in the default domain. */
    public static <R extends Record> SharedRecord<R> create(R value) {
        return builder(value).create();
    }

    /**
     * Makes one with this value, with options.
     *
     * @throws IllegalArgumentException if a component is neither a primitive nor of a bounded length
     */
    public static <R extends Record> CellsBuilder<SharedRecord<R>> builder(R value) {
        Class<R> type = classOf(value);
        RecordLayout<R> layout = RecordLayout.of(type);
        return SharedStruct.builderOf(layout.encode(value)).map(struct -> new SharedRecord<>(type, layout, struct));
    }

    /** Opens one by its name; if it is made, its components are zero, false and empty. */
    public static <R extends Record> CellsBuilder<SharedRecord<R>> builder(Class<R> type) {
        RecordLayout<R> layout = RecordLayout.of(type);
        return SharedStruct.builderOf(layout.empty()).map(struct -> new SharedRecord<>(type, layout, struct));
    }

    @SuppressWarnings("unchecked") // the class of an R, for record classes have no subclasses
    static <R extends Record> Class<R> classOf(R value) {
        return (Class<R>) value.getClass();
    }

    /** Its name in its domain. */
    public String name() {
        return struct.name();
    }

    /** How often it was changed. */
    public long version() {
        return struct.version();
    }

    /** The record as it is. */
    public R get() {
        return struct.read(this::decode);
    }

    /** Replaces it. */
    public void set(R value) throws InterruptedException {
        struct.set(layout.encode(value));
    }

    /** Replaces it; waits so long for other writers; whether it was replaced. */
    public boolean set(R value, Duration timeout) throws InterruptedException {
        return struct.set(layout.encode(value), timeout);
    }

    /** Replaces it by what the function makes of it, as one step. The function may be called several times. */
    public void update(UnaryOperator<R> function) throws InterruptedException {
        struct.update(bytes -> bytes.put(0, layout.encode(function.apply(decode(bytes)))));
    }

    /** Waits until the condition holds for the record; whether it came to that in time. */
    public boolean await(Predicate<? super R> condition, Duration timeout) throws InterruptedException {
        return struct.await(bytes -> condition.test(decode(bytes)), timeout);
    }

    /** Waits until the version is another than that, which the caller has seen; whether it came to that in time. */
    public boolean awaitChange(long version, Duration timeout) throws InterruptedException {
        return struct.awaitChange(version, timeout);
    }

    private R decode(ByteBuffer bytes) {
        return layout.decode(bytes, struct.name());
    }

    /** The lock of this object, for compound work, as of any cells. */
    public ObjectLock lock() {
        return struct.lock();
    }

    /** Removes it for all its users, and closes this handle, as of a {@link SharedStruct}. */
    public void remove() {
        struct.remove();
    }

    /** Ends the use of this handle. Idempotent. */
    @Override
    public void close() {
        struct.close();
    }

    private Object readResolve() {
        try {
            return new SharedRecord<>(type, RecordLayout.of(type), struct);
        } catch (RuntimeException e) {
            struct.close();
            throw e;
        }
    }

    @Override
    public String toString() {
        return "SharedRecord[" + type.getSimpleName() + " in " + struct + "]";
    }
}
