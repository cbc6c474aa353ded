package io.millrace.ring;

import io.millrace.format.Layout;
import io.millrace.format.SegmentKind;

/** Where everything is in the body of an MPMC ring. */
final class MpmcLayout {
    static final SegmentKind KIND = new SegmentKind("mpmc-ring", 1, 1);

    static final int CACHE_LINE = 64;
    static final int GRANULES_MIN = 1 << 10;
    static final int GRANULE_LENGTH_MIN = 16;
    static final int GRANULE_LENGTH_MAX = 1 << 16;

    static final Layout LAYOUT = Layout.named("mpmc-ring body")
        .intField("granules", "creator, once", "number of granules, a power of two from 2^10")
        .intField("granuleLength", "creator, once", "bytes in a granule, a power of two from 16 to 2^16")
        .intField("deliveriesMax", "creator, once", "a record that so many owners took and died is dropped, 1 to 3")
        .alignTo(Layout.CACHE_LINE_PAIR)
        .longField("tail", "by CAS", "hint: position of a record, at or before the first that is not claimed")
        .alignTo(Layout.CACHE_LINE_PAIR)
        .longField("head", "by CAS", "hint: position of a record, at or before the first that was not yet taken")
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

    /** The beginning of a record in the data area. */
    static final Layout RECORD = Layout.named("mpmc-ring record")
        .longField("header", "claimer, plain", "low 32 bits: bytes in the payload; high 32 bits: type, 0 or more")
        .build();

    static final int GRANULES = LAYOUT.offsetOf("granules");
    static final int GRANULE_LENGTH = LAYOUT.offsetOf("granuleLength");
    static final int DELIVERIES_MAX = LAYOUT.offsetOf("deliveriesMax");
    static final int TAIL = LAYOUT.offsetOf("tail");
    static final int HEAD = LAYOUT.offsetOf("head");
    static final int RETURNED = LAYOUT.offsetOf("returned");
    static final int DROPPED = LAYOUT.offsetOf("dropped");
    static final int RECLAIMED = LAYOUT.offsetOf("reclaimed");
    static final int DATA_SIGNAL = LAYOUT.offsetOf("dataSignal");
    static final int SPACE_SIGNAL = LAYOUT.offsetOf("spaceSignal");
    /** The control words begin behind the fields. */
    static final int WORDS = LAYOUT.length();

    static final int RECORD_HEADER_LENGTH = RECORD.length();

    private MpmcLayout() { }

    static long bodyLength(int granules, int granuleLength) {
        return WORDS + (long) granules * (Long.BYTES + granuleLength);
    }
}
