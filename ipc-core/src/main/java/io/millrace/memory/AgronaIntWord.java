package io.millrace.memory;

import java.nio.ByteBuffer;
import org.agrona.UnsafeApi;

/** A word at an address. */
final class AgronaIntWord extends IntWord {
    // Keeps the mapping alive.
    private final ByteBuffer memory;
    private final long address;

    private AgronaIntWord(ByteBuffer memory, long address) {
        this.memory = memory;
        this.address = address;
    }

    static IntWord at(ByteBuffer memory, long address) {
        return new AgronaIntWord(memory, address);
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
    public String toString() {
        return "IntWord[" + memory + "]";
    }
}
