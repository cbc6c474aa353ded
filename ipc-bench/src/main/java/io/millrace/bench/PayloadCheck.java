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
        this.payloadBytes = payloadBytes;
    }

    /** How many messages came so far, which for a single producer is also the number of the next. */
    final long received() {
        return received;
    }

    final void accept(Region payload) {
        checkLength(payload.length());
        long sequence = sequenceOf(payload.getLongPlain(0));
        for (int offset = 0; offset < payloadBytes; offset += Long.BYTES) {
            checkWord(sequence, offset, payload.getLongPlain(offset));
        }
        passed(sequence);
    }

    final void accept(DirectBuffer payload, int start, int length) {
        checkLength(length);
        long sequence = sequenceOf(payload.getLong(start));
        for (int offset = 0; offset < payloadBytes; offset += Long.BYTES) {
            checkWord(sequence, offset, payload.getLong(start + offset));
        }
        passed(sequence);
    }

    final void accept(ByteBuffer payload, int start) {
        long sequence = sequenceOf(payload.getLong(start));
        for (int offset = 0; offset < payloadBytes; offset += Long.BYTES) {
            checkWord(sequence, offset, payload.getLong(start + offset));
        }
        passed(sequence);
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

    private void checkWord(long sequence, int offset, long actual) {
        long expected = Payload.word(sequence, offset);
        if (actual != expected) {
            throw wrong("word at " + offset, actual, expected);
        }
    }
}
