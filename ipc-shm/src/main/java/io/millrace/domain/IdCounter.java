package io.millrace.domain;

import io.millrace.memory.Region;

/** Hands out the ids of a domain: one word, changed by CAS. Any thread of any process. */
class IdCounter {
    private final Region body;
    private final int offset;

    IdCounter(Region body, int offset) {
        this.body = body;
        this.offset = offset;
    }

    /**
     * The word as it is now.
     *
     * @throws IllegalStateException if it is none that this protocol writes
     */
    IdWord read() {
        // SYNC hand-out-id ↔ IdCounter.tryReplace: read before the look at the locks; otherwise a reset could follow a
        // look that was too early to see a participant who has been confirmed since.
        IdWord word = IdWord.of(body.getLongVolatile(offset));
        if (!word.isSound()) {
            throw new IllegalStateException("the counter of ids is damaged: " + word
                + "; end all programs that use the domain, then remove its directory");
        }
        return word;
    }

    /** Hands out the next id; null if there is none left. */
    Seat tryHandOut() {
        while (true) {
            IdWord word = read();
            if (word.isExhausted()) {
                return null;
            }
            if (tryReplace(word, word.afterHandOut())) {
                return new Seat(word.epoch(), word.next());
            }
        }
    }

    /** Confirms a seat whose lease was taken; false if the ids were begun anew in the meantime. */
    boolean tryConfirm(Seat seat) {
        while (true) {
            IdWord word = read();
            if (word.epoch() != seat.epoch()) {
                return false;
            }
            if (tryReplace(word, word.afterConfirmation())) {
                return true;
            }
        }
    }

    /** Begins anew, unless anybody was handed out an id, or confirmed one, since the word was read. */
    boolean tryReset(IdWord seen) {
        return tryReplace(seen, seen.afterReset());
    }

    private boolean tryReplace(IdWord seen, IdWord update) {
        // SYNC hand-out-id ↔ IdCounter.read: the lock before the confirmation, and of confirmation and reset one comes
        // first and fails the other; otherwise an id could be handed out again while its first bearer lives.
        return body.compareAndSetLong(offset, seen.value(), update.value());
    }
}
