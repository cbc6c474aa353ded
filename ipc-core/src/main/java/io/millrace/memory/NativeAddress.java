package io.millrace.memory;

import java.lang.ref.Reference;

/**
 * An address in this process that is good for a system call, and that keeps the memory behind it mapped.
 *
 * <p>Addresses have a type so that a rule can say where they may be used: only {@code io.millrace.wait} asks for the
 * number, and outside the core the one class that takes leases. Never write it into shared memory; it means nothing in
 * another process.
 */
public final class NativeAddress {
    private final Region region;
    private final long value;

    NativeAddress(Region region, long value) {
        this.region = region;
        this.value = value;
    }

    /** The number itself, valid while this object is reachable; end the call with {@link #keepAlive()}. */
    public long value() {
        return value;
    }

    /** Keeps the mapping from being collected up to this point; call it after the system call returned. */
    public void keepAlive() {
        Reference.reachabilityFence(region);
    }
}
