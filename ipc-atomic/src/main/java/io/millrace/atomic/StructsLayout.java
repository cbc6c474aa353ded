package io.millrace.atomic;

import io.millrace.format.Layout;

/**
 * Where everything is in the body of an array of structs, or of a list. Behind the fields comes an int for each
 * element, the bytes of its value, and behind those the elements: each a state and two buffers.
 */
final class StructsLayout {
    static final Layout LAYOUT = Layout.named("structs")
        .intField("count", "creator, once", "how many elements there are")
        .intField("signal", "by CAS", "signal: an element was changed, or a claim was given up")
        .alignTo(Layout.CACHE_LINE_PAIR)
        .build();

    static final Layout ELEMENT = Layout.named("element of structs")
        .longField("state", "by CAS", "as the state of a struct")
        .build();

    static final Layout ITEM = Layout.named("item of a list")
        .intField("type", "as the value", "0 nothing, 1 boolean, 2 long, 3 double, 4 text, 5 bytes")
        .intField("length", "as the value", "bytes of the item, behind the fields")
        .build();

    static final int COUNT = LAYOUT.offsetOf("count");
    static final int SIGNAL = LAYOUT.offsetOf("signal");
    static final int LENGTHS = LAYOUT.length();
    static final int STATE = ELEMENT.offsetOf("state");
    static final int ITEM_TYPE = ITEM.offsetOf("type");
    static final int ITEM_LENGTH = ITEM.offsetOf("length");

    private StructsLayout() { }

    /** Where the elements begin. */
    static long elements(long count) {
        return LENGTHS + aligned(count * Integer.BYTES);
    }

    /** Bytes of an element with a value of so many bytes. */
    static long element(int length) {
        return ELEMENT.length() + 2 * aligned(length);
    }

    /** Where a buffer of an element begins, from the beginning of the element on. */
    static long buffer(int index, int length) {
        return ELEMENT.length() + index * aligned(length);
    }

    private static long aligned(long length) {
        return length + Long.BYTES - 1 & -Long.BYTES;
    }
}
