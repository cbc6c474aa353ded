package io.millrace.bench;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * What a text contains that carries a sequence number: the number in {@link #DIGITS} hexadecimal digits, again and
 * again to the end. One object per side, which counts up without computing the digits anew.
 */
final class TextPayload {
    /** The length of a text in bytes is a multiple of this. */
    static final int DIGITS = 16;
    private static final int RADIX = 16;
    private static final int DIGIT_BITS = 4;
    private static final byte[] NEXT = nextDigits();

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

    /** The number that a text carries, if it is one. */
    static long number(String text) {
        return Long.parseUnsignedLong(text, 0, Math.min(text.length(), DIGITS), RADIX);
    }

    private void increment() {
        int at = DIGITS - 1;
        while (characters[at] == 'f') {
            characters[at] = '0';
            at--;
        }
        characters[at] = NEXT[characters[at]];
    }

    /** The digit behind each digit but the last. */
    private static byte[] nextDigits() {
        byte[] next = new byte['f'];
        for (int value = 0; value < RADIX - 1; value++) {
            next[Character.forDigit(value, RADIX)] = (byte) Character.forDigit(value + 1, RADIX);
        }
        return next;
    }

    private void write(long sequence) {
        long rest = sequence;
        for (int at = DIGITS - 1; at >= 0; at--) {
            characters[at] = (byte) Character.forDigit((int) rest & RADIX - 1, RADIX);
            rest >>>= DIGIT_BITS;
        }
    }
}
