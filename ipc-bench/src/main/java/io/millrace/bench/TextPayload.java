package io.millrace.bench;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * What a text contains that carries a sequence number: the number in {@link #DIGITS} decimal digits, again and again to
 * the end. One object per side, which counts up without computing the digits anew.
 */
final class TextPayload {
    /** The length of a text in bytes is a multiple of this. */
    static final int DIGITS = 16;
    private static final int TEN = 10;

    private final byte[] characters;
    private long number;

    TextPayload(int payloadBytes) {
        if (payloadBytes % DIGITS != 0) {
            throw new IllegalArgumentException(
                "length of a text: actual " + payloadBytes + ", expected a multiple of " + DIGITS);
        }
        characters = new byte[payloadBytes];
        Arrays.fill(characters, (byte) '0');
    }

    /** The text with this number, made anew. */
    String text(long sequence) {
        moveTo(sequence);
        return new String(characters, StandardCharsets.ISO_8859_1);
    }

    /** The place of the first character that does not belong into the text with this number; -1 if there is none. */
    int mismatch(String text, long sequence) {
        moveTo(sequence);
        int length = Math.min(text.length(), characters.length);
        for (int i = 0; i < length; i++) {
            if (text.charAt(i) != characters[i]) {
                return i;
            }
        }
        return text.length() == characters.length ? -1 : length;
    }

    private void moveTo(long sequence) {
        if (sequence == number) {
            return;
        }
        if (sequence == number + 1) {
            increment();
        } else {
            write(sequence);
        }
        number = sequence;
        for (int at = DIGITS; at < characters.length; at += DIGITS) {
            System.arraycopy(characters, 0, characters, at, DIGITS);
        }
    }

    private void increment() {
        int at = DIGITS - 1;
        while (characters[at] == '9') {
            characters[at] = '0';
            at--;
        }
        characters[at]++;
    }

    private void write(long sequence) {
        long rest = sequence;
        for (int at = DIGITS - 1; at >= 0; at--) {
            characters[at] = (byte) ('0' + rest % TEN);
            rest /= TEN;
        }
    }
}
