package io.millrace.memory;

import java.nio.ByteBuffer;
import org.agrona.UnsafeApi;

/** A word at an address. */
final class AgronaWord extends Word {
    // Keeps the mapping alive.
    private final ByteBuffer memory;
    private final long address;
    private final int length;

    private AgronaWord(ByteBuffer memory, long address, int length) {
        this.memory = memory;
        this.address = address;
        this.length = length;
    }

    static Word at(ByteBuffer memory, long address, int length) {
        return new AgronaWord(memory, address, length);
    }

    @Override
    public int getIntPlain() {
        return UnsafeApi.getInt(null, address);
    }

    @Override
    public int getIntVolatile() {
        return UnsafeApi.getIntVolatile(null, address);
    }

    @Override
    public boolean compareAndSetInt(int expected, int update) {
        return UnsafeApi.compareAndSetInt(null, address, expected, update);
    }

    @Override
    public long getLongAcquire() {
        return UnsafeApi.getLongAcquire(null, longAddress());
    }

    @Override
    public void putLongRelease(long value) {
        UnsafeApi.putLongRelease(null, longAddress(), value);
    }

    @Override
    public long getLongVolatile() {
        return UnsafeApi.getLongVolatile(null, longAddress());
    }

    @Override
    public boolean compareAndSetLong(long expected, long update) {
        return UnsafeApi.compareAndSetLong(null, longAddress(), expected, update);
    }

    /** For an int there is room in each word. */
    private long longAddress() {
        if (length < Long.BYTES) {
            throw new IndexOutOfBoundsException("access of " + Long.BYTES + " bytes to a word of " + length
                + " bytes of " + memory);
        }
        return address;
    }
}
