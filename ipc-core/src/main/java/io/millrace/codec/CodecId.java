package io.millrace.codec;

import io.millrace.memory.Region;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * The identity of a codec as a field of a segment: {@value #LENGTH_MAX} bytes, ASCII, the rest NUL. It is written
 * before the segment has its name and never changes.
 */
public final class CodecId {
    /** The longest identity, and the length of the field. */
    public static final int LENGTH_MAX = 128;

    private CodecId() { }

    /**
     * Writes the field.
     *
     * @throws IllegalArgumentException if the codec's identity is not one
     */
    public static void write(Codec<?> codec, Region region, int offset) {
        region.putBytes(offset, bytes(codec), 0, LENGTH_MAX);
    }

    /** The field, for people: up to the first NUL, with a dot for whatever is not printable. */
    public static String read(Region region, int offset) {
        StringBuilder id = new StringBuilder();
        for (int i = 0; i < LENGTH_MAX; i++) {
            byte character = region.getBytePlain(offset + i);
            if (character == 0) {
                break;
            }
            id.append(isPrintable((char) character) ? (char) character : '.');
        }
        return id.toString();
    }

    /**
     * Compares the field with a codec.
     *
     * @param file the segment, for the message
     * @throws WrongCodecException if it is not the codec that the field was written with
     * @throws IllegalArgumentException if the codec's identity is not one
     */
    public static void check(Path file, Region region, int offset, Codec<?> codec) throws WrongCodecException {
        byte[] stored = new byte[LENGTH_MAX];
        region.getBytes(offset, stored, 0, LENGTH_MAX);
        if (!Arrays.equals(stored, bytes(codec))) {
            throw new WrongCodecException(file, read(region, offset), codec.id());
        }
    }

    /**
     * Says whether a text can be the identity of a codec.
     *
     * @return the text
     * @throws IllegalArgumentException if it cannot
     */
    static String check(String id) {
        if (id.isEmpty() || id.length() > LENGTH_MAX || !id.chars().allMatch(c -> isPrintable((char) c))) {
            throw new IllegalArgumentException("identity of a codec: actual '" + id + "' (" + id.length()
                + " characters), expected 1 to " + LENGTH_MAX + " printable ASCII characters without spaces");
        }
        return id;
    }

    private static byte[] bytes(Codec<?> codec) {
        return Arrays.copyOf(check(codec.id()).getBytes(StandardCharsets.US_ASCII), LENGTH_MAX);
    }

    private static boolean isPrintable(char character) {
        return character > ' ' && character <= '~';
    }
}
