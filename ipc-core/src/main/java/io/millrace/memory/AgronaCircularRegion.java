package io.millrace.memory;

import java.nio.ByteBuffer;
import org.agrona.UnsafeApi;

/** A circle at an address. */
final class AgronaCircularRegion extends CircularRegion {
    // Keeps the mapping alive.
    private final ByteBuffer memory;
    private final long address;

    private AgronaCircularRegion(Region region, ByteBuffer memory, long address, int length) {
        super(region, length);
        this.memory = memory;
        this.address = address;
    }

    static CircularRegion at(Region region, ByteBuffer memory, long address, int length) {
        return new AgronaCircularRegion(region, memory, address, length);
    }

    @Override
    public long getLongAcquire(long position) {
        return UnsafeApi.getLongAcquire(null, address + wordIndex(position));
    }

    @Override
    public void putLongPlain(long position, long value) {
        UnsafeApi.putLong(null, address + wordIndex(position), value);
    }

    @Override
    public void putLongRelease(long position, long value) {
        UnsafeApi.putLongRelease(null, address + wordIndex(position), value);
    }

    @Override
    long placeOf(int index) {
        return address + index;
    }

    @Override
    public String toString() {
        return super.toString() + " in " + memory;
    }
}
