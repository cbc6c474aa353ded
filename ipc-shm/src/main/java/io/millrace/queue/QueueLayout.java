package io.millrace.queue;

import io.millrace.codec.CodecId;
import io.millrace.format.Layout;
import io.millrace.format.SegmentKind;
import io.millrace.ring.RingChain;
import java.util.stream.Stream;

/** Where everything is in what a queue adds to a shared object. */
final class QueueLayout {
    static final SegmentKind SHARED = new SegmentKind("queue", 1, 1);
    static final SegmentKind JOINABLE = new SegmentKind("joinable-queue", 1, 1);
    static final SegmentKind SIMPLE = new SegmentKind("simple-queue", 1, 1);
    /** A message that is longer than the rings take. */
    static final SegmentKind MESSAGE = new SegmentKind("queue-message", 1, 1);

    /** What the names of its parts begin with: an id follows, */
    static final String RING_PART = "ring-";
    /** and here the owner id of the producer, a hyphen, and which of its messages. */
    static final String MESSAGE_PART = "message-";

    static final Layout LAYOUT = Layout.named("queue")
        .bytesField("codec", CodecId.LENGTH_MAX, "creator, once", "identity of the codec, ASCII, the rest NUL")
        .alignTo(Layout.CACHE_LINE_PAIR)
        .build();

    static final int CODEC = LAYOUT.offsetOf("codec");
    /** The anchor of the chain of rings is behind the fields. */
    static final int CHAIN = LAYOUT.length();

    private QueueLayout() { }

    /** The kind of queue with that name, or null. */
    static SegmentKind kindOf(String name) {
        return Stream.of(SHARED, JOINABLE, SIMPLE).filter(kind -> kind.name().equals(name)).findFirst().orElse(null);
    }

    static int length() {
        return CHAIN + RingChain.anchorLength();
    }
}
