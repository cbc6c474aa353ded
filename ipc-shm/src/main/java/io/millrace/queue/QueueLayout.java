package io.millrace.queue;

import io.millrace.codec.CodecId;
import io.millrace.format.Layout;
import io.millrace.format.SegmentKind;
import io.millrace.ring.RingChain;

/** Where everything is in what a queue adds to a shared object. */
final class QueueLayout {
    static final SegmentKind SHARED = new SegmentKind("queue", 1, 1);
    static final SegmentKind JOINABLE = new SegmentKind("joinable-queue", 1, 1);
    static final SegmentKind SIMPLE = new SegmentKind("simple-queue", 1, 1);
    /** A message that is longer than the rings take. */
    static final SegmentKind MESSAGE = new SegmentKind("queue-message", 1, 1);

    static final Layout LAYOUT = Layout.named("queue")
        .bytesField("codec", CodecId.LENGTH_MAX, "creator, once", "identity of the codec, ASCII, the rest NUL")
        .alignTo(Layout.CACHE_LINE_PAIR)
        .build();

    static final int CODEC = LAYOUT.offsetOf("codec");
    /** The anchor of the chain of rings is behind the fields. */
    static final int CHAIN = LAYOUT.length();

    private QueueLayout() { }

    static int length() {
        return CHAIN + RingChain.anchorLength();
    }
}
