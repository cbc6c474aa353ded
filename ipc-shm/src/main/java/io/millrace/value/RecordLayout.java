package io.millrace.value;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.zip.CRC32;

/**
 * What a record is as bytes: an int by which records of another shape are told, and the components in their order,
 * without gaps. A number takes its width, a boolean a byte, a text and bytes an int, their length, and as many bytes as
 * they may have.
 */
final class RecordLayout<R extends Record> {
    private final List<RecordField> fields = new ArrayList<>();
    private final Constructor<R> constructor;
    private final String description;
    private final int checksum;
    private final int length;

    private RecordLayout(Class<R> type) throws NoSuchMethodException {
        RecordComponent[] components = type.getRecordComponents();
        constructor = type.getDeclaredConstructor(
            Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
        constructor.setAccessible(true);
        int offset = Integer.BYTES;
        for (RecordComponent component : components) {
            RecordField field = RecordField.of(component, offset);
            fields.add(field);
            offset = Math.addExact(offset, field.length());
        }
        length = offset;
        description = fields.stream().map(RecordField::toString).collect(Collectors.joining(", ", "(", ")"));
        CRC32 crc = new CRC32();
        crc.update(description.getBytes(StandardCharsets.UTF_8));
        checksum = (int) crc.getValue();
    }

    /**
     * That of a class.
     *
     * @throws IllegalArgumentException if a component has no fixed length
     */
    static <R extends Record> RecordLayout<R> of(Class<R> type) {
        try {
            return new RecordLayout<>(type);
        } catch (NoSuchMethodException e) {
            throw new IllegalArgumentException("every record has such a constructor: " + type.getName(), e);
        }
    }

    /** Bytes of a record. */
    int length() {
        return length;
    }

    /** A record whose components are all zero, false or empty. */
    byte[] empty() {
        byte[] bytes = new byte[length];
        buffer(bytes).putInt(0, checksum);
        return bytes;
    }

    /**
     * A record as bytes.
     *
     * @throws io.millrace.atomic.ItemTooLongException if a text or bytes are too long
     * @throws NullPointerException if a component is null
     */
    byte[] encode(R value) {
        byte[] bytes = empty();
        for (RecordField field : fields) {
            field.put(buffer(bytes), value);
        }
        return bytes;
    }

    /** Whether such a record is in these bytes. */
    boolean isIn(ByteBuffer bytes) {
        return bytes.capacity() == length && bytes.getInt(0) == checksum;
    }

    /**
     * The record in these bytes.
     *
     * @throws WrongRecordException if there is none
     */
    R decode(ByteBuffer bytes, String name) {
        check(bytes, name);
        Object[] values = fields.stream().map(field -> field.get(bytes, name)).toArray();
        try {
            return constructor.newInstance(values);
        } catch (InvocationTargetException e) {
            throw new IllegalArgumentException("the record in '" + name + "' refuses its values", e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Throws unless there is such a record in these bytes. */
    void check(ByteBuffer bytes, String name) {
        if (!isIn(bytes)) {
            throw new WrongRecordException(name, description);
        }
    }

    private static ByteBuffer buffer(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder());
    }
}
