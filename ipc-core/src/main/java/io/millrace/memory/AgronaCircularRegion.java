package io.millrace.memory;

import org.agrona.UnsafeApi;

/** A circle at an address. */
final class AgronaCircularRegion extends CircularRegion {
    private AgronaCircularRegion(Region region, long address, int length) {
        super(region, address, length);
    }

    static CircularRegion at(Region region, long address, int length) {
        return new AgronaCircularRegion(region, address, length);
    }

    @Override
    public long getLongAcquire(long position) {
        return UnsafeApi.getLongAcquire(null, wordPlace(position));
    }

    @Override
    public void putLongPlain(long position, long value) {
        UnsafeApi.putLong(null, wordPlace(position), value);
    }

    @Override
    public void putLongRelease(long position, long value) {
        UnsafeApi.putLongRelease(null, wordPlace(position), value);
    }
}
