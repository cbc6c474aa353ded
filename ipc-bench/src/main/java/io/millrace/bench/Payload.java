package io.millrace.bench;

import io.millrace.memory.Region;
import java.nio.ByteBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * What a message contains: words that tell its number and where in the message they belong. They are written and
 * checked in blocks, so that the harness's own work takes little of the time of a short message.
 */
final class Payload {
    /** The length of a message is a multiple of this. */
    static final int BLOCK = 4 * Long.BYTES;
    static final int WORD_1 = Long.BYTES;
    static final int WORD_2 = 2 * Long.BYTES;
    static final int WORD_3 = 3 * Long.BYTES;

    private Payload() { }

    static long word(long sequence, int offset) {
        return sequence + offset;
    }

    // The first block stands before the loop: a short message has no other, and to get a loop ready, with its bounds,
    // takes longer than the block.

    static void fill(Region target, int payloadBytes, long sequence) {
        fillBlock(target, 0, sequence);
        for (int offset = BLOCK; offset < payloadBytes; offset += BLOCK) {
            fillBlock(target, offset, sequence);
        }
    }

    private static void fillBlock(Region target, int offset, long sequence) {
        target.putLongPlain(offset, word(sequence, offset));
        target.putLongPlain(offset + WORD_1, word(sequence, offset + WORD_1));
        target.putLongPlain(offset + WORD_2, word(sequence, offset + WORD_2));
        target.putLongPlain(offset + WORD_3, word(sequence, offset + WORD_3));
    }

    static void fill(MutableDirectBuffer target, int start, int payloadBytes, long sequence) {
        fillBlock(target, start, 0, sequence);
        for (int offset = BLOCK; offset < payloadBytes; offset += BLOCK) {
            fillBlock(target, start, offset, sequence);
        }
    }

    private static void fillBlock(MutableDirectBuffer target, int start, int offset, long sequence) {
        int at = start + offset;
        target.putLong(at, word(sequence, offset));
        target.putLong(at + WORD_1, word(sequence, offset + WORD_1));
        target.putLong(at + WORD_2, word(sequence, offset + WORD_2));
        target.putLong(at + WORD_3, word(sequence, offset + WORD_3));
    }

    /** Appends at the buffer's position. */
    static void fill(ByteBuffer target, int payloadBytes, long sequence) {
        fillBlock(target, 0, sequence);
        for (int offset = BLOCK; offset < payloadBytes; offset += BLOCK) {
            fillBlock(target, offset, sequence);
        }
    }

    private static void fillBlock(ByteBuffer target, int offset, long sequence) {
        target.putLong(word(sequence, offset));
        target.putLong(word(sequence, offset + WORD_1));
        target.putLong(word(sequence, offset + WORD_2));
        target.putLong(word(sequence, offset + WORD_3));
    }
}
