package io.millrace.ring;

import io.millrace.format.Layout;

/** Where everything is in the anchor of a chain of rings. */
final class ChainLayout {
    static final Layout LAYOUT = Layout.named("ring chain")
        .longField("bytesMax", "creator, once", "limit of the bytes of all rings together")
        .intField("granuleLength", "creator, once", "bytes in a granule of every ring")
        .intField("deliveriesMax", "creator, once", "a record that so many owners took and died is dropped, 1 to 3")
        .intField("itemsMax", "creator, once", "limit of the items that nobody took, 0 for none")
        .intField("capacity", "creator, once", "bytes in the data area of the first ring")
        .intField("first", "by CAS", "id of the first ring that is not over")
        .intField("lastId", "by getAndAdd", "the last id that was given to a ring")
        .alignTo(Layout.CACHE_LINE_PAIR)
        .intField("dataSignal", "by CAS", "signal: records were published")
        .alignTo(Layout.CACHE_LINE_PAIR)
        .intField("spaceSignal", "by CAS", "signal: records were taken or are over")
        .alignTo(Layout.CACHE_LINE_PAIR)
        .build();

    static final int BYTES_MAX = LAYOUT.offsetOf("bytesMax");
    static final int GRANULE_LENGTH = LAYOUT.offsetOf("granuleLength");
    static final int DELIVERIES_MAX = LAYOUT.offsetOf("deliveriesMax");
    static final int ITEMS_MAX = LAYOUT.offsetOf("itemsMax");
    static final int CAPACITY = LAYOUT.offsetOf("capacity");
    static final int FIRST = LAYOUT.offsetOf("first");
    static final int LAST_ID = LAYOUT.offsetOf("lastId");
    static final int DATA_SIGNAL = LAYOUT.offsetOf("dataSignal");
    static final int SPACE_SIGNAL = LAYOUT.offsetOf("spaceSignal");

    private ChainLayout() { }
}
