package io.millrace.ring;

import io.millrace.memory.Region;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * An endless series of messages. Type, length and every byte of a message follow from its number, so a reader
 * in any process can tell that a message is whole, the next in line and no other. For one thread.
 */
final class NumberedMessages {
    private static final long GOLDEN_RATIO = 0x9E3779B97F4A7C15L;

    private final long seed;
    private final int lengthMax;
    private final ByteBuffer message;

    NumberedMessages(long seed, int lengthMax) {
        this.seed = seed;
        this.lengthMax = lengthMax;
        this.message = ByteBuffer.allocate(lengthMax + Long.BYTES).order(ByteOrder.nativeOrder());
    }

    /** Zero or more. */
    int type(long number) {
        return (int) (mix(number) >>> 34);
    }

    int length(long number) {
        return (int) Long.remainderUnsigned(mix(number), lengthMax + 1L);
    }

    /** The bytes of a message, and arbitrary ones behind them; the same array for all. */
    byte[] bytes(long number) {
        long mixed = mix(number);
        for (int at = 0; at < length(number); at += Long.BYTES) {
            message.putLong(at, mixed + at);
        }
        return message.array();
    }

    void fill(long number, Region payload) {
        payload.putBytes(0, bytes(number), 0, payload.length());
    }

    /** Throws unless the record is this message, whole. */
    void check(long number, int type, Region payload) {
        if (type != type(number) || payload.length() != length(number)) {
            throw new AssertionError("message " + number + ": actual type " + type + " and "
                + payload.length() + " bytes, expected type " + type(number) + " and " + length(number)
                + " bytes, seed " + seed);
        }
        long mixed = mix(number);
        int at = 0;
        for (; at <= payload.length() - Long.BYTES; at += Long.BYTES) {
            if (payload.getLongPlain(at) != mixed + at) {
                throw torn(number, at);
            }
        }
        byte[] expected = at < payload.length() ? bytes(number) : null;
        for (; at < payload.length(); at++) {
            if (payload.getBytePlain(at) != expected[at]) {
                throw torn(number, at);
            }
        }
    }

    private AssertionError torn(long number, int at) {
        return new AssertionError("message " + number + " differs at byte " + at + ", seed " + seed);
    }

    private long mix(long number) {
        long z = seed + number * GOLDEN_RATIO;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
