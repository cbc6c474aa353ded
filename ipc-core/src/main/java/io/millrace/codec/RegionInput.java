package io.millrace.codec;

import io.millrace.memory.Region;
import java.io.InputStream;
import java.util.Objects;

/** The bytes of a message as a stream. */
final class RegionInput extends InputStream {
    private final Region message;
    private int position;

    RegionInput(Region message) {
        this.message = message;
    }

    @Override
    public int read() {
        return available() == 0 ? -1 : message.getBytePlain(position++) & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, target.length);
        if (length == 0) {
            return 0;
        }
        int count = Math.min(length, available());
        if (count == 0) {
            return -1;
        }
        message.getBytes(position, target, offset, count);
        position += count;
        return count;
    }

    @Override
    public long skip(long count) {
        int skipped = (int) Math.max(0, Math.min(count, available()));
        position += skipped;
        return skipped;
    }

    /** All that is left. */
    @Override
    public int available() {
        return message.length() - position;
    }
}
