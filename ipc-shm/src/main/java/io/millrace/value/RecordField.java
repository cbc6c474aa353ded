package io.millrace.value;

import io.millrace.atomic.ItemTooLongException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;

/** A component of a record, and where it is in its bytes. */
final class RecordField {
    private static final Map<Class<?>, Integer> WIDTHS = Map.of(boolean.class, 1, byte.class, 1, short.class, 2,
        char.class, 2, int.class, 4, float.class, 4, long.class, 8, double.class, 8);

    private final String name;
    private final Class<?> type;
    private final Method accessor;
    private final int offset;
    /** Of a text or of bytes; else 0. */
    private final int lengthMax;

    private RecordField(RecordComponent component, int offset, int lengthMax) {
        this.name = component.getName();
        this.type = component.getType();
        this.accessor = component.getAccessor();
        this.accessor.setAccessible(true);
        this.offset = offset;
        this.lengthMax = lengthMax;
    }

    /**
     * That of a component.
     *
     * @throws IllegalArgumentException if it has no fixed length
     */
    static RecordField of(RecordComponent component, int offset) {
        if (WIDTHS.containsKey(component.getType())) {
            return new RecordField(component, offset, 0);
        }
        MaxBytes bound = component.getAnnotation(MaxBytes.class);
        if (component.getType() != String.class && component.getType() != byte[].class || bound == null
            || bound.value() < 1) {
            throw new IllegalArgumentException("component of a shared record: actual " + component
                + ", expected a primitive, or a String or byte[] with @MaxBytes of at least 1");
        }
        return new RecordField(component, offset, bound.value());
    }

    /** Bytes that it takes. */
    int length() {
        return lengthMax > 0 ? Math.addExact(Integer.BYTES, lengthMax) : WIDTHS.get(type);
    }

    /** Writes it, of that record. */
    void put(ByteBuffer bytes, Record source) {
        Object value;
        try {
            value = Objects.requireNonNull(accessor.invoke(source), () -> "component " + name + " of a shared record");
        } catch (InvocationTargetException e) {
            throw new IllegalArgumentException("component " + name + " cannot be read", e.getCause());
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
        if (value instanceof Boolean one) {
            bytes.put(offset, (byte) (one ? 1 : 0));
        } else if (value instanceof Character one) {
            bytes.putChar(offset, one);
        } else if (value instanceof String text) {
            putBytes(bytes, utf8(text));
        } else if (value instanceof byte[] array) {
            putBytes(bytes, array);
        } else {
            putNumber(bytes, (Number) value);
        }
    }

    private void putNumber(ByteBuffer bytes, Number number) {
        if (type == byte.class) {
            bytes.put(offset, number.byteValue());
        } else if (type == short.class) {
            bytes.putShort(offset, number.shortValue());
        } else if (type == int.class) {
            bytes.putInt(offset, number.intValue());
        } else if (type == long.class) {
            bytes.putLong(offset, number.longValue());
        } else if (type == float.class) {
            bytes.putFloat(offset, number.floatValue());
        } else {
            bytes.putDouble(offset, number.doubleValue());
        }
    }

    private void putBytes(ByteBuffer bytes, byte[] content) {
        if (content.length > lengthMax) {
            throw new ItemTooLongException("component " + name + " of a shared record", content.length, lengthMax);
        }
        bytes.putInt(offset, content.length).put(offset + Integer.BYTES, content);
    }

    private byte[] utf8(String text) {
        try {
            ByteBuffer encoded = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
            byte[] content = new byte[encoded.remaining()];
            encoded.get(content);
            return content;
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("component " + name + " has half a character in it, and no UTF-8", e);
        }
    }

    /** Reads it from bytes that are not believed. */
    Object get(ByteBuffer bytes, String place) {
        if (lengthMax > 0) {
            int length = bytes.getInt(offset);
            if (length < 0 || length > lengthMax) {
                throw new WrongRecordException(place, this + "; actual length " + length);
            }
            byte[] content = new byte[length];
            bytes.get(offset + Integer.BYTES, content);
            return type == String.class ? new String(content, StandardCharsets.UTF_8) : content;
        } else if (type == boolean.class) {
            return bytes.get(offset) != 0;
        } else if (type == byte.class) {
            return bytes.get(offset);
        } else if (type == short.class) {
            return bytes.getShort(offset);
        } else if (type == char.class) {
            return bytes.getChar(offset);
        } else if (type == int.class) {
            return bytes.getInt(offset);
        } else if (type == long.class) {
            return bytes.getLong(offset);
        } else if (type == float.class) {
            return bytes.getFloat(offset);
        }
        return bytes.getDouble(offset);
    }

    /** The same for all classes whose records are the same bytes, and for no others. */
    @Override
    public String toString() {
        return name + " " + type.getSimpleName() + (lengthMax > 0 ? " of " + lengthMax : "");
    }
}
