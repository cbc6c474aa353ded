package io.millrace.ring;

import java.util.function.IntPredicate;

/**
 * Who takes a role in a ring, and how to find out that another owner is dead.
 *
 * @param id names the owner in shared memory; positive, opaque here, and never used again for another owner
 * @param isDead true only if it is certain that the owner with that id makes no more accesses; once true, always true
 */
public record Owner(int id, IntPredicate isDead) {
    /** Checks the id. */
    public Owner {
        if (id <= 0) {
            throw new IllegalArgumentException("owner id: actual " + id + ", expected at least 1");
        }
    }

    /** An owner that takes everybody for alive: unknown means alive. */
    public static Owner of(int id) {
        return new Owner(id, other -> false);
    }

    @Override
    public String toString() {
        return "Owner[" + id + "]";
    }
}
