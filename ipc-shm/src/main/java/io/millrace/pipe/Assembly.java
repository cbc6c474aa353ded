package io.millrace.pipe;

import io.millrace.memory.Region;
import java.util.function.IntSupplier;

/** A message that comes in parts: what of it is there by now. */
final class Assembly {
    private static final int LENGTH_MAX = Integer.MAX_VALUE - Long.BYTES;

    private final IntSupplier lengthMax;
    private byte[] bytes;
    private int content;
    private int filled;

    /** For messages of that length at most. */
    Assembly(IntSupplier lengthMax) {
        this.lengthMax = lengthMax;
    }

    /** Whether a message has begun and not ended. */
    boolean isOpen() {
        return bytes != null;
    }

    void drop() {
        bytes = null;
    }

    /** Takes the first part of a message, in place of one that never came to its end. */
    void begin(int type, Region part) {
        long length = part.length() < Long.BYTES ? -1 : part.getLongPlain(0);
        int first = part.length() - Long.BYTES;
        int longest = Math.min(lengthMax.getAsInt(), LENGTH_MAX);
        if (length <= first || length > longest) {
            drop();
            throw new CorruptMessageException("length of a message whose first part has " + first
                + " bytes", length, "more than that, up to " + longest);
        }
        bytes = new byte[(int) length];
        content = RecordType.withoutPart(type);
        part.getBytes(Long.BYTES, bytes, 0, first);
        filled = first;
    }

    /**
     * Takes another part, if it belongs to a message whose beginning was seen.
     *
     * @return the message if that was its last part, else null
     */
    byte[] add(int type, Region part) {
        if (!isOpen()) {
            return null; // somebody else has received the beginning, and died
        }
        int length = part.length();
        boolean complete = filled + (long) length == bytes.length;
        if (RecordType.withoutPart(type) != content || length > bytes.length - filled
            || complete != RecordType.isLast(type)) {
            int expected = bytes.length - filled;
            drop();
            throw new CorruptMessageException("part of a message", length, "at most " + expected
                + ", and exactly that of the last one");
        }
        part.getBytes(0, bytes, filled, length);
        filled += length;
        if (!complete) {
            return null;
        }
        byte[] message = bytes;
        bytes = null;
        return message;
    }
}
