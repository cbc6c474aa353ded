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
        return UnsafeApi.getInt(null, addressOf(Integer.BYTES));
    }

    @Override
    public int getIntVolatile() {
        return UnsafeApi.getIntVolatile(null, addressOf(Integer.BYTES));
    }

    @Override
    public boolean compareAndSetInt(int expected, int update) {
        return UnsafeApi.compareAndSetInt(null, addressOf(Integer.BYTES), expected, update);
    }

    @Override
    public long getLongAcquire() {
        return UnsafeApi.getLongAcquire(null, addressOf(Long.BYTES));
    }

    @Override
    public void putLongRelease(long value) {
        UnsafeApi.putLongRelease(null, addressOf(Long.BYTES), value);
    }

    @Override
    public long getLongVolatile() {
        return UnsafeApi.getLongVolatile(null, addressOf(Long.BYTES));
    }

    @Override
    public boolean compareAndSetLong(long expected, long update) {
        return UnsafeApi.compareAndSetLong(null, addressOf(Long.BYTES), expected, update);
    }

    private long addressOf(int size) {
        if (size > length) {
            throw new IndexOutOfBoundsException("access of " + size + " bytes to a word of " + length + " bytes of "
                + memory);
        }
        return address;
    }
}
