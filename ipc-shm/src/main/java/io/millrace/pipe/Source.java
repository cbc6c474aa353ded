package io.millrace.pipe;

import io.millrace.memory.Region;
import java.nio.ByteBuffer;

/** Where the bytes of a message come from. */
interface Source {
    /** The bytes of an empty message. */
    Source NOTHING = new OfArray(new byte[0], 0, 0);

    /** All bytes of an array. */
    static Source of(byte[] array) {
        return new OfArray(array, 0, array.length);
    }

    int length();

    /** So many of the last bytes are to be in one record. */
    default int tail() {
        return 0;
    }

    /** Copies so many bytes, from that byte of the message on. */
    void copy(int from, Region target, int offset, int length);

    /** A part of an array. */
    record OfArray(byte[] array, int offset, int length) implements Source {
        @Override
        public void copy(int from, Region target, int targetOffset, int count) {
            target.putBytes(targetOffset, array, offset + from, count);
        }
    }

    /** A region. */
    record OfRegion(Region region, int length, int tail) implements Source {
        @Override
        public void copy(int from, Region target, int offset, int count) {
            target.putBytes(offset, region, from, count);
        }
    }

    /** What remains in a buffer, whose position is left alone. */
    record OfBuffer(ByteBuffer buffer, int offset, int length) implements Source {
        @Override
        public void copy(int from, Region target, int targetOffset, int count) {
            target.putBytes(targetOffset, buffer, offset + from, count);
        }
    }
}
