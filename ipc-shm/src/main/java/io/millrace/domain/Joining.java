package io.millrace.domain;

import java.io.IOException;
import java.nio.file.Path;

/**
 * How a participant gets an id and its lease, without waiting for anybody, paused or dead.
 *
 * <p>The byte of the next id is locked <i>before</i> the id is handed out, and the CAS that hands it out fails if
 * anything happened in between. So an id that was handed out has had its lease from the beginning: if its byte is free,
 * its owner is gone for ever. Were it locked afterwards, a look in between would take a newcomer for dead. The same CAS
 * is what keeps the beginning of a new epoch from overlooking somebody.
 */
final class Joining {
    /** What a participant leaves in the directory beside its lease. */
    interface Notes {
        /** Called with the lease of a seat, before it is handed out; false if the seat cannot be used. */
        boolean announce(Seat seat) throws IOException;

        /** Takes back what was announced, because the seat was not handed out. */
        void withdraw(Seat seat) throws IOException;

        /** Whether there is anything that may name an id of this epoch, or a process that may have one. */
        boolean mayNameAnId() throws IOException;
    }

    /** So many others would have to be joining at one instant. */
    private static final int PASSED_OVER_MAX = 64;

    private final Path directory;
    private final IdCounter ids;
    private final Lease lease;
    private final Notes notes;

    Joining(Path directory, IdCounter ids, Lease lease, Notes notes) {
        this.directory = directory;
        this.ids = ids;
        this.lease = lease;
        this.notes = notes;
    }

    /**
     * Takes a seat.
     *
     * @throws DomainExhaustedException if there is no id left
     * @throws DomainVanishedException if the bytes of ids that were never handed out are locked
     */
    Seat join() throws IOException {
        while (true) {
            IdWord word = ids.read();
            if (word.isWorthReset() && isAlone()) {
                ids.tryReplace(word, word.afterReset()); // if it fails, then because somebody else got on
                continue;
            }
            Seat seat = takeOneOf(word);
            if (seat == null) {
                if (ids.read().equals(word)) {
                    throw new DomainExhaustedException(directory);
                }
            } else if (ids.tryReplace(word, word.afterHandOut(seat))) {
                return seat;
            } else {
                notes.withdraw(seat);
                lease.release(seat.id());
            }
        }
    }

    /**
     * The first of the ids to be handed out whose byte is free. Others who are joining may have locked those before it;
     * they may be paused, and so are not waited for: they will have to take another.
     */
    private Seat takeOneOf(IdWord word) throws IOException {
        int end = Math.min(word.next() + PASSED_OVER_MAX, IdWord.NEXT_END);
        for (int id = word.next(); id < end; id++) {
            if (lease.tryTake(id)) {
                Seat seat = new Seat(word.epoch(), id);
                if (notes.announce(seat)) {
                    return seat;
                }
                lease.release(id);
            }
        }
        if (end < IdWord.NEXT_END) {
            throw new DomainVanishedException(directory, "the leases of the next " + PASSED_OVER_MAX
                + " ids are all held by others: the table is not the one that they use");
        }
        return null;
    }

    /** To be asked after the word was read, and to be believed only if the word is then still the same. */
    private boolean isAlone() throws IOException {
        return lease.isProvenAlone() && !notes.mayNameAnId();
    }
}
