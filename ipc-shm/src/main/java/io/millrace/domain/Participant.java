package io.millrace.domain;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * This JVM in one domain: its seat, its lease, and its verdicts on others. All handles of this JVM on the domain share
 * it. While it lives, no epoch ends, so what it has found dead stays dead.
 */
final class Participant {
    private static final int VERDICTS = 1 << 10;

    private final DomainFiles files;
    private final LockIdentity lock;
    private final LeaseKind kind;
    private final JvmMarker marker;
    private final Lease lease;
    private final LeaseNotes notes;
    private final DomainTable table;
    private final Seat seat;
    /** Ids found dead, each where its low bits say; one that is overwritten is looked at anew. */
    private final AtomicIntegerArray dead = new AtomicIntegerArray(VERDICTS);

    private Participant(Builder builder, DomainTable table, Seat seat) {
        this.files = builder.files;
        this.lock = builder.lock;
        this.kind = builder.kind;
        this.marker = builder.marker;
        this.lease = builder.lease;
        this.notes = builder.notes;
        this.table = table;
        this.seat = seat;
    }

    /** Joins; nothing is left behind if it fails. */
    static Participant join(DomainFiles files, LockIdentity lock, IdWord firstIds) throws IOException {
        LeaseKind kind = LeaseKind.chosen();
        JvmMarker marker = JvmMarker.enter(files.directory(), lock, kind);
        try {
            Lease lease = kind.open(files.lock());
            try {
                return new Builder(files, lock, kind, marker, lease, new LeaseNotes(files, kind)).build(firstIds);
            } catch (IOException | RuntimeException | Error e) {
                lease.close();
                throw e;
            }
        } catch (IOException | RuntimeException | Error e) {
            marker.leave();
            throw e;
        }
    }

    int id() {
        return seat.id();
    }

    UUID domainId() {
        return table.id();
    }

    Path directory() {
        return files.directory();
    }

    LockIdentity lock() {
        return lock;
    }

    void checkTable() throws IOException {
        table.checkName();
    }

    boolean isDead(int id) throws IOException {
        if (id == seat.id()) {
            return false;
        }
        int slot = id & (VERDICTS - 1);
        // Own object, own verdicts: whoever finds one here needs nothing that was written before it.
        if (id > 0 && dead.getOpaque(slot) == id) {
            return true;
        }
        checkHandedOut(id);
        if (lease.isHeld(id) || !isProcessGone(new Seat(seat.epoch(), id))) {
            return false;
        }
        // The locks speak for the participants of this table only as long as newcomers find the same lock file.
        files.checkLock(lock);
        dead.setOpaque(slot, id);
        return true;
    }

    /** Gives the lease back; from now on others take this participant for dead. */
    void close() {
        try {
            try {
                table.close();
                notes.withdraw(seat);
            } finally {
                lease.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            marker.leave();
        }
    }

    @Override
    public String toString() {
        return "participant " + seat.id() + " of epoch " + seat.epoch() + ", lease " + kind.text();
    }

    private void checkHandedOut(int id) {
        int next = table.ids().read().next();
        if (id < IdWord.FIRST || id >= next) {
            throw new IllegalArgumentException("owner id: actual " + id + ", expected one that was handed out, 1 to "
                + (next - 1) + "; what names it is damaged");
        }
    }

    /** Looks for a note; without one, the lease was of the kind that is as good as the process. */
    private boolean isProcessGone(Seat other) throws IOException {
        // Reading a file, an interrupted thread would fail; the interrupt is none of this method's business.
        boolean interrupted = Thread.interrupted();
        try {
            return !notes.mayRun(other);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** What is there before the table is. */
    private record Builder(DomainFiles files, LockIdentity lock, LeaseKind kind, JvmMarker marker, Lease lease,
        LeaseNotes notes) {
        Participant build(IdWord firstIds) throws IOException {
            // Looked at before and after the opening: what was opened is what the table was made for.
            files.checkLock(lock);
            DomainTable table = files.openTable(lock, lease, firstIds);
            try {
                Seat seat = new Joining(files.directory(), table.ids(), lease, notes).join();
                if (kind == LeaseKind.CHANNEL) {
                    notes.removeOfGone();
                }
                return new Participant(this, table, seat);
            } catch (IOException | RuntimeException | Error e) {
                table.close();
                throw e;
            }
        }
    }
}
