package io.millrace.pipe;

import io.millrace.domain.Containers;
import io.millrace.domain.Domain;
import io.millrace.domain.SharedObject;
import io.millrace.domain.UserList;
import io.millrace.format.CorruptSegmentException;
import io.millrace.format.SegmentKind;
import io.millrace.memory.Region;
import io.millrace.ring.Owner;
import io.millrace.ring.SpscRing;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.IntPredicate;

/** The shared object that a pipe is, as one handle has it open: two ends, and a direction to each. */
final class PipeCore {
    private static final int LISTENER_LANE_CAPACITY = 1 << 12;

    private final SharedObject object;
    private final boolean duplex;
    private final int laneCapacity;
    private final UserList[] ends;
    /** Of one who made the pipe: his entry at each end, from the beginning, or somebody could find an end over. */
    private final UserList.Entry[] makers = new UserList.Entry[2];
    private final Direction[] directions;

    private PipeCore(SharedObject object, boolean duplex, int laneCapacity) {
        this.object = object;
        this.duplex = duplex;
        this.laneCapacity = laneCapacity;
        this.ends = new UserList[] {holders(object.body(), 0), holders(object.body(), 1)};
        this.directions = new Direction[] {new Direction(this, 0), new Direction(this, 1)};
        object.onDeath(this::lookForTheDead);
    }

    /** Makes an anonymous pipe. */
    static PipeCore create(Domain domain, boolean duplex, int laneCapacity) throws IOException {
        return create(domain, null, PipeLayout.KIND, duplex, laneCapacity);
    }

    /** Makes the pipe of a listener. */
    static PipeCore createListener(Domain domain, String name) throws IOException {
        return create(domain, name, PipeLayout.LISTENER, false, LISTENER_LANE_CAPACITY);
    }

    private static PipeCore create(Domain domain, String name, SegmentKind kind, boolean duplex, int laneCapacity)
        throws IOException {
        Owner maker = domain.owner();
        UserList.Entry[] makers = new UserList.Entry[2];
        SharedObject object = SharedObject.create(domain, name, kind, PipeLayout.length(), (body, parts) -> {
            body.putIntPlain(PipeLayout.DUPLEX, duplex ? 1 : 0);
            body.putIntPlain(PipeLayout.LANE_CAPACITY, laneCapacity);
            for (int end = 0; end < 2; end++) {
                makers[end] = holders(body, end, maker.isDead(), Containers.UNKNOWN).enter(maker.id());
            }
        });
        PipeCore core = new PipeCore(object, duplex, laneCapacity);
        System.arraycopy(makers, 0, core.makers, 0, 2);
        return core;
    }

    static PipeCore openListener(Domain domain, String name) throws IOException {
        return over(SharedObject.open(domain, name, PipeLayout.LISTENER));
    }

    static PipeCore open(Domain domain, String name) throws IOException {
        return over(SharedObject.open(domain, name, PipeLayout.KIND));
    }

    /** The same object, opened once more. */
    PipeCore again() throws IOException {
        return over(SharedObject.open(joinAgain(), object.name(), object.kind().equals(PipeLayout.KIND.name())
            ? PipeLayout.KIND : PipeLayout.LISTENER));
    }

    /** The domain, joined once more. */
    Domain joinAgain() throws IOException {
        return Domain.join(object.path().getParent());
    }

    /** Both ends of the pipe that was made here; the first takes this over. */
    Connection[] connections() throws IOException {
        Connection first = connection(0, makers[0]);
        boolean done = false;
        try {
            Connection[] both = {first, again().connection(1, makers[1])};
            done = true;
            return both;
        } finally {
            if (!done) {
                first.close();
            }
        }
    }

    /** The maker's entry at the end. */
    UserList.Entry makersEntry(int end) {
        return makers[end];
    }

    /** A handle on the end that has that entry and takes this over. */
    Connection connection(int end, UserList.Entry entry) {
        return new Connection(this, end, entry);
    }

