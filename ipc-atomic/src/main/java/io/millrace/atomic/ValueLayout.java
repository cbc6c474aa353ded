package io.millrace.atomic;

import io.millrace.format.Layout;

/** Where everything is in the body of a value, an array or a counter. */
final class ValueLayout {
    private static final String CREATOR = "creator, once";

    static final Layout LAYOUT = Layout.named("values")
        .intField("count", CREATOR, "how many cells there are")
        .intField("stride", CREATOR, "bytes from one cell to the next, a power of two up to 128")
        .intField("signal", "by CAS", "signal: a cell was changed")
        .intField("handles", "by getAndAdd", "counter: how many handles were opened, so that each begins elsewhere")
        .alignTo(Layout.CACHE_LINE_PAIR)
        .build();

    static final int COUNT = LAYOUT.offsetOf("count");
    static final int STRIDE = LAYOUT.offsetOf("stride");
    /** Apart from the cells: whoever changes one looks at it, and it is to stay in the caches of all. */
    static final int SIGNAL = LAYOUT.offsetOf("signal");
    static final int HANDLES = LAYOUT.offsetOf("handles");
    static final int CELLS = LAYOUT.length();

    private ValueLayout() { }

    /** Bytes of a body, up to the last whole word, so that there is a word around every narrow cell. */
    static long length(long count, int stride) {
        return CELLS + (count * stride + Long.BYTES - 1 & -Long.BYTES);
    }
}
