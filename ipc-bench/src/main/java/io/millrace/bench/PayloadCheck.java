package io.millrace.bench;

import io.millrace.memory.Region;
import java.nio.ByteBuffer;
import org.agrona.DirectBuffer;

/**
 * Checks every message that arrives: its number must be the next one, and each of its words the one that belongs to
 * that number, so that a lost, repeated, torn or mixed message ends the run.
 */
final class PayloadCheck {
    private final int payloadBytes;
    private long next;

    PayloadCheck(int payloadBytes) {
        this.payloadBytes = payloadBytes;
    }

    /** How many messages came so far, which is also the number of the next. */
    long received() {
        return next;
    }

    void accept(Region payload) {
        if (payload.length() != payloadBytes) {
            throw wrong("length", payload.length(), payloadBytes);
        }
        for (int offset = 0; offset < payloadBytes; offset += Long.BYTES) {
            checkWord(offset, payload.getLongPlain(offset));
        }
        next++;
    }

    void accept(DirectBuffer payload, int start, int length) {
        if (length != payloadBytes) {
            throw wrong("length", length, payloadBytes);
        }
        for (int offset = 0; offset < payloadBytes; offset += Long.BYTES) {
            checkWord(offset, payload.getLong(start + offset));
        }
        next++;
    }

    void accept(ByteBuffer payload, int start) {
        for (int offset = 0; offset < payloadBytes; offset += Long.BYTES) {
            checkWord(offset, payload.getLong(start + offset));
        }
        next++;
    }

    private void checkWord(int offset, long actual) {
        long expected = Payload.word(next, offset);
        if (actual != expected) {
            throw wrong("word at " + offset, actual, expected);
        }
    }

    private IllegalStateException wrong(String what, long actual, long expected) {
        return new IllegalStateException(
            "message " + next + ", " + what + ": actual " + actual + ", expected " + expected);
    }
}
