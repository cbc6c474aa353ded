package io.millrace.pipe;

/**
 * The types of records in a lane: what the message is, and which part of it the record has. A message that is one
 * record is both its first and its last; otherwise the first record begins with the message's length, in 8 bytes.
 */
final class RecordType {
    /** Bytes, as they are. */
    static final int BYTES = 0;
    /** The null of {@code send}, no bytes. */
    static final int NULL = 1;
    /** An object, by Java serialization. */
    static final int OBJECT = 2;
    /** An item of a typed view; what tells its codec is in the bits from {@link #CODEC_SHIFT} on. */
    static final int TYPED = 3;

    static final int FIRST = 1 << 2;
    static final int LAST = 1 << 3;
    static final int WHOLE = FIRST | LAST;

    /** Behind the content are the tickets of handles, all in the last record. */
    static final int WITH_HANDLES = 1 << 4;

    private static final int CONTENT_MASK = 3;
    private static final int CODEC_SHIFT = 5;
    private static final int CODEC_MASK = (1 << 31 - CODEC_SHIFT) - 1;

    private RecordType() { }

    static int content(int type) {
        return type & CONTENT_MASK;
    }

    static boolean isWhole(int type) {
        return (type & WHOLE) == WHOLE;
    }

    static boolean isWholeWithoutHandles(int type) {
        return (type & (WHOLE | WITH_HANDLES)) == WHOLE;
    }

    static boolean isFirst(int type) {
        return (type & FIRST) != 0;
    }

    static boolean isLast(int type) {
        return (type & LAST) != 0;
    }

    static boolean hasHandles(int type) {
        return (type & WITH_HANDLES) != 0;
    }

    /** The content of items of the codec with that identity. */
    static int typed(String codecId) {
        return TYPED | (codecId.hashCode() & CODEC_MASK) << CODEC_SHIFT;
    }

    /** The type without what tells the part. */
    static int withoutPart(int type) {
        return type & ~WHOLE;
    }
}
