package io.millrace.pipe;

import io.millrace.memory.Region;
import io.millrace.memory.Uninterrupted;
import io.millrace.memory.LongWord;
import io.millrace.ring.SpscRing;
import io.millrace.wait.Signal;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;

/** One direction of a pipe: its lanes, who receives, and the signals of both sides. */
final class Direction {
    private final PipeCore core;
    private final int toEnd;
    private final Turn.Words turn;
    private final LongWord lanes;
    private final Signal data;
    private final Signal space;

    Direction(PipeCore core, int toEnd) {
        this.core = core;
        this.toEnd = toEnd;
        Region region = core.object().body().slice(PipeLayout.direction(toEnd), PipeLayout.DIRECTION.length());
        this.turn = new Turn.Words(region.longWord(PipeLayout.RECEIVER),
            region.longWord(PipeLayout.KEEPING), region.longWord(PipeLayout.SHARED));
        this.lanes = region.longWord(PipeLayout.LANES_THERE);
        this.data = new Signal(region.slice(PipeLayout.DATA_SIGNAL, Integer.BYTES));
        this.space = new Signal(region.slice(PipeLayout.SPACE_SIGNAL, Integer.BYTES));
    }

    /** Raised when something was sent, or nothing will be any more. */
    Signal data() {
        return data;
    }

    /** Raised when something was received, or nothing will be any more. */
    Signal space() {
        return space;
    }

    /** The words by which receivers take turns. */
    Turn.Words turn() {
        return turn;
    }

    /** The lanes that there are, a bit for each. */
    long lanes() {
        return lanes(lanes);
    }

    /** The lanes that there are by that word of a direction. */
    static long lanes(LongWord lanes) {
        // SYNC pipe-lanes ↔ Direction.announceLane: the bit before the lane's file; otherwise it could be missing.
        return lanes.getLongAcquire();
    }

    SpscRing openLane(int lane) throws IOException {
        core.object().checkNotRemoved();
        return Uninterrupted.run(() -> SpscRing.open(file(lane)));
    }

    /** Opens the lane, and makes it if there is none. */
    SpscRing createLane(int lane) throws IOException {
        core.object().checkNotRemoved();
        SpscRing ring;
        try {
            ring = Uninterrupted.run(() -> SpscRing.create(file(lane), core.laneCapacity()));
        } catch (FileAlreadyExistsException e) {
            ring = openLane(lane); // its maker has not announced it yet, or has died
        }
        announceLane(1L << lane);
        return ring;
    }

    private void announceLane(long bit) {
        long seen;
        do {
            seen = lanes();
            // SYNC pipe-lanes ↔ Direction.lanes: the file before the bit; otherwise a receiver would not find it. Of
            // two who announce, both succeed; otherwise the messages of one would never be looked for.
        } while ((seen & bit) == 0 && !lanes.compareAndSetLong(seen, seen | bit));
    }

    private Path file(int lane) {
        return core.object().parts().file(PipeLayout.lane(toEnd, lane));
    }
}
