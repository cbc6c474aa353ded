package io.millrace.pipe;

import io.millrace.domain.UserList;
import io.millrace.format.Layout;
import io.millrace.format.SegmentKind;

/** Where everything is in what a pipe adds to a shared object: fields, two directions, two ends. */
final class PipeLayout {
    static final SegmentKind KIND = new SegmentKind("pipe", 1, 1);
    /** The pipe by which a listener gets offers of others; its first end is the listener's. */
    static final SegmentKind LISTENER = new SegmentKind("pipe-listener", 1, 1);
    /** What the names of its lanes begin with: the number of the direction, a hyphen and that of the lane follow. */
    static final String LANE_PART = "lane-";

    /** Of each direction, for the bits of one word tell which there are. */
    static final int LANES = Long.SIZE;
    /** Of each end, copies on their way included. */
    static final int HOLDERS = 512;

    static final Layout FRONT = Layout.named("pipe")
        .intField("duplex", "creator, once", "1: both directions are in use; 0: only the one to the first end is")
        .intField("laneCapacity", "creator, once", "length in bytes of the data area of every lane")
        .alignTo(Layout.CACHE_LINE_PAIR)
        .build();
    static final Layout DIRECTION = Layout.named("pipe direction")
        .intField("dataSignal", "by CAS", "signal: messages were sent, or one of the ends is over")
        .alignTo(Layout.CACHE_LINE_PAIR)
        .intField("spaceSignal", "by CAS", "signal: messages were received, or one of the ends is over")
        .alignTo(Layout.CACHE_LINE_PAIR)
        .longField("receiver", "by CAS; release by its holder",
            "bits 0–2: 0 free, 1 receiving, 2 in the middle of a message, 3 kept, 4 kept and wanted; 3–28: owner id; "
                + "the rest: which handle")
        .longField("keeping", "the keeper, release", "as receiver: what who keeps the turn is doing, 0, 1 or 2")
        .longField("shared", "release", "1: the turn was wanted while it was kept, so it is not kept any more")
        .longField("lanes", "by CAS", "bit n: lane n is there")
        .alignTo(Layout.CACHE_LINE_PAIR)
        .build();
    static final Layout END = Layout.named("pipe end")
        .longField("state", "by CAS", "bit 0: over; the rest changes with every further holder")
        .alignTo(Layout.CACHE_LINE_PAIR)
        .bytesField("holders", HOLDERS * UserList.ENTRY_LENGTH, "by CAS",
            "for each handle and each copy on its way an entry as of the users of an object")
        .alignTo(Layout.CACHE_LINE_PAIR)
        .build();

    static final int DUPLEX = FRONT.offsetOf("duplex");
    static final int LANE_CAPACITY = FRONT.offsetOf("laneCapacity");
    static final int DATA_SIGNAL = DIRECTION.offsetOf("dataSignal");
    static final int SPACE_SIGNAL = DIRECTION.offsetOf("spaceSignal");
    static final int RECEIVER = DIRECTION.offsetOf("receiver");
    static final int KEEPING = DIRECTION.offsetOf("keeping");
    static final int SHARED = DIRECTION.offsetOf("shared");
    static final int LANES_THERE = DIRECTION.offsetOf("lanes");
    static final int STATE = END.offsetOf("state");
    static final int HOLDER_LIST = END.offsetOf("holders");

    private PipeLayout() { }

    /** Where the direction begins that leads to that end. */
    static int direction(int toEnd) {
        return FRONT.length() + toEnd * DIRECTION.length();
    }

    static int end(int end) {
        return direction(2) + end * END.length();
    }

    static int length() {
        return end(2);
    }

    static String lane(int toEnd, int lane) {
        return LANE_PART + toEnd + "-" + lane;
    }
}
