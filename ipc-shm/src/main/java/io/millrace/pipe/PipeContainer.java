package io.millrace.pipe;

import io.millrace.domain.MessageContainer;
import io.millrace.memory.Region;
import io.millrace.ring.SpscRing;
import java.io.IOException;
import java.nio.file.NoSuchFileException;

/** Looks for handles in the messages that lie in the lanes of pipes, if somebody is there to receive them. */
public final class PipeContainer implements MessageContainer {
    /** For {@link java.util.ServiceLoader}. */
    public PipeContainer() { }

    @Override
    public boolean isKind(String kind) {
        return PipeInspector.isPipe(kind);
    }

    @Override
    public boolean holds(Look look) throws IOException {
        PipeCore.check(look.path(), look.body());
        for (int toEnd = 0; toEnd < 2; toEnd++) {
            if (!PipeCore.holders(look.body(), toEnd, look.isDead(), look.containers()).isUnused()
                && isInLanes(look, toEnd)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isInLanes(Look look, int toEnd) throws IOException {
        long there = Direction.lanes(
            look.body().longWord(PipeLayout.direction(toEnd) + PipeLayout.LANES_THERE));
        for (int lane = 0; lane < PipeLayout.LANES; lane++) {
            if ((there & 1L << lane) != 0 && isInLane(look, PipeLayout.lane(toEnd, lane))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isInLane(Look look, String part) throws IOException {
        boolean[] found = {false};
        try (SpscRing ring = SpscRing.open(look.parts().file(part))) {
            boolean told = ring.inspect((type, payload) -> found[0] |= isIn(look, type, payload));
            return found[0] || !told;
        } catch (NoSuchFileException e) {
            return false; // the pipe was removed meanwhile
        }
    }

    private static boolean isIn(Look look, int type, Region payload) {
        return RecordType.hasHandles(type) && RecordType.isLast(type) && look.isIn(payload);
    }
}
