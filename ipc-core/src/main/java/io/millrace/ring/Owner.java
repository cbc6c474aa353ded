package io.millrace.ring;

import java.util.Objects;
import java.util.function.IntPredicate;

/**
 * Who takes a role in a ring, and how to find out that another owner is dead.
 *
 * <p>One object per id and process: it also knows what the process has in hand, so that a thread of it that loses
 * control in the middle of an operation does not keep that for ever.
 */
public final class Owner {
    private final int id;
    private final IntPredicate isDead;
    private final Hands hands = new Hands();

    /**
     * An owner.
     *
     * @param id names the owner in shared memory; positive, opaque here, and never used again for another owner
     * @param isDead true only if it is certain that the owner with that id makes no more accesses; once true, always
     *     true. It may throw {@link IllegalArgumentException} for an id that no owner can have
     */
    public Owner(int id, IntPredicate isDead) {
        if (id <= 0) {
            throw new IllegalArgumentException("owner id: actual " + id + ", expected at least 1");
        }
        this.id = id;
        this.isDead = Objects.requireNonNull(isDead);
    }

    /** An owner that takes everybody for alive: unknown means alive. */
    public static Owner of(int id) {
        return new Owner(id, other -> false);
    }

    /** Its name in shared memory. */
    public int id() {
        return id;
    }

    /** Whether another owner is dead for certain. */
    public IntPredicate isDead() {
        return isDead;
    }

    Hands hands() {
        return hands;
    }

    @Override
    public String toString() {
        return "Owner[" + id + "]";
    }
}
