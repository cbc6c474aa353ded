package io.millrace.queue;

import io.millrace.format.Segment;
import io.millrace.format.SegmentKind;
import io.millrace.memory.Region;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What a child did, in a file that is still there when the child was killed: each entry is a fact when it is made. */
final class ParcelLog implements AutoCloseable {
    static final int ENTRIES = 1 << 17;

    private static final SegmentKind KIND = new SegmentKind("test-log", 1, 1);
    private static final int COUNT = 0;
    private static final int FIRST = Long.BYTES;
    private static final int NUMBER_BITS = 32;
    private static final int KIND_BITS = 2;

    private final Segment segment;

    /** What happened to a parcel. */
    enum Event {
        /** Its put returned. */
        PUT,
        /** It was decoded, by a consumer that may have died before it had it. */
        SEEN,
        /** Somebody got it for the first time. */
        GOT,
        /** Somebody got it, and it said that it may have been got before. */
        GOT_AGAIN
    }

    /** An entry. */
    record Entry(Event event, Parcel parcel) { }

    private ParcelLog(Segment segment) {
        this.segment = segment;
    }

    static ParcelLog create(Path file) throws IOException {
        return new ParcelLog(Segment.create(file, KIND, FIRST + ENTRIES * Long.BYTES, body -> { }));
    }

    static ParcelLog open(Path file) throws IOException {
        return new ParcelLog(Segment.open(file, KIND));
    }

    /** Makes an entry; by one thread of one process. */
    void add(Event event, Parcel parcel) {
        Region body = segment.body();
        int count = size();
        body.putLongPlain(FIRST + count * Long.BYTES,
            ((long) parcel.producer() << NUMBER_BITS | parcel.number()) << KIND_BITS | event.ordinal());
        body.putLongRelease(COUNT, count + 1);
    }

    int size() {
        return (int) segment.body().getLongAcquire(COUNT);
    }

    /** Whether there is room for so many entries more. */
    boolean hasRoom(int count) {
        return size() + count <= ENTRIES;
    }

    List<Entry> entries() {
        int count = size();
        List<Entry> entries = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            long entry = segment.body().getLongPlain(FIRST + i * Long.BYTES);
            entries.add(new Entry(Event.values()[(int) entry & (1 << KIND_BITS) - 1],
                new Parcel((int) (entry >>> NUMBER_BITS + KIND_BITS), entry >>> KIND_BITS & (1L << NUMBER_BITS) - 1)));
        }
        return entries;
    }

    @Override
    public void close() throws IOException {
        segment.close();
    }
}
