package io.millrace.pipe;

import io.millrace.domain.Containers;
import io.millrace.domain.DomainInspector;
import io.millrace.domain.UserList;
import io.millrace.format.AnnotatedDump;
import io.millrace.format.CorruptSegmentException;
import io.millrace.memory.Region;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Pipes seen from outside: who holds their ends, who receives, which lanes there are. Needs no participant, and changes
 * nothing.
 *
 * <p><b>Who may call it:</b> any thread.
 *
 * <p><b>What is in use</b> shows as it was at some instants of the call, not all at the same one.
 */
public final class PipeInspector {
    private PipeInspector() { }

    /**
     * One pipe.
     *
     * @param duplex whether both ends send and receive
     * @param laneCapacity bytes of the data area of each lane
     * @param ends the first and the second
     */
    public record Status(boolean duplex, int laneCapacity, List<End> ends) { }

    /**
     * One end, and the direction to it.
     *
     * @param over whether nobody holds it any more, nor ever will
     * @param holders owner ids of the participants that hold it and live
     * @param deadHolders owner ids of those that held it and died
     * @param receiver owner id of the participant that is receiving, or has the beginning of a message; 0: nobody
     * @param lanes the numbers of the lanes to it
     */
    public record End(boolean over, List<Integer> holders, List<Integer> deadHolders, int receiver,
        List<Integer> lanes) { }

    /** Whether that is the name of a kind of pipe. */
    public static boolean isPipe(String kind) {
        return PipeLayout.KIND.name().equals(kind) || PipeLayout.LISTENER.name().equals(kind);
    }

    /**
     * Looks at a pipe.
     *
     * @throws java.nio.file.NoSuchFileException if there is no object of that name
     * @throws CorruptSegmentException if it is no pipe, or what is fixed about it is damaged
     * @throws IllegalArgumentException if it names an owner that never was
     * @throws IOException if it cannot be read
     */
    public static Status look(DomainInspector domain, String name) throws IOException {
        return domain.read(name, (object, body, parts) -> {
            check(domain, object, body);
            return new Status(body.getIntPlain(PipeLayout.DUPLEX) == 1, body.getIntPlain(PipeLayout.LANE_CAPACITY),
                List.of(end(domain, body, 0), end(domain, body, 1)));
        });
    }

    /** The fields of a pipe as annotated text. Its errors are those of {@link #look}. */
    public static String dump(DomainInspector domain, String name) throws IOException {
        return domain.read(name, (object, body, parts) -> {
            check(domain, object, body);
            return AnnotatedDump.of(body, 0, PipeLayout.FRONT)
                + AnnotatedDump.of(body, PipeLayout.direction(0), PipeLayout.DIRECTION)
                + AnnotatedDump.of(body, PipeLayout.direction(1), PipeLayout.DIRECTION);
        });
    }

    private static void check(DomainInspector domain, DomainInspector.ObjectStatus object, Region body)
        throws CorruptSegmentException {
        Path path = domain.directory().resolve(object.name());
        if (!isPipe(object.kind())) {
            throw new CorruptSegmentException(path, "kind: actual " + object.kind() + ", expected one of a pipe");
        }
        PipeCore.check(path, body);
    }

    private static End end(DomainInspector domain, Region body, int end) throws IOException {
        UserList list = PipeCore.holders(body, end, id -> false, Containers.UNKNOWN);
        List<Integer> holders = new ArrayList<>();
        List<Integer> dead = new ArrayList<>();
        for (int holder : list.live()) {
            (domain.isDead(holder) ? dead : holders).add(holder);
        }
        long there = body.getLongPlain(PipeLayout.direction(end) + PipeLayout.LANES_THERE);
        List<Integer> lanes = new ArrayList<>();
        for (int lane = 0; lane < PipeLayout.LANES; lane++) {
            if ((there & 1L << lane) != 0) {
                lanes.add(lane);
            }
        }
        int receiver = Turn.whose(body.getLongPlain(PipeLayout.direction(end) + PipeLayout.RECEIVER),
            body.getLongPlain(PipeLayout.direction(end) + PipeLayout.KEEPING));
        return new End(list.isRemoved(), List.copyOf(holders), List.copyOf(dead), receiver, List.copyOf(lanes));
    }
}
