package io.millrace.wait;

import io.millrace.memory.NativeAddress;
import io.millrace.memory.Region;

/** A {@code struct timespec { long seconds; long nanoseconds; }} for one thread to fill again and again. */
final class FutexTimeout {
    private static final long NANOS_PER_SECOND = 1_000_000_000;

    private final Region timespec = Region.allocate(2 * Long.BYTES);
    private final NativeAddress address = timespec.address(0);

    /** The address of the given length of time. */
    NativeAddress of(long nanos) {
        return at(nanos);
    }

    /** The address of the given point in time of a clock. */
    NativeAddress at(long nanos) {
        timespec.putLongPlain(0, nanos / NANOS_PER_SECOND);
        timespec.putLongPlain(Long.BYTES, nanos % NANOS_PER_SECOND);
        return address;
    }
}
