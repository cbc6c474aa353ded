package io.millrace.atomic;

import io.millrace.format.Layout;

/** Where everything is in the body of labelled cells: the fields, then the slots, each of which is a value's body. */
final class LabelLayout {
    /** Bytes of a label as it is stored: its length in the first one, then UTF-8, then zeros. */
    static final int LABEL_LENGTH = 104;

    private static final String CREATOR = "creator, once";

    static final Layout LAYOUT = Layout.named("labelled cells")
        .intField("slots", CREATOR, "how many slots there are")
        .alignTo(Layout.CACHE_LINE_PAIR)
        .build();

    static final Layout SLOT = Layout.named("labelled cell")
        .intField("count", CREATOR, "1")
        .intField("stride", CREATOR, "8")
        .intField("signal", "by CAS", "signal: the cell was changed")
        .intField("handles", CREATOR, "0")
        .longField("state", "by CAS", "bits 0–7 type, 0 for none yet; bit 8: retired")
        .bytesField("label", LABEL_LENGTH, "by CAS of each 8 bytes, from zero", "length in bytes, UTF-8, zeros")
        .alignTo(Layout.CACHE_LINE_PAIR)
        .longField("cell", "as its type", "the value, in its first bytes")
        .alignTo(Layout.CACHE_LINE_PAIR)
        .build();

    static final int SLOTS = LAYOUT.offsetOf("slots");
    static final int STATE = SLOT.offsetOf("state");
    static final int LABEL = SLOT.offsetOf("label");
    /** Bytes of a slot that make the body of a value. */
    static final int VALUE_LENGTH = (int) ValueLayout.length(1, Long.BYTES);

    private LabelLayout() { }

    static long length(int slots) {
        return LAYOUT.length() + (long) slots * SLOT.length();
    }

    static int slot(int index) {
        return LAYOUT.length() + index * SLOT.length();
    }
}
