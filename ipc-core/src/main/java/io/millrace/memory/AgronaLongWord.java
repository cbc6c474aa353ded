package io.millrace.memory;

import java.nio.ByteBuffer;
import org.agrona.UnsafeApi;

/** A word at an address. */
final class AgronaLongWord extends LongWord {
    // Keeps the mapping alive.
    private final ByteBuffer memory;
    private final long address;

    private AgronaLongWord(ByteBuffer memory, long address) {
        this.memory = memory;
        this.address = address;
    }

    static LongWord at(ByteBuffer memory, long address) {
        return new AgronaLongWord(memory, address);
    }

    @Override
    public long getLongAcquire() {
        return UnsafeApi.getLongAcquire(null, address);
    }

    @Override
    public void putLongRelease(long value) {
        UnsafeApi.putLongRelease(null, address, value);
    }

    @Override
    public long getLongVolatile() {
        return UnsafeApi.getLongVolatile(null, address);
    }

    @Override
    public boolean compareAndSetLong(long expected, long update) {
        return UnsafeApi.compareAndSetLong(null, address, expected, update);
    }

    @Override
    public String toString() {
        return "LongWord[" + memory + "]";
    }
}
