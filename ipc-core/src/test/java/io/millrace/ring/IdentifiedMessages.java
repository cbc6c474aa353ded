package io.millrace.ring;

import io.millrace.memory.Region;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Messages that say who sent them and the how many-th of that sender they are; type, length and every further byte
 * follow from these two. So whoever gets one can tell whether it is whole, and which. For one thread.
 */
final class IdentifiedMessages {
    private static final int NUMBER_BITS = 40;
    private static final int LENGTH_MIN = Long.BYTES;

    private final int lengthMax;
    private final ByteBuffer message;

    IdentifiedMessages(int lengthMax) {
        this.lengthMax = lengthMax;
        this.message = ByteBuffer.allocate(lengthMax + Long.BYTES).order(ByteOrder.nativeOrder());
    }

    static long identity(int sender, long number) {
        return (long) sender << NUMBER_BITS | number;
    }

    static int sender(long identity) {
        return (int) (identity >>> NUMBER_BITS);
    }

    static long number(long identity) {
        return identity & (1L << NUMBER_BITS) - 1;
    }

    int type(long identity) {
        return (int) (mix(identity) >>> 33);
    }

    /** Short messages mostly, and one in sixteen of any length. */
    int length(long identity) {
        long mixed = mix(identity);
        int most = (mixed & 15) == 0 ? lengthMax : Math.min(lengthMax, 48);
        return LENGTH_MIN + (int) ((mixed >>> 8 & 0xFFFFFF) % (most - LENGTH_MIN + 1));
    }

    /** The bytes of a message, and arbitrary ones behind them; the same array for all. */
    byte[] bytes(long identity) {
        long mixed = mix(identity);
        message.putLong(0, identity);
        for (int at = Long.BYTES; at < length(identity); at += Long.BYTES) {
            message.putLong(at, mixed + at);
        }
        return message.array();
    }

    void fill(long identity, Region payload) {
        payload.putBytes(0, bytes(identity), 0, payload.length());
    }

    /** The identity of a message; throws unless it is whole. */
    long check(int type, Region payload) {
        if (payload.length() < LENGTH_MIN) {
            throw new AssertionError("torn: a message of " + payload.length() + " bytes");
        }
        long identity = payload.getLongPlain(0);
        if (type != type(identity) || payload.length() != length(identity)) {
            throw new AssertionError("torn: message " + Long.toHexString(identity) + " with type " + type + " and "
                + payload.length() + " bytes");
        }
        long mixed = mix(identity);
        int at = Long.BYTES;
        for (; at <= payload.length() - Long.BYTES; at += Long.BYTES) {
            if (payload.getLongPlain(at) != mixed + at) {
                throw new AssertionError("torn: message " + Long.toHexString(identity) + " at byte " + at);
            }
        }
        byte[] expected = at < payload.length() ? bytes(identity) : null;
        for (; at < payload.length(); at++) {
            if (payload.getBytePlain(at) != expected[at]) {
                throw new AssertionError("torn: message " + Long.toHexString(identity) + " at byte " + at);
            }
        }
        return identity;
    }

    private static long mix(long value) {
        long z = value * 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
