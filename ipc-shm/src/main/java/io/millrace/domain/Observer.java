package io.millrace.domain;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.util.UUID;

/**
 * Tells who is dead without taking part: takes no id and no lease, and changes nothing. Where native code cannot be
 * called, or this JVM has joined without it, it can ask the notes alone, and takes those without one for alive.
 */
final class Observer implements AutoCloseable {
    private final DomainFiles files;
    private final DomainTable table;
    private final LeaseNotes notes;
    /** Null where it must not be opened: to close it again could drop the lease of this JVM. */
    private final Lease lease;
    private final JvmMarker marker;

    private Observer(DomainFiles files, DomainTable table, Lease lease, JvmMarker marker) {
        this.files = files;
        this.table = table;
        this.notes = new LeaseNotes(files, LeaseKind.OFD);
        this.lease = lease;
        this.marker = marker;
    }

    static Observer open(DomainFiles files) throws IOException {
        DomainTable table;
        try {
            table = DomainTable.open(files.table());
        } catch (NoSuchFileException e) {
            throw new NoSuchFileException(files.directory().toString(), null, "there is no domain: it has no table");
        }
        GroupDomain.check(files.directory(), table);
        try {
            files.checkLock(table.lock());
            JvmMarker marker = LibC.isAvailable() ? enter(files, table) : null;
            return new Observer(files, table, marker == null ? null : lease(files, marker), marker);
        } catch (IOException | RuntimeException | Error e) {
            table.close();
            throw e;
        }
    }

    private static JvmMarker enter(DomainFiles files, DomainTable table) {
        try {
            return JvmMarker.enter(files.directory(), table.lock(), LeaseKind.OFD);
        } catch (DomainInUseException e) {
            return null;
        }
    }

    private static Lease lease(DomainFiles files, JvmMarker marker) throws IOException {
        try {
            return new OfdLease(files.lock());
        } catch (IOException | RuntimeException | Error e) {
            marker.leave();
            throw e;
        }
    }

    UUID domainId() {
        return table.id();
    }

    /** Whether that id was ever handed out. */
    boolean isHandedOut(int id) {
        return id >= IdWord.FIRST && id < table.ids().read().next();
    }

    /** As {@link Domain#isDead}. */
    boolean isDead(int id) throws IOException {
        IdWord now = table.ids().read();
        if (id < IdWord.FIRST || id >= now.next()) {
            throw new IllegalArgumentException("owner id: actual " + id + ", expected one that was handed out, 1 to "
                + (now.next() - 1));
        }
        Seat seat = new Seat(now.epoch(), id);
        if (isLeaseHeld(seat) || notes.mayRun(seat)) {
            return false;
        }
        files.checkLock(table.lock());
        table.checkName();
        // Nobody keeps an epoch from ending here: somebody else could have the same id by now.
        return table.ids().read().epoch() == now.epoch();
    }

    /** Whether a note is of a participant whose process is gone. */
    boolean isOfGone(Seat seat) throws IOException {
        IdWord now = table.ids().read();
        return (seat.epoch() != now.epoch() || seat.id() < now.next()) && !notes.mayRun(seat);
    }

    private boolean isLeaseHeld(Seat seat) throws IOException {
        return lease == null ? Files.notExists(files.note(seat), LinkOption.NOFOLLOW_LINKS) : lease.isHeld(seat.id());
    }

    @Override
    public void close() throws IOException {
        try {
            table.close();
            if (lease != null) {
                lease.close();
            }
        } finally {
            if (marker != null) {
                marker.leave();
            }
        }
    }
}
