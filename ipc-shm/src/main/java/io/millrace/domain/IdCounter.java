package io.millrace.domain;

import io.millrace.memory.Region;

/** Hands out the ids of a domain: one word, changed by CAS. Any thread of any process. */
final class IdCounter {
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
        // SYNC hand-out-id ↔ IdCounter.tryReplace: the word before the look at a lock or a note; otherwise the look
        // could be too early for the lease of an id that the word shows as handed out, and its living owner be dead.
        IdWord word = IdWord.of(body.getLongVolatile(offset));
        if (!word.isSound()) {
            throw new IllegalStateException("the counter of ids is damaged: " + word
                + "; end all programs that use the domain, then remove its directory");
        }
        return word;
    }

    /** Hands out an id, or begins anew; false if anybody has done either since the word was read. */
    boolean tryReplace(IdWord seen, IdWord update) {
        // SYNC hand-out-id ↔ IdCounter.read: lock and note before the word that shows the id as handed out, and of two
        // changes one fails; otherwise an id could be without its lease for an instant, or be handed out twice.
        return body.compareAndSetLong(offset, seen.value(), update.value());
    }
}
