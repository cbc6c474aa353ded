package io.millrace.bench;

import io.millrace.codec.Codecs;
import io.millrace.codec.InPlaceCodec;
import io.millrace.memory.Region;
import java.util.concurrent.locks.LockSupport;

/** Reads and writes what {@link Codecs#utf8} does, if it came to that: it says that it has begun, and never ends. */
final class StuckCodec implements InPlaceCodec<String> {
    @Override
    public String id() {
        return Codecs.utf8().id();
    }

    @Override
    public int lengthMax(String item) {
        return Codecs.utf8().lengthMax(item);
    }

    @Override
    public int encodeInPlace(String item, Region target) {
        throw stop();
    }

    @Override
    public String decode(Region message) {
        throw stop();
    }

    private static Error stop() {
        System.out.println(Victim.IN_HAND);
        while (true) {
            LockSupport.park();
        }
    }
}
