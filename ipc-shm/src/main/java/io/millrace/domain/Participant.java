package io.millrace.domain;

import io.millrace.ring.Owner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * This JVM in one domain: its seat, its lease, and its verdicts on others. All handles of this JVM on the domain share
 * it. While it lives, no epoch ends, so what it has found dead stays dead.
 */
final class Participant {
    private static final int VERDICTS = 1 << 10;
    /** A byte behind those of all ids. */
    private static final int EXCLUSION = Domain.OWNER_ID_MAX + 1;

    private final DomainFiles files;
    private final LockIdentity lock;
    private final LeaseKind kind;
    private final JvmMarker marker;
    private final Lease lease;
    private final LeaseNotes notes;
    private final DomainTable table;
    private final Seat seat;
    private final Owner owner;
    private final Containers containers;
    private volatile boolean closed;
    private final AtomicBoolean reaping = new AtomicBoolean();
    /** Ids found dead, each where its low bits say; one that is overwritten is looked at anew. */
    private final AtomicIntegerArray dead = new AtomicIntegerArray(VERDICTS);

    private Participant(Builder builder, Lease lease, LeaseNotes notes, Seat seat) {
        this.files = builder.files;
        this.lock = builder.lock;
        this.table = builder.table;
        this.kind = builder.kind;
        this.marker = builder.marker;
        this.lease = lease;
        this.notes = notes;
        this.seat = seat;
        this.owner = new Owner(seat.id(), this::isDeadForCertain);
        this.containers = new ContainerLook(files.directory(), table.id(), owner.isDead());
    }

    /** Joins; the table is then the participant's, and is closed if it fails. */
    static Participant join(DomainFiles files, DomainTable table) throws IOException {
        try {
            LeaseKind kind = LeaseKind.chosen();
            JvmMarker marker = JvmMarker.enter(files.directory(), table.lock(), kind);
            try {
                return new Builder(files, table.lock(), table, kind, marker).build();
            } catch (IOException | RuntimeException | Error e) {
                marker.leave();
                throw e;
            }
        } catch (IOException | RuntimeException | Error e) {
            table.close();
            throw e;
        }
    }

    int id() {
        return seat.id();
    }

    Owner owner() {
        return owner;
    }

    Containers containers() {
        return containers;
    }

    /**
     * Does something while nobody else in this domain does anything under this exclusion, unless somebody does: nobody
     * waits for one that is paused.
     *
     * @return whether it was done
     */
    boolean tryExclusively(Exclusive action) throws IOException {
        synchronized (owner) {
            if (!lease.tryTake(EXCLUSION)) {
                return false;
            }
            try {
                action.run();
            } finally {
                lease.release(EXCLUSION);
            }
            return true;
        }
    }

    /** What is done exclusively. */
    interface Exclusive {
        void run() throws IOException;
    }

    /** True for the first who asks. */
    boolean isFirstToReap() {
        return reaping.compareAndSet(false, true);
    }

    /** Removes the notes of participants whose processes are gone. */
    void removeNotesOfGone() throws IOException {
        notes.removeOfGone(table.ids().read());
    }

    private boolean isDeadForCertain(int id) {
        try {
            return isDead(id);
        } catch (IOException e) {
            return false;
        }
    }

    UUID domainId() {
        return table.id();
    }

    boolean isOpenToGroup() {
        return table.group() != DomainTable.NO_GROUP;
    }

    Path directory() {
        return files.directory();
    }

    LockIdentity lock() {
        return lock;
    }

    /** Checks that what the name stands for now is the table by which this participant has joined. */
    void checkTable(DomainTable now) throws DomainVanishedException {
        table.checkSame(now);
    }

    boolean isDead(int id) throws IOException {
        if (closed) {
            throw new IllegalStateException("the domain " + directory() + " is closed: its last handle was");
        }
        if (id == seat.id()) {
            return false;
        }
        int slot = id & (VERDICTS - 1);
        // Own object, own verdicts: whoever finds one here needs nothing that was written before it.
        if (id > 0 && dead.getOpaque(slot) == id) {
            return true;
        }
        // In this order: an id that was handed out has had its lease, and its note, from the beginning.
        checkHandedOut(id);
        if (lease.isHeld(id) || !isGone(new Seat(seat.epoch(), id))) {
            return false;
        }
        dead.setOpaque(slot, id);
        return true;
    }

    /** Gives the lease back; from now on others take this participant for dead. */
    void close() {
        closed = true;
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

    /** Of somebody without a lease. */
    private boolean isGone(Seat other) throws IOException {
        // Reading a file, an interrupted thread would fail; the interrupt is none of this method's business.
        boolean interrupted = Thread.interrupted();
        try {
            if (notes.mayRun(other)) {
                return false;
            }
            // What was looked at counts only if it is still what newcomers find.
            files.checkLock(lock);
            table.checkName();
            return true;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** What is there before the lease is. */
    private record Builder(DomainFiles files, LockIdentity lock, DomainTable table, LeaseKind kind, JvmMarker marker) {
        Participant build() throws IOException {
            Lease lease = open();
            try {
                // Looked at before and after the opening: what was opened is what the table was made for.
                files.checkLock(lock);
                LeaseNotes notes = new LeaseNotes(files, kind);
                Seat seat = new Joining(files.directory(), table.ids(), lease, notes).join();
                if (kind == LeaseKind.CHANNEL) {
                    notes.removeOfGone(table.ids().read());
                }
                return new Participant(this, lease, notes, seat);
            } catch (IOException | RuntimeException | Error e) {
                lease.close();
                throw e;
            }
        }

        private Lease open() throws IOException {
            try {
                return kind.open(files.lock());
            } catch (NoSuchFileException e) {
                throw new DomainVanishedException(files.lock(), "the lock file was removed");
            }
        }
    }
}
