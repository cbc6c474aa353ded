package io.millrace.bench;

import io.millrace.memory.Region;
import java.nio.ByteBuffer;
import org.agrona.MutableDirectBuffer;

/** What a message contains: words that tell its number and where in the message they belong. */
final class Payload {
    private Payload() { }

    static long word(long sequence, int offset) {
        return sequence + offset;
    }

    static void fill(Region target, int payloadBytes, long sequence) {
        for (int offset = 0; offset < payloadBytes; offset += Long.BYTES) {
            target.putLongPlain(offset, word(sequence, offset));
        }
    }

    static void fill(MutableDirectBuffer target, int start, int payloadBytes, long sequence) {
        for (int offset = 0; offset < payloadBytes; offset += Long.BYTES) {
            target.putLong(start + offset, word(sequence, offset));
        }
    }

    /** Appends at the buffer's position. */
    static void fill(ByteBuffer target, int payloadBytes, long sequence) {
        for (int offset = 0; offset < payloadBytes; offset += Long.BYTES) {
            target.putLong(word(sequence, offset));
        }
    }
}
