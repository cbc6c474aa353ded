package io.millrace.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * Reads what a parent wrote by a {@link java.io.DataOutputStream}, texts as length and UTF-8. That is what a
 * DataInputStream does; that one sets up handles for each type of number that it never uses.
 */
final class LaunchBytes {
    private final byte[] bytes;
    private int position;

    LaunchBytes(byte[] bytes) {
        this.bytes = bytes;
    }

    boolean flag() throws IOException {
        return number(1) != 0;
    }

    /** The next so many bytes as one number, the first byte the highest. */
    long number(int length) throws IOException {
        int start = advance(length);
        long value = 0;
        for (int i = start; i < position; i++) {
            value = value << Byte.SIZE | Byte.toUnsignedInt(bytes[i]);
        }
        return value;
    }

    int number() throws IOException {
        return (int) number(Integer.BYTES);
    }

    /** A number of items that follow, each of at least one byte. */
    int count() throws IOException {
        int count = number();
        if (count < 0 || count > bytes.length - position) {
            throw new IOException("number of items in a launch record: actual " + count + ", expected 0 to "
                + (bytes.length - position));
        }
        return count;
    }

    String text() throws IOException {
        int length = number();
        return new String(bytes, advance(length), length, StandardCharsets.UTF_8);
    }

    /** What is left. */
    byte[] rest() {
        byte[] rest = new byte[bytes.length - position];
        System.arraycopy(bytes, position, rest, 0, rest.length);
        position = bytes.length;
        return rest;
    }

    /** Where the next so many bytes begin. */
    private int advance(int length) throws IOException {
        if (length < 0 || length > bytes.length - position) {
            throw new IOException("item of a launch record: actual " + length + " bytes, expected 0 to "
                + (bytes.length - position));
        }
        position += length;
        return position - length;
    }
}
