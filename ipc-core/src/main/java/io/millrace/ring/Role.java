package io.millrace.ring;

import io.millrace.memory.Region;
import java.util.Locale;

/**
 * A role in a ring that one owner has at a time, in all processes: a word that is 0 or the owner's id.
 *
 * <p>Transitions, each one CAS: 0 → id by whoever claims it; id → 0 by its holder; id → other id by a claimer to whom
 * the holder is known to be dead. The dead make no transitions, so the last needs no care.
 */
enum Role {
    PRODUCER(SpscLayout.PRODUCER),
    CONSUMER(SpscLayout.CONSUMER);

    private static final int NOBODY = 0;

    private final int offset;

    Role(int offset) {
        this.offset = offset;
    }

    void claim(Region body, Owner owner) {
        while (true) {
            // SYNC hand-over-role ↔ Role.release: the last holder's accesses before ours; otherwise we could write
            // where it still reads.
            int holder = body.getIntVolatile(offset);
            if (holder != NOBODY && !owner.isDead().test(holder)) {
                throw new RoleTakenException(toString(), holder);
            }
            // SYNC hand-over-role ↔ Role.release: two claimers, one wins; otherwise both would have the role.
            if (body.compareAndSetInt(offset, holder, owner.id())) {
                return;
            }
        }
    }

    /** Gives the role back; does nothing if somebody else has it by now. */
    void release(Region body, int ownerId) {
        // SYNC hand-over-role ↔ Role.claim: our accesses before the word; otherwise the next holder could overlap us.
        body.compareAndSetInt(offset, ownerId, NOBODY);
    }

    String holder(Region body) {
        // SYNC hand-over-role ↔ Role.claim: any value will do, it is shown to people; otherwise, if read plainly, a
        // loop that shows it could show the same for ever.
        int holder = body.getIntVolatile(offset);
        return holder == NOBODY ? "nobody" : "owner " + holder;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
