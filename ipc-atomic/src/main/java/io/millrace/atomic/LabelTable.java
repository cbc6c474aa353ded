package io.millrace.atomic;

import io.millrace.memory.Region;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Which slot has which label, found and agreed on without a lock.
 *
 * <p>Slots are taken from the first on. A label is written word by word, each by a CAS from zero, whoever writes
 * it: two who want the same label write the same words and so help each other; one who meets a word of another
 * label goes on to the next slot. Every word of a label has a byte that is not zero, and the first one tells how
 * many there are, so that no label is the beginning of another. Hence a label has one slot, the first that fits it,
 * for all; and one who dies in the middle leaves the beginning of a label, which whoever has a label with that
 * beginning completes, and everybody else passes.
 */
final class LabelTable {
    private static final int NONE = -1;
    private static final long TYPE_MASK = 0xFF;
    private static final long RETIRED = 0x100;
    private static final int TEXT_LENGTH_MAX = LabelLayout.LABEL_LENGTH - 1;

    private final Region body;
    private final int slots;

    LabelTable(Region body, int slots) {
        this.body = body;
        this.slots = slots;
    }

    int slots() {
        return slots;
    }

    /** The words of a label. */
    static long[] words(String label) {
        byte[] text = label.getBytes(StandardCharsets.UTF_8);
        if (text.length < 1 || text.length > TEXT_LENGTH_MAX || label.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("label of a cell: actual '" + label + "', expected 1 to "
                + TEXT_LENGTH_MAX + " bytes of UTF-8 without NUL");
        }
        byte[] stored = Arrays.copyOf(new byte[] {(byte) text.length}, text.length + Long.BYTES & -Long.BYTES);
        System.arraycopy(text, 0, stored, 1, text.length);
        long[] words = new long[stored.length / Long.BYTES];
        ByteBuffer.wrap(stored).order(ByteOrder.nativeOrder()).asLongBuffer().get(words);
        return words;
    }

    /** The slot that has the label, or now has it; -1 if there is no slot left. */
    int findOrAdd(long[] words) {
        for (int slot = 0; slot < slots; slot++) {
            if (write(slot, words)) {
                return slot;
            }
        }
        return NONE;
    }

    /** The slot that has the label, or -1. */
    int find(long[] words) {
        for (int slot = 0; slot < slots && word(slot, 0) != 0; slot++) {
            if (has(slot, words)) {
                return slot;
            }
        }
        return NONE;
    }

    private boolean write(int slot, long[] words) {
        for (int i = 0; i < words.length; i++) {
            long seen = word(slot, i);
            // SYNC cells-label ↔ LabelTable.word: of the words that are wanted here, one gets the place; otherwise
            // two labels would be mixed.
            if (seen == 0 && !body.compareAndSetLong(at(slot, i), 0, words[i])) {
                seen = word(slot, i);
            } else if (seen == 0) {
                seen = words[i];
            }
            if (seen != words[i]) {
                return false;
            }
        }
        return true;
    }

    private boolean has(int slot, long[] words) {
        for (int i = 0; i < words.length; i++) {
            if (word(slot, i) != words[i]) {
                return false;
            }
        }
        return true;
    }

    /** The label of a slot; null if it has none, or only the beginning of one. */
    String label(int slot) {
        byte[] stored = new byte[LabelLayout.LABEL_LENGTH];
        ByteBuffer bytes = ByteBuffer.wrap(stored).order(ByteOrder.nativeOrder());
        for (int i = 0; i < LabelLayout.LABEL_LENGTH / Long.BYTES; i++) {
            long word = word(slot, i);
            bytes.putLong(word);
            int length = stored[0];
            if (word == 0 || length > TEXT_LENGTH_MAX || length < 1) {
                return null;
            }
            if (length < (i + 1) * Long.BYTES) {
                return new String(stored, 1, length, StandardCharsets.UTF_8);
            }
        }
        return null;
    }

    /** Whether any label was begun in a slot; behind the first one without there are no others. */
    boolean isBegun(int slot) {
        return word(slot, 0) != 0;
    }

    /** The type of the cell in a slot, given to it now if it had none; it is not retired now. Null: an unknown one. */
    CellType makeTyped(int slot, CellType type) {
        while (true) {
            long seen = state(slot);
            long wanted = seen == 0 ? type.ordinal() + 1 : seen & ~RETIRED;
            // SYNC cells-label ↔ LabelTable.state: of two types that are wanted, one is taken; otherwise one user
            // would read the bits of the other.
            if (seen == wanted || body.compareAndSetLong(LabelLayout.slot(slot) + LabelLayout.STATE, seen, wanted)) {
                return typeOf(wanted);
            }
        }
    }

    /** The type of the cell in a slot; null if it has none, or is retired. */
    CellType type(int slot) {
        long seen = state(slot);
        return (seen & RETIRED) != 0 ? null : typeOf(seen);
    }

    /** Hides a cell until somebody asks for it again; whether it was to be seen. */
    boolean retire(int slot) {
        while (true) {
            long seen = state(slot);
            if (seen == 0 || (seen & RETIRED) != 0) {
                return false;
            }
            // SYNC cells-label ↔ LabelTable.state: with the type as it is; otherwise that would be lost.
            if (body.compareAndSetLong(LabelLayout.slot(slot) + LabelLayout.STATE, seen, seen | RETIRED)) {
                return true;
            }
        }
    }

    private static CellType typeOf(long state) {
        int number = (int) (state & TYPE_MASK);
        return number < 1 || number > CellType.values().length ? null : CellType.values()[number - 1];
    }

    private long state(int slot) {
        // SYNC cells-label ↔ LabelTable.makeTyped: the type before the cell; otherwise it could be taken for another.
        return body.getLongVolatile(LabelLayout.slot(slot) + LabelLayout.STATE);
    }

    private long word(int slot, int index) {
        // SYNC cells-label ↔ LabelTable.write: the newest; otherwise the CAS would fail for nothing.
        return body.getLongVolatile(at(slot, index));
    }

    private static int at(int slot, int index) {
        return LabelLayout.slot(slot) + LabelLayout.LABEL + index * Long.BYTES;
    }
}
