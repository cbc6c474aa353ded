package io.millrace.codec;

import io.millrace.memory.Region;
import java.nio.ByteOrder;

/** Text to UTF-8 in a region, without an array in between. */
final class Utf8 {
    private static final boolean LITTLE_ENDIAN = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;
    private static final int ONE_BYTE = 0x80;
    private static final int TWO_BYTES = 0x800;

    private Utf8() { }

    /**
     * How many bytes a text takes.
     *
     * @throws EncodingException if it has half of a surrogate pair, or takes more than an {@code int} can say
     */
    static int length(String text) {
        int characters = text.length();
        long length = characters;
        for (int i = 0; i < characters; i++) {
            char c = text.charAt(i);
            if (c >= TWO_BYTES) {
                length += 2;
                if (Character.isSurrogate(c)) {
                    checkPair(text, i);
                    i++; // four bytes for two characters
                }
            } else if (c >= ONE_BYTE) {
                length++;
            }
        }
        if (length > Integer.MAX_VALUE) {
            throw new EncodingException("length of a text as UTF-8: actual " + length + " bytes, expected at most "
                + Integer.MAX_VALUE);
        }
        return (int) length;
    }

    private static void checkPair(String text, int index) {
        boolean isPair = Character.isHighSurrogate(text.charAt(index)) && index + 1 < text.length()
            && Character.isLowSurrogate(text.charAt(index + 1));
        if (!isPair) {
            throw new EncodingException(String.format("character %d of a text of %d: actual half of a surrogate pair"
                + " (\\u%04X), which UTF-8 cannot say; expected a pair", index, text.length(),
                (int) text.charAt(index)));
        }
    }

    /** Writes a text that {@link #length} accepted, and says how many bytes that were. */
    static int put(String text, Region target) {
        int characters = text.length();
        int at = 0;
        int i = 0;
        while (i < characters) {
            int next = Math.min(i + Long.BYTES, characters);
            if (i <= characters - Long.BYTES && putEight(text, i, target, at)) {
                i = next;
                at += Long.BYTES;
                continue;
            }
            while (i < next) {
                int point = text.codePointAt(i);
                i += Character.charCount(point);
                at += put(point, target, at);
            }
        }
        return at;
    }

    /** Writes eight characters at once if they are ASCII. */
    private static boolean putEight(String text, int from, Region target, int at) {
        int any = 0;
        long word = 0;
        for (int i = Long.BYTES - 1; i >= 0; i--) {
            char c = text.charAt(from + i);
            any |= c;
            word = word << Byte.SIZE | c;
        }
        if (any >= ONE_BYTE) {
            return false;
        }
        target.putLongPlain(at, LITTLE_ENDIAN ? word : Long.reverseBytes(word));
        return true;
    }

    private static int put(int point, Region target, int at) {
        if (point < ONE_BYTE) {
            target.putBytePlain(at, (byte) point);
            return 1;
        }
        if (point < TWO_BYTES) {
            target.putBytePlain(at, (byte) (0xC0 | point >> 6));
            target.putBytePlain(at + 1, continuation(point));
            return 2;
        }
        if (point < Character.MIN_SUPPLEMENTARY_CODE_POINT) {
            target.putBytePlain(at, (byte) (0xE0 | point >> 12));
            target.putBytePlain(at + 1, continuation(point >> 6));
            target.putBytePlain(at + 2, continuation(point));
            return 3;
        }
        target.putBytePlain(at, (byte) (0xF0 | point >> 18));
        target.putBytePlain(at + 1, continuation(point >> 12));
        target.putBytePlain(at + 2, continuation(point >> 6));
        target.putBytePlain(at + 3, continuation(point));
        return 4;
    }

    private static byte continuation(int bits) {
        return (byte) (0x80 | bits & 0x3F);
    }
}
