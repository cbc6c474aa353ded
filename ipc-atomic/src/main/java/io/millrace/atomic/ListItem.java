package io.millrace.atomic;

import io.millrace.format.CorruptSegmentException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;

/** What an item of a list is as bytes. */
final class ListItem {
    private static final int NOTHING = 0;
    private static final int BOOLEAN = 1;
    private static final int LONG = 2;
    private static final int DOUBLE = 3;
    private static final int TEXT = 4;
    private static final int BYTES = 5;
    private static final int CONTENT = StructsLayout.ITEM.length();

    private ListItem() { }

    /** The item as lists have it: of whole numbers a long, of the others a double. */
    static Object normal(Object item) {
        if (item instanceof Integer || item instanceof Short || item instanceof Byte) {
            return ((Number) item).longValue();
        } else if (item instanceof Float number) {
            return number.doubleValue();
        } else if (item == null || item instanceof Boolean || item instanceof Long || item instanceof Double
            || item instanceof String || item instanceof byte[]) {
            return item;
        }
        throw new IllegalArgumentException("type of an item: actual " + item.getClass().getName()
            + ", expected null, a boolean, a number, a text or bytes");
    }

    /** Bytes of a slot that is made for that item: a multiple of 8, and more than a text or bytes have. */
    static int slotLength(Object item) {
        int length = content(normal(item)).length;
        boolean fixed = !(item instanceof String || item instanceof byte[]);
        return CONTENT + (fixed ? Long.BYTES : Math.addExact(length, Long.BYTES) & -Long.BYTES);
    }

    /**
     * An item for a slot of so many bytes.
     *
     * @throws ItemTooLongException if it does not fit
     * @throws IllegalArgumentException if lists have no such items
     */
    static byte[] encode(Object item, int slotLength) {
        Object normal = normal(item);
        byte[] content = content(normal);
        if (content.length > slotLength - CONTENT) {
            throw new ItemTooLongException("an item for its slot", content.length, slotLength - CONTENT);
        }
        byte[] bytes = new byte[slotLength];
        StructAccess.buffer(bytes).putInt(StructsLayout.ITEM_TYPE, type(normal))
            .putInt(StructsLayout.ITEM_LENGTH, content.length).put(CONTENT, content);
        return bytes;
    }

    private static int type(Object normal) {
        return normal == null ? NOTHING : normal instanceof Boolean ? BOOLEAN : normal instanceof Long ? LONG
            : normal instanceof Double ? DOUBLE : normal instanceof String ? TEXT : BYTES;
    }

    private static byte[] content(Object normal) {
        if (normal == null) {
            return new byte[0];
        } else if (normal instanceof byte[] bytes) {
            return bytes;
        } else if (normal instanceof Boolean value) {
            return new byte[] {(byte) (value ? 1 : 0)};
        } else if (normal instanceof String text) {
            return utf8(text);
        }
        long bits = normal instanceof Double number ? Double.doubleToRawLongBits(number) : (Long) normal;
        byte[] word = new byte[Long.BYTES];
        StructAccess.buffer(word).putLong(0, bits);
        return word;
    }

    private static byte[] utf8(String text) {
        try {
            ByteBuffer encoded = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
            return Arrays.copyOf(encoded.array(), encoded.limit());
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("a text with half a character in it has no UTF-8", e);
        }
    }

    /** The item of a slot, which is not believed. */
    static Object decode(byte[] slot, Path path) throws CorruptSegmentException {
        ByteBuffer buffer = StructAccess.buffer(slot);
        if (slot.length < CONTENT) {
            throw new CorruptSegmentException(path, "slot of a list: actual " + slot.length + " bytes");
        }
        int type = buffer.getInt(StructsLayout.ITEM_TYPE);
        int length = buffer.getInt(StructsLayout.ITEM_LENGTH);
        int expected = switch (type) {
            case NOTHING -> 0;
            case BOOLEAN -> 1;
            case LONG, DOUBLE -> Long.BYTES;
            default -> length;
        };
        if (type < NOTHING || type > BYTES || length < 0 || length > slot.length - CONTENT || length != expected) {
            throw new CorruptSegmentException(path, "item of a list: actual type " + type + " with " + length
                + " bytes in a slot of " + slot.length);
        }
        return switch (type) {
            case NOTHING -> null;
            case BOOLEAN -> slot[CONTENT] != 0;
            case LONG -> buffer.getLong(CONTENT);
            case DOUBLE -> buffer.getDouble(CONTENT);
            case TEXT -> text(buffer.slice(CONTENT, length), path);
            default -> Arrays.copyOfRange(slot, CONTENT, CONTENT + length);
        };
    }

    private static String text(ByteBuffer bytes, Path path) throws CorruptSegmentException {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
        } catch (CharacterCodingException e) {
            throw new CorruptSegmentException(path, "text of a list: actual " + e.getMessage() + ", expected UTF-8");
        }
    }

    /** Whether two items are the same, of arrays their bytes. */
    static boolean areEqual(Object one, Object other) {
        return Arrays.deepEquals(new Object[] {one}, new Object[] {other});
    }

    /** For people. */
    static Object printable(Object item) {
        return item instanceof byte[] bytes ? Arrays.toString(bytes) : String.valueOf(item);
    }

    /** What it is, for people. */
    static String typeName(Object item) {
        return item == null ? "null" : item instanceof byte[] ? "bytes" : item instanceof String ? "text"
            : item.getClass().getSimpleName().toLowerCase(Locale.ROOT);
    }
}
