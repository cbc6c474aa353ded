package io.millrace.memory;

import java.util.Random;

/** Bytes of regions, read and made up one by one, so that no copy under test checks itself. */
final class Contents {
    private Contents() { }

    static byte[] of(Region region) {
        byte[] bytes = new byte[region.length()];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = region.getBytePlain(i);
        }
        return bytes;
    }

    /** The same bytes for the same length, every time. */
    static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    static void put(Region region, byte[] bytes) {
        for (int i = 0; i < bytes.length; i++) {
            region.putBytePlain(i, bytes[i]);
        }
    }
}