    /** A further handle on the end, which takes this over. */
    Connection newConnection(int end) throws IOException {
        UserList.Entry entry = null;
        try {
            entry = ends[end].enter(owner().id());
        } finally {
            if (entry == null) {
                object.close();
            }
        }
        if (entry == null) {
            throw new IOException("all who held an end of " + object + " have closed it or died");
        }
        return connection(end, entry);
    }

    /** The pipe that the object is, or the object is closed. */
    static PipeCore over(SharedObject object) throws IOException {
        try {
            Region body = object.body();
            check(object.path(), body);
            return new PipeCore(object, body.getIntPlain(PipeLayout.DUPLEX) == 1,
                body.getIntPlain(PipeLayout.LANE_CAPACITY));
        } catch (IOException | RuntimeException | Error e) {
            object.close();
            throw e;
        }
    }

    /** Throws unless what is fixed about a pipe is sound. */
    static void check(Path path, Region body) throws CorruptSegmentException {
        if (body.length() != PipeLayout.length()) {
            throw new CorruptSegmentException(path,
                "length of a pipe: actual " + body.length() + ", expected " + PipeLayout.length());
        }
        int duplex = body.getIntPlain(PipeLayout.DUPLEX);
        int capacity = body.getIntPlain(PipeLayout.LANE_CAPACITY);
        if (duplex < 0 || duplex > 1 || capacity < SpscRing.CAPACITY_MIN || Integer.bitCount(capacity) != 1) {
            throw new CorruptSegmentException(path, "duplex and lane capacity: actual " + duplex + " and "
                + capacity + ", expected 0 or 1 and a power of two from " + SpscRing.CAPACITY_MIN);
        }
    }

    private UserList holders(Region body, int end) {
        return holders(body, end, owner().isDead(), object.containers());
    }

    static UserList holders(Region body, int end, IntPredicate isDead, Containers containers) {
        int start = PipeLayout.end(end);
        return new UserList(body.slice(start + PipeLayout.STATE, Long.BYTES),
            body.slice(start + PipeLayout.HOLDER_LIST, PipeLayout.HOLDERS * UserList.ENTRY_LENGTH), isDead, containers);
    }

    /** A handle on an end of that pipe, of which a copy was handed on; null if that is not there any more. */
    static Connection adopt(Domain domain, Copy copy) throws IOException {
        PipeCore core = open(domain, copy.pipe());
        if (!copy.pipeId().equals(core.object.creationId())) {
            core.object.close();
            return null;
        }
        return core.successor(copy);
    }

    /** The handle that a copy was handed on to, which takes this over; null if the end is over. */
    Connection successor(Copy copy) {
        UserList.Entry own = null;
        try {
            own = ends[copy.end()].succeed(copy.entry(), owner().id());
        } finally {
            if (own == null) {
                object.close();
            }
        }
        return own == null ? null : connection(copy.end(), own);
    }

    SharedObject object() {
        return object;
    }

    Owner owner() {
        return object.owner();
    }

    boolean isDuplex() {
        return duplex;
    }

    int laneCapacity() {
        return laneCapacity;
    }

    /** Who holds the end. */
    UserList end(int end) {
        return ends[end];
    }

    Direction direction(int toEnd) {
        return directions[toEnd];
    }

    /** A handle on the end, or a copy on its way, is no more: tells the others if it was the last. */
    void left(int end) {
        if (ends[end].tryRemoveUnused()) {
            wakeAll();
        }
    }

    /** Whether an end has holders is derived: finds out if the last of them has died. */
    void lookForTheDead() {
        object.checkNotRemoved();
        for (UserList end : ends) {
            if (!end.isRemoved() && end.tryRemoveUnused()) {
                wakeAll();
            }
        }
    }

    void wakeAll() {
        for (Direction direction : directions) {
            direction.data().raise();
            direction.space().raise();
        }
    }
}
