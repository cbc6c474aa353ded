package io.millrace.bench;

import io.millrace.memory.Region;
import java.nio.ByteBuffer;
import org.agrona.DirectBuffer;

/**
 * Checks every message that arrives: its number must be the next one, and each of its words the one that belongs to
 * that number, so that a lost, repeated, torn or mixed message ends the run.
 */
class PayloadCheck {
    private final int payloadBytes;
    private long received;
    private TextPayload text;

    PayloadCheck(int payloadBytes) {
        if (payloadBytes % Payload.BLOCK != 0) {
            throw new IllegalArgumentException(
                "length of a message: actual " + payloadBytes + ", expected a multiple of " + Payload.BLOCK);
        }
        this.payloadBytes = payloadBytes;
    }

    /** How many messages came so far, which for a single producer is also the number of the next. */
    final long received() {
        return received;
    }

    final void accept(Region payload) {
        checkLength(payload.length());
        long sequence = sequenceOf(payload.getLongPlain(0));
        checkBlock(sequence, 0, payload);
        for (int offset = Payload.BLOCK; offset < payloadBytes; offset += Payload.BLOCK) {
            checkBlock(sequence, offset, payload);
        }
        passed(sequence);
    }

    private void checkBlock(long sequence, int offset, Region payload) {
        checkBlock(sequence, offset, payload.getLongPlain(offset), payload.getLongPlain(offset + Payload.WORD_1),
            payload.getLongPlain(offset + Payload.WORD_2), payload.getLongPlain(offset + Payload.WORD_3));
    }

    final void accept(DirectBuffer payload, int start, int length) {
        checkLength(length);
        long sequence = sequenceOf(payload.getLong(start));
        checkBlock(sequence, 0, payload, start);
        for (int offset = Payload.BLOCK; offset < payloadBytes; offset += Payload.BLOCK) {
            checkBlock(sequence, offset, payload, start);
        }
        passed(sequence);
    }

    private void checkBlock(long sequence, int offset, DirectBuffer payload, int start) {
        int at = start + offset;
        checkBlock(sequence, offset, payload.getLong(at), payload.getLong(at + Payload.WORD_1),
            payload.getLong(at + Payload.WORD_2), payload.getLong(at + Payload.WORD_3));
    }

    final void accept(ByteBuffer payload, int start) {
        long sequence = sequenceOf(payload.getLong(start));
        checkBlock(sequence, 0, payload, start);
        for (int offset = Payload.BLOCK; offset < payloadBytes; offset += Payload.BLOCK) {
            checkBlock(sequence, offset, payload, start);
        }
        passed(sequence);
    }

    private void checkBlock(long sequence, int offset, ByteBuffer payload, int start) {
        int at = start + offset;
        checkBlock(sequence, offset, payload.getLong(at), payload.getLong(at + Payload.WORD_1),
            payload.getLong(at + Payload.WORD_2), payload.getLong(at + Payload.WORD_3));
    }

    /** A text, which has no words but characters. */
    final void accept(String message) {
        if (text == null) {
            text = new TextPayload(payloadBytes);
        }
        long sequence = sequenceOf(message);
        int mismatch = text.mismatch(message, sequence);
        if (mismatch >= 0) {
            throw new IllegalStateException("message " + received + ", character " + mismatch + ": actual '" + message
                + "', expected '" + text.text(sequence) + "'");
        }
        passed(sequence);
    }

    /** The number that a message must have which is this text. */
    long sequenceOf(String message) {
        return received;
    }

    /** The number that a message must have whose first word is this. */
    long sequenceOf(long firstWord) {
        return received;
    }

    /** A message was what it must be. */
    void passed(long sequence) {
        counted();
    }

    final void counted() {
        received++;
    }

    final IllegalStateException wrong(String what, long actual, long expected) {
        return new IllegalStateException(
            "message " + received + ", " + what + ": actual " + actual + ", expected " + expected);
    }

    private void checkLength(int length) {
        if (length != payloadBytes) {
            throw wrong("length", length, payloadBytes);
        }
    }

    /** Four words by one comparison. */
    private void checkBlock(long sequence, int offset, long word0, long word1, long word2, long word3) {
        long difference = (word0 ^ Payload.word(sequence, offset))
            | (word1 ^ Payload.word(sequence, offset + Payload.WORD_1))
            | (word2 ^ Payload.word(sequence, offset + Payload.WORD_2))
            | (word3 ^ Payload.word(sequence, offset + Payload.WORD_3));
        if (difference != 0) {
            checkWord(sequence, offset, word0);
            checkWord(sequence, offset + Payload.WORD_1, word1);
            checkWord(sequence, offset + Payload.WORD_2, word2);
            checkWord(sequence, offset + Payload.WORD_3, word3);
        }
    }

    private void checkWord(long sequence, int offset, long actual) {
        long expected = Payload.word(sequence, offset);
        if (actual != expected) {
            throw wrong("word at " + offset, actual, expected);
        }
    }
}
