package io.millrace.ring;

import io.millrace.format.Layout;
import io.millrace.format.SegmentKind;
import io.millrace.memory.Region;

/** Where everything is in the body of an SPSC ring. */
final class SpscLayout {
    static final SegmentKind KIND = new SegmentKind("spsc-ring", 1, 1);

    static final int CAPACITY_MIN = 64;
    static final int CAPACITY_MAX = 1 << 30;

    static final Layout LAYOUT = Layout.named("spsc-ring body")
        .intField("capacity", "creator, once", "length of the data area in bytes, a power of two from 64 to 2^30")
        .intField("producer", "by CAS", "owner id of the producer, 0: nobody")
        .intField("consumer", "by CAS", "owner id of the consumer, 0: nobody")
        .alignTo(Layout.CACHE_LINE_PAIR)
        .longField("consumed", "consumer, release", "position up to which records were read and their space is free")
        .alignTo(Layout.CACHE_LINE_PAIR)
        .intField("dataSignal", "by CAS", "signal: records were published")
        .alignTo(Layout.CACHE_LINE_PAIR)
        .intField("spaceSignal", "by CAS", "signal: space was freed")
        .alignTo(Layout.CACHE_LINE_PAIR)
        .build();

    static final int CAPACITY = LAYOUT.offsetOf("capacity");
    static final int PRODUCER = LAYOUT.offsetOf("producer");
    static final int CONSUMER = LAYOUT.offsetOf("consumer");
    static final int CONSUMED = LAYOUT.offsetOf("consumed");
    static final int DATA_SIGNAL = LAYOUT.offsetOf("dataSignal");
    static final int SPACE_SIGNAL = LAYOUT.offsetOf("spaceSignal");
    /** The data area begins behind the fields. */
    static final int DATA = LAYOUT.length();

    private SpscLayout() { }

    /**
     * The position up to which space is free.
     *
     * @throws CorruptRecordException if it is none that a record can have
     */
    static long consumed(Region body) {
        // SYNC free-space ↔ SpscConsumer.free: the consumer's loads before our stores into the space it freed;
        // otherwise a producer could overwrite a message while it is being read.
        long consumed = body.getLongAcquire(CONSUMED);
        if (consumed < 0 || consumed % RecordHeader.ALIGNMENT != 0) {
            throw new CorruptRecordException("consumed", consumed, Long.toString(consumed),
                "a multiple of " + RecordHeader.ALIGNMENT + " from 0");
        }
        return consumed;
    }
}
