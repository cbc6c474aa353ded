package io.millrace.format;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.CRC32;

/**
 * A segment as the bytes of a file, to be changed in ways that no writer would. Offsets are written out as
 * {@code docs/format.md} has them and not taken from the code, so that the two cannot be wrong together.
 */
final class SegmentFile {
    static final int HEADER_LENGTH = 128;
    static final int MAGIC = 0;
    static final int BYTE_ORDER = 8;
    static final int BODY_OFFSET = 12;
    static final int KIND = 16;
    static final int FORMAT_VERSION = 32;
    static final int CHECKSUM = 36;
    static final int FILE_LENGTH = 40;
    static final int CREATION_ID = 48;
    static final int PADDING = 64;

    private byte[] bytes;

    private SegmentFile(byte[] bytes) {
        this.bytes = bytes;
    }

    static SegmentFile read(Path path) throws IOException {
        return new SegmentFile(Files.readAllBytes(path));
    }

    static SegmentFile of(byte[] bytes) {
        return new SegmentFile(bytes.clone());
    }

    SegmentFile putInt(int offset, int value) {
        ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder()).putInt(offset, value);
        return this;
    }

    SegmentFile putLong(int offset, long value) {
        ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder()).putLong(offset, value);
        return this;
    }

    SegmentFile putText(int offset, String text) {
        byte[] characters = text.getBytes(StandardCharsets.ISO_8859_1);
        System.arraycopy(characters, 0, bytes, offset, characters.length);
        return this;
    }

    SegmentFile flip(int offset, int bits) {
        bytes[offset] ^= (byte) bits;
        return this;
    }

    /** Cut, or extended with zeros. */
    SegmentFile withLength(int length) {
        bytes = Arrays.copyOf(bytes, length);
        return this;
    }

    /** Makes the checksum right again, so that a reader has to look at what was changed. */
    SegmentFile seal() {
        return putInt(CHECKSUM, checksum());
    }

    int checksum() {
        CRC32 crc = new CRC32();
        crc.update(bytes, 8, 28);
        crc.update(bytes, 40, 88);
        return (int) crc.getValue();
    }

    ByteBuffer bytes() {
        return ByteBuffer.wrap(bytes.clone()).order(ByteOrder.nativeOrder());
    }

    void write(Path path) throws IOException {
        Files.write(path, bytes);
    }
}
