package io.millrace.domain;

import io.millrace.memory.Region;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntPredicate;

/**
 * Who uses a shared object, and whether it was removed. Users are not counted but listed: an entry counts for as long
 * as the participant that it names lives.
 *
 * <pre>
 *   who         changes                                        by
 *   newcomer    an entry 0 or of a dead one → its id           CAS; then
 *               state: version + 1, if it was not removed      CAS; if it was, the newcomer is refused
 *   leaver      its entry → 0                                  CAS
 *   remover     state: removed, if the version is still that   CAS; the version was read before the entries
 *               which it was before it found no entry that counts
 * </pre>
 *
 * <p>So a newcomer's entry is either found, or the remover's CAS fails, or the newcomer sees that the object is
 * removed. The dead leave entries that do not count. A remover that dies leaves an object that is removed and has a
 * name still; whoever sees that takes the name away.
 */
final class ObjectUsers {
    private static final int NOBODY = 0;
    private static final long REMOVED = 1;
    private static final long VERSION_ONE = 2;

    private final Region body;
    private final IntPredicate isDead;
    private final int entries;

    ObjectUsers(Region body, IntPredicate isDead) {
        this(body, isDead, ObjectLayout.USERS);
    }

    /** With so many entries only. */
    ObjectUsers(Region body, IntPredicate isDead, int entries) {
        this.body = body;
        this.isDead = isDead;
        this.entries = entries;
    }

    /** Makes an entry; returns which, or -1 if the object is removed. */
    int enter(int ownerId) {
        int entry = takeEntry(ownerId);
        while (true) {
            long state = state();
            if ((state & REMOVED) != 0) {
                leave(entry, ownerId);
                return -1;
            }
            // SYNC object-users ↔ ObjectUsers.tryRemoveUnused: the entry before the version; otherwise a remover could
            // read the version after and the entry before it was made.
            if (body.compareAndSetLong(ObjectLayout.STATE, state, state + VERSION_ONE)) {
                return entry;
            }
        }
    }

    /** Takes an entry away. */
    void leave(int entry, int ownerId) {
        // SYNC object-users ↔ ObjectUsers.tryRemoveUnused: the last use before the entry's end; otherwise the object
        // could be removed under a use.
        body.compareAndSetInt(offset(entry), ownerId, NOBODY);
    }

    /** Whether it was removed; for ever, then. */
    boolean isRemoved() {
        return (state() & REMOVED) != 0;
    }

    /** Removes the object if nobody uses it; whether it is removed. */
    boolean tryRemoveUnused() {
        while (true) {
            long state = state();
            if ((state & REMOVED) != 0) {
                return true;
            }
            if (!live().isEmpty()) {
                return false;
            }
            // SYNC object-users ↔ ObjectUsers.enter: the version that was read before the entries; otherwise somebody
            // could have entered behind the look.
            if (body.compareAndSetLong(ObjectLayout.STATE, state, state | REMOVED)) {
                return true;
            }
        }
    }

    /** Removes the object, whoever uses it. */
    void remove() {
        long state;
        do {
            state = state();
            // SYNC object-users ↔ ObjectUsers.enter: nothing is ordered, the version stays; otherwise one that enters
            // would not be refused.
        } while (!body.compareAndSetLong(ObjectLayout.STATE, state, state | REMOVED));
    }

    /** The participants that use it. */
    Set<Integer> live() {
        Set<Integer> live = new TreeSet<>();
        for (int entry = 0; entry < entries; entry++) {
            int user = user(entry);
            if (user != NOBODY && !live.contains(user) && !isDead.test(user)) {
                live.add(user);
            }
        }
        return live;
    }

    /** All that it lists, dead or alive; changes nothing. */
    Set<Integer> listed() {
        Set<Integer> listed = new TreeSet<>();
        for (int entry = 0; entry < ObjectLayout.USERS; entry++) {
            int user = user(entry);
            if (user != NOBODY) {
                listed.add(user);
            }
        }
        return listed;
    }

    private int takeEntry(int ownerId) {
        for (int entry = 0; entry < entries; entry++) {
            int user = user(entry);
            // SYNC object-users ↔ ObjectUsers.tryRemoveUnused: two who want one entry, one gets it; otherwise one would
            // use the object without an entry.
            if ((user == NOBODY || user != ownerId && isDead.test(user))
                && body.compareAndSetInt(offset(entry), user, ownerId)) {
                return entry;
            }
        }
        throw new IllegalStateException("users of a shared object: actual " + entries
            + " handles in use, expected fewer; close some");
    }

    private long state() {
        // SYNC object-users ↔ ObjectUsers.enter: this before the entries; otherwise a remover could miss one.
        return body.getLongVolatile(ObjectLayout.STATE);
    }

    private int user(int entry) {
        // SYNC object-users ↔ ObjectUsers.enter: the state before this; otherwise a remover could miss an entry.
        return body.getIntVolatile(offset(entry));
    }

    private static int offset(int entry) {
        return ObjectLayout.USER_LIST + entry * Integer.BYTES;
    }
}
