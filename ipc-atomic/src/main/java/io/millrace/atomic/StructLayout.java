package io.millrace.atomic;

import io.millrace.format.Layout;

/** Where everything is in the body of a struct. The two buffers are behind the fields. */
final class StructLayout {
    static final Layout LAYOUT = Layout.named("struct")
        .intField("length", "creator, once", "bytes of the value, and of each buffer")
        .intField("signal", "by CAS", "signal: the value was changed, or a claim was given up")
        .alignTo(Layout.CACHE_LINE_PAIR)
        .longField("state", "by CAS", "bits 0–25 owner id of the writer, 0 for none; 26 which buffer has the value; "
            + "27–63 version, how often the value was changed")
        .alignTo(Layout.CACHE_LINE_PAIR)
        .build();

    static final int LENGTH = LAYOUT.offsetOf("length");
    static final int SIGNAL = LAYOUT.offsetOf("signal");
    static final int STATE = LAYOUT.offsetOf("state");

    private StructLayout() { }

    /** Where a buffer begins. */
    static long buffer(int index, int length) {
        return LAYOUT.length() + index * ((long) length + Layout.CACHE_LINE_PAIR - 1 & -Layout.CACHE_LINE_PAIR);
    }

    /** Bytes of the body. */
    static long length(int length) {
        return buffer(2, length);
    }
}
