package io.millrace.codec;

import io.millrace.memory.Region;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Text as UTF-8. Encodes without allocating; decoding ASCII allocates the text and nothing else.
 */
final class Utf8Codec implements InPlaceCodec<String> {
    static final Utf8Codec INSTANCE = new Utf8Codec();

    private static final int KEPT_LENGTH_MAX = 1 << 16;
    private static final char REPLACEMENT = '\uFFFD';
    private static final Pool<byte[]> POOL = new Pool<>();

    private Utf8Codec() { }

    @Override
    public String id() {
        return "utf-8";
    }

    @Override
    public int lengthMax(String item) {
        return Utf8.length(item);
    }

    @Override
    public int encodeInPlace(String item, Region target) {
        return Utf8.put(item, target);
    }

    @Override
    public String decode(Region message) {
        int length = message.length();
        byte[] copy = length > KEPT_LENGTH_MAX ? null : POOL.take();
        if (copy == null) {
            copy = new byte[Math.max(length, KEPT_LENGTH_MAX)];
        }
        // A copy, also because shared memory could change between a check and the use.
        message.getBytes(0, copy, 0, length);
        String item = new String(copy, 0, length, StandardCharsets.UTF_8);
        // Whatever is malformed was replaced by this character. It may also be part of the text, which is rare
        // enough to be looked at twice.
        if (item.indexOf(REPLACEMENT) >= 0) {
            checkWellFormed(copy, length);
        }
        if (copy.length == KEPT_LENGTH_MAX) {
            POOL.giveBack(copy);
        }
        return item;
    }

    private static void checkWellFormed(byte[] copy, int length) {
        ByteBuffer bytes = ByteBuffer.wrap(copy, 0, length);
        try {
            StandardCharsets.UTF_8.newDecoder().decode(bytes);
        } catch (CharacterCodingException e) {
            throw new DecodingException("message of codec utf-8: actual " + length + " bytes that are malformed from"
                + " byte " + bytes.position() + " on, expected UTF-8", e);
        }
    }

    @Override
    public String toString() {
        return "Codec[utf-8]";
    }
}
