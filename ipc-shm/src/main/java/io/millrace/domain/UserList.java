package io.millrace.domain;

import io.millrace.memory.Region;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntPredicate;
import java.util.function.LongSupplier;

/**
 * Who uses something shared, an object or an end of a pipe, and whether that is over. Users are not counted but listed:
 * an entry counts for as long as the participant that it names lives. Once it is over, nobody becomes a user any more.
 *
 * <pre>
 *   who         changes                                        by
 *   newcomer    an entry 0 or of a dead one → its id           CAS; then
 *               state: version + 1, if it was not removed      CAS; if it was, the newcomer is refused
 *   leaver      its entry → 0                                  CAS
 *   successor   an entry that was handed to it → its id        CAS; then the state as a newcomer
 *   remover     state: removed, if the version is still that   CAS; the version was read before the entries
 *               which it was before it found no entry that counts
 * </pre>
 *
 * <p>So a newcomer's entry is either found, or the remover's CAS fails, or the newcomer sees that it is over. The dead
 * leave entries that do not count. A remover that dies leaves an object that is removed and has a name still; whoever
 * sees that takes the name away.
 */
public final class UserList {
    /** Bytes of an entry. */
    public static final int ENTRY_LENGTH = Long.BYTES;

    /** An entry is its owner's id, and above it a number that tells his entries apart. */
    private static final int OWNER_BITS = 26;
    private static final long OWNER_MASK = (1L << OWNER_BITS) - 1;
    private static final AtomicLong SERIAL = new AtomicLong();
    private static final long NOBODY = 0;
    private static final long REMOVED = 1;
    private static final long VERSION_ONE = 2;

    private final Region state;
    private final Region list;
    private final IntPredicate isDead;
    private final LongSupplier serials;
    private final int entries;

    /** The users of a shared object. */
    UserList(Region body, IntPredicate isDead) {
        this(body, isDead, ObjectLayout.USERS, SERIAL::incrementAndGet);
    }

    /** With so many entries only, and numbers by which an owner's entries differ. */
    UserList(Region body, IntPredicate isDead, int entries, LongSupplier serials) {
        this(body.slice(ObjectLayout.STATE, Long.BYTES),
            body.slice(ObjectLayout.USER_LIST, entries * ENTRY_LENGTH), isDead, serials);
    }

    /**
     * A list where nobody is yet, or as others left it.
     *
     * @param state 8 bytes, zero at first
     * @param list {@link #ENTRY_LENGTH} bytes for each user there may be at once, zero at first
     * @param isDead as of {@link Domain#owner}
     */
    public UserList(Region state, Region list, IntPredicate isDead) {
        this(state, list, isDead, SERIAL::incrementAndGet);
    }

    private UserList(Region state, Region list, IntPredicate isDead, LongSupplier serials) {
        this.state = state;
        this.list = list;
        this.isDead = isDead;
        this.serials = serials;
        this.entries = list.length() / ENTRY_LENGTH;
    }

    /**
     * An entry that was made.
     *
     * @param index which of the list
     * @param value what it says; no other entry ever says the same
     */
    public record Entry(int index, long value) { }

    /**
     * Makes an entry; null if it is over.
     *
     * @throws IllegalStateException if there are too many users
     */
    public Entry enter(int ownerId) {
        return announce(takeEntry(newValue(ownerId)));
    }

    /**
     * Takes an entry over that its owner has handed on and that counts for him until then, or makes one if it was left
     * meanwhile; null if it is over.
     *
     * @throws IllegalStateException if there are too many users
     */
    public Entry succeed(Entry predecessor, int ownerId) {
        Objects.checkIndex(predecessor.index, entries);
        long value = newValue(ownerId);
        // SYNC object-users ↔ UserList.tryRemoveUnused: one owner or the other at every instant; otherwise a remover
        // could find neither.
        boolean taken = list.compareAndSetLong(offset(predecessor.index), predecessor.value, value);
        return announce(taken ? new Entry(predecessor.index, value) : takeEntry(value));
    }

    private Entry announce(Entry entry) {
        while (true) {
            long seen = state();
            if ((seen & REMOVED) != 0) {
                leave(entry);
                return null;
            }
            // SYNC object-users ↔ UserList.tryRemoveUnused: the entry before the version; otherwise a remover could
            // read the version after and the entry before it was made.
            if (state.compareAndSetLong(0, seen, seen + VERSION_ONE)) {
                return entry;
            }
        }
    }

    /** Takes an entry away; does nothing if it was taken over. */
    public void leave(Entry entry) {
        // SYNC object-users ↔ UserList.tryRemoveUnused: the last use before the entry's end; otherwise it could be
        // over under a use.
        list.compareAndSetLong(offset(entry.index), entry.value, NOBODY);
    }

    /** Whether it is over; for ever, then. */
    public boolean isRemoved() {
        return (state() & REMOVED) != 0;
    }

    /** Ends it if nobody uses it; whether it is over. */
    public boolean tryRemoveUnused() {
        while (true) {
            long seen = state();
            if ((seen & REMOVED) != 0) {
                return true;
            }
            if (!live().isEmpty()) {
                return false;
            }
            // SYNC object-users ↔ UserList.announce: the version that was read before the entries; otherwise somebody
            // could have entered behind the look.
            if (state.compareAndSetLong(0, seen, seen | REMOVED)) {
                return true;
            }
        }
    }

    /** Ends it, whoever uses it. */
    void remove() {
        long seen;
        do {
            seen = state();
            // SYNC object-users ↔ UserList.announce: nothing is ordered, the version stays; otherwise one that enters
            // would not be refused.
        } while (!state.compareAndSetLong(0, seen, seen | REMOVED));
    }

    /** The participants that use it. */
    public Set<Integer> live() {
        Set<Integer> live = new TreeSet<>();
        for (int entry = 0; entry < entries; entry++) {
            int user = owner(entry(entry));
            if (user != NOBODY && !live.contains(user) && !isDead.test(user)) {
                live.add(user);
            }
        }
        return live;
    }

    /** All that it lists, dead or alive; changes nothing. */
    Set<Integer> listed() {
        Set<Integer> listed = new TreeSet<>();
        for (int entry = 0; entry < entries; entry++) {
            int user = owner(entry(entry));
            if (user != NOBODY) {
                listed.add(user);
            }
        }
        return listed;
    }

    private long newValue(int ownerId) {
        return serials.getAsLong() << OWNER_BITS | ownerId;
    }

    private Entry takeEntry(long value) {
        for (int entry = 0; entry < entries; entry++) {
            long seen = entry(entry);
            // SYNC object-users ↔ UserList.tryRemoveUnused: two who want one entry, one gets it; otherwise one would
            // be a user without an entry.
            if ((seen == NOBODY || owner(seen) != owner(value) && isDead.test(owner(seen)))
                && list.compareAndSetLong(offset(entry), seen, value)) {
                return new Entry(entry, value);
            }
        }
        throw new IllegalStateException("handles: actual " + entries
            + " in use, expected fewer; close some");
    }

    private long state() {
        // SYNC object-users ↔ UserList.announce: this before the entries; otherwise a remover could miss one.
        return state.getLongVolatile(0);
    }

    private static int owner(long value) {
        return (int) (value & OWNER_MASK);
    }

    private long entry(int entry) {
        // SYNC object-users ↔ UserList.announce: the state before this; otherwise a remover could miss an entry.
        return list.getLongVolatile(offset(entry));
    }

    private static int offset(int entry) {
        return entry * ENTRY_LENGTH;
    }
}
