package io.millrace.ring;

import io.millrace.format.Layout;
import io.millrace.format.SegmentKind;

/** Where everything is in the body of an MPMC ring. */
final class MpmcLayout {
    static final SegmentKind KIND = new SegmentKind("mpmc-ring", 1, 1);

    static final Layout LAYOUT = Layout.named("mpmc-ring body")
        .intField("granules", "creator, once", "number of granules, a power of two from 2^10")
        .intField("granuleLength", "creator, once", "bytes in a granule, a power of two from 16 to 2^16")
        .intField("deliveriesMax", "creator, once", "a record that so many owners took and died is dropped, 1 to 3")
        .intField("itemBits", "creator, once", "low bits of tail and head that count items, 0 or 30")
        .intField("creator", "creator, once", "owner id of the one who made it for a chain, else 0")
        .alignTo(Layout.CACHE_LINE_PAIR)
        .longField("tail", "by CAS", "hint: position and items, at or before the first record not claimed")
        .alignTo(Layout.CACHE_LINE_PAIR)
        .longField("head", "by CAS", "hint: position and items, at or before the first record not taken")
        .longField("returned", "by getAndAdd", "changes when a record behind head was published again")
        .longField("dropped", "by getAndAdd", "how many records were dropped; approximate across a death")
        .alignTo(Layout.CACHE_LINE_PAIR)
        .longField("reclaimed", "by CAS", "position of a record; all before it are done and their space is free")
        .alignTo(Layout.CACHE_LINE_PAIR)
        .intField("dataSignal", "by CAS", "signal: records were published")
        .alignTo(Layout.CACHE_LINE_PAIR)
        .intField("spaceSignal", "by CAS", "signal: space was freed")
        .alignTo(Layout.CACHE_LINE_PAIR)
        .build();

    /** What speaks for a record, apart from its payload. */
    static final Layout RECORD = Layout.named("mpmc-ring record")
        .longField("control", "by CAS; by its owner, release", "bits 0–3 state, 4–5 deliveries, 6–13 items, 14–29 "
            + "span, 30–63 lap; claimed or taken: 30–55 owner id, 56–63 low bits of the lap; end: 4–35 next, 36–63 low "
            + "bits of the lap")
        .longField("header", "claimer, plain", "low 32 bits: bytes in the payload; high 32 bits: type, 0 or more")
        .build();

    static final int GRANULES = LAYOUT.offsetOf("granules");
    static final int GRANULE_LENGTH = LAYOUT.offsetOf("granuleLength");
    static final int DELIVERIES_MAX = LAYOUT.offsetOf("deliveriesMax");
    static final int ITEM_BITS = LAYOUT.offsetOf("itemBits");
    static final int CREATOR = LAYOUT.offsetOf("creator");
    static final int TAIL = LAYOUT.offsetOf("tail");
    static final int HEAD = LAYOUT.offsetOf("head");
    static final int RETURNED = LAYOUT.offsetOf("returned");
    static final int DROPPED = LAYOUT.offsetOf("dropped");
    static final int RECLAIMED = LAYOUT.offsetOf("reclaimed");
    static final int DATA_SIGNAL = LAYOUT.offsetOf("dataSignal");
    static final int SPACE_SIGNAL = LAYOUT.offsetOf("spaceSignal");
    /** The records begin behind the fields, one for each granule. */
    static final int RECORDS = LAYOUT.length();

    static final int HEADER = RECORD.offsetOf("header");
    static final int RECORD_LENGTH = RECORD.length();

    private MpmcLayout() { }
}
