package io.millrace.domain;

import java.io.IOException;
import java.nio.file.Path;

/**
 * How a participant gets an id and its lease, without waiting for anybody, paused or dead.
 *
 * <p>An id is handed out, its byte is locked, then the id is confirmed: three steps, and a reset can come between any
 * two. It is decided by one CAS on a word that every one of those steps changes.
 */
final class Joining {
    /** The files of the domain, as far as joining is concerned with them. */
    interface Files {
        /** Called before the lease of a seat is taken. */
        void announce(Seat seat) throws IOException;

        /** Called when a seat was announced but will not be used. */
        void withdraw(Seat seat) throws IOException;

        /** Whether there is anything that may name an id of this epoch, or a process that may have one. */
        boolean mayNameAnId() throws IOException;
    }

    /** So many others would have to be in the way one after the other, each for an instant. */
    private static final int ATTEMPTS = 64;

    private final Path directory;
    private final IdCounter ids;
    private final Lease lease;
    private final Files files;

    Joining(Path directory, IdCounter ids, Lease lease, Files files) {
        this.directory = directory;
        this.ids = ids;
        this.lease = lease;
        this.files = files;
    }

    /**
     * Takes a seat.
     *
     * @throws DomainExhaustedException if there is no id left
     * @throws DomainVanishedException if the bytes of ids that were never handed out before are locked
     */
    Seat join() throws IOException {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Seat seat = handOut();
            files.announce(seat);
            if (lease.tryTake(seat.id())) {
                if (ids.tryConfirm(seat)) {
                    return seat;
                }
                lease.release(seat.id());
            }
            files.withdraw(seat);
            Thread.yield();
        }
        throw new DomainVanishedException(directory, "the leases of " + ATTEMPTS
            + " ids that were just handed out are all held by others: the table is not the one that they use");
    }

    private Seat handOut() throws IOException {
        while (true) {
            IdWord word = ids.read();
            boolean begunAnew = word.isWorthReset() && tryReset(word);
            Seat seat = ids.tryHandOut();
            if (seat != null) {
                return seat;
            }
            if (!begunAnew && ids.read().equals(word)) {
                throw new DomainExhaustedException(directory);
            }
        }
    }

    /** The order matters: word, locks, files, and then the CAS on the word as it was before all looks. */
    private boolean tryReset(IdWord seen) throws IOException {
        return !lease.isAnyHeld() && !files.mayNameAnId() && ids.tryReset(seen);
    }
}
