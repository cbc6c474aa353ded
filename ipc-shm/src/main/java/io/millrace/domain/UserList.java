package io.millrace.domain;

import io.millrace.memory.Region;
import io.millrace.memory.LongWord;
import java.io.Serializable;
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
 *   sender      an entry for a copy that travels               as a newcomer; the container is in before the state
 *               travelling → travelling and put                CAS, when the message with the copy is published
 *   remover     state: removed, if the version is still that   CAS; the version was read before the entries
 *               which it was before it found no entry that counts
 * </pre>
 *
 * <p>So a newcomer's entry is either found, or the remover's CAS fails, or the newcomer sees that it is over. The dead
 * leave entries that do not count. A remover that dies leaves an object that is removed and has a name still; whoever
 * sees that takes the name away.
 *
 * <p>A copy that travels in a message counts while its sender has the message in hand, and then as long as the message
 * is in its container.
 */
public final class UserList {
    /** Bytes of an entry. */
    public static final int ENTRY_LENGTH = 2 * Long.BYTES;

    /**
     * The first word of an entry is its owner's id, and above it a number that tells his entries apart. The second is
     * of use to a copy that travels: which object its message is in.
     */
    private static final int OWNER_BITS = 26;
    private static final long OWNER_MASK = (1L << OWNER_BITS) - 1;
    private static final long TRAVELLING = 1L << 62;
    private static final long PUT = 1L << 63;
    private static final int CONTAINER = Long.BYTES;
    private static final AtomicLong SERIAL = new AtomicLong();
    private static final long NOBODY = 0;
    private static final long REMOVED = 1;
    private static final long VERSION_ONE = 2;

    private final LongWord state;
    private final Region list;
    private final IntPredicate isDead;
    private final Containers containers;
    private final LongSupplier serials;
    private final int entries;

    /** The users of a shared object. */
    UserList(Region body, IntPredicate isDead, Containers containers) {
        this(body, isDead, containers, ObjectLayout.USERS, SERIAL::incrementAndGet);
    }

    /** With so many entries only, and numbers by which an owner's entries differ. */
    UserList(Region body, IntPredicate isDead, Containers containers, int entries, LongSupplier serials) {
        this(body.slice(ObjectLayout.STATE, Long.BYTES),
            body.slice(ObjectLayout.USER_LIST, entries * ENTRY_LENGTH), isDead, containers, serials);
    }

    /**
     * A list where nobody is yet, or as others left it.
     *
     * @param state 8 bytes, zero at first
     * @param list {@link #ENTRY_LENGTH} bytes for each user there may be at once, zero at first
     * @param isDead as of {@link Domain#owner}
     * @param containers of the same domain
     */
    public UserList(Region state, Region list, IntPredicate isDead, Containers containers) {
        this(state, list, isDead, containers, SERIAL::incrementAndGet);
    }

    private UserList(Region state, Region list, IntPredicate isDead, Containers containers, LongSupplier serials) {
        this.state = state.longWord(0);
        this.list = list;
        this.isDead = isDead;
        this.containers = containers;
        this.serials = serials;
        this.entries = list.length() / ENTRY_LENGTH;
    }

    /**
     * An entry that was made.
     *
     * @param index which of the list
     * @param value what it says; no other entry of the domain ever says the same
     */
    public record Entry(int index, long value) implements Serializable {
        private static final long serialVersionUID = 1;

        /** Whether it is that of a copy in a message. */
        public boolean isTravelling() {
            return (value & TRAVELLING) != 0;
        }
    }

    /**
     * Makes an entry; null if it is over.
     *
     * @throws IllegalStateException if there are too many users
     */
    public Entry enter(int ownerId) {
        return announce(takeEntry(newValue(ownerId)));
    }

    /**
     * Makes an entry for a copy that is going to travel in a message; null if it is over.
     *
     * @param container tag of the object that the message will be in
     * @throws IllegalStateException if there are too many users
     */
    Entry send(int ownerId, long container) {
        Entry entry = takeEntry(newValue(ownerId) | TRAVELLING);
        // Plainly: whoever finds that the copy is put, or its sender dead, finds this, too. And whoever reads what an
        // earlier entry has left here finds that this ticket is not in there.
        list.putLongPlain(offset(entry.index) + CONTAINER, container);
        return announce(entry);
    }

    /** The message with the copy is published: from now on the copy is there as long as that is. */
    void put(Entry entry) {
        // SYNC object-users ↔ UserList.entry: the container and the message before this; otherwise somebody could look
        // for the copy before it is there. It fails if the copy's entry has ended, because its message is over.
        list.compareAndSetLong(offset(entry.index), entry.value, entry.value | PUT);
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
            if (state.compareAndSetLong(seen, seen + VERSION_ONE)) {
                return entry;
            }
        }
    }

    /** Takes an entry away; does nothing if it was taken over. */
    public void leave(Entry entry) {
        // SYNC object-users ↔ UserList.tryRemoveUnused: the last use before the entry's end; otherwise it could be
        // over under a use.
        if (!list.compareAndSetLong(offset(entry.index), entry.value, NOBODY) && entry.isTravelling()) {
            // SYNC object-users ↔ UserList.tryRemoveUnused: the message before the end of a copy that is put;
            // otherwise that could be missed by who receives the message again.
            list.compareAndSetLong(offset(entry.index), entry.value | PUT, NOBODY);
        }
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
            if (isUsed()) {
                return false;
            }
            // SYNC object-users ↔ UserList.announce: the version that was read before the entries; otherwise somebody
            // could have entered behind the look.
            if (state.compareAndSetLong(seen, seen | REMOVED)) {
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
        } while (!state.compareAndSetLong(seen, seen | REMOVED));
    }

    /** Whether nobody uses it, at an instant of the call; as {@link #tryRemoveUnused}, but changes nothing. */
    public boolean isUnused() {
        while (true) {
            long seen = state();
            if ((seen & REMOVED) != 0) {
                return true;
            }
            if (isUsed()) {
                return false;
            }
            if (state() == seen) {
                return true;
            }
        }
    }

    /** The participants that use it; not those that have sent a copy only. */
    public Set<Integer> live() {
        Set<Integer> live = listed();
        live.removeIf(isDead::test);
        return live;
    }

    /** All that it lists, dead or alive; changes nothing. */
    Set<Integer> listed() {
        Set<Integer> listed = new TreeSet<>();
        for (int entry = 0; entry < entries; entry++) {
            long value = entry(entry);
            if (value != NOBODY && (value & PUT) == 0) {
                listed.add(owner(value));
            }
        }
        return listed;
    }

    /** Whether an entry counts. Those that count by themselves are asked first: others need a look elsewhere. */
    private boolean isUsed() {
        boolean travelling = false;
        for (int entry = 0; entry < entries; entry++) {
            long value = entry(entry);
            if (isOfSomebodyLiving(value)) {
                return true;
            }
            travelling |= (value & TRAVELLING) != 0;
        }
        for (int entry = 0; travelling && entry < entries; entry++) {
            if (counts(entry, entry(entry))) {
                return true;
            }
        }
        return false;
    }

    private boolean isOfSomebodyLiving(long value) {
        return value != NOBODY && (value & PUT) == 0 && !isDead.test(owner(value));
    }

    private boolean counts(int entry, long value) {
        return isOfSomebodyLiving(value) || (value & TRAVELLING) != 0
            && containers.holds(list.getLongPlain(offset(entry) + CONTAINER), value & ~PUT);
    }

    private long newValue(int ownerId) {
        return (serials.getAsLong() << OWNER_BITS | ownerId) & TRAVELLING - 1;
    }

    private Entry takeEntry(long value) {
        for (boolean needy : new boolean[] {false, true}) {
            for (int entry = 0; entry < entries; entry++) {
                long seen = entry(entry);
                // SYNC object-users ↔ UserList.tryRemoveUnused: two who want one entry, one gets it; otherwise one
                // would be a user without an entry.
                if (isFree(entry, seen, value, needy) && list.compareAndSetLong(offset(entry), seen, value)) {
                    return new Entry(entry, value);
                }
            }
        }
        throw new IllegalStateException("handles: actual " + entries
            + " in use, expected fewer; close some");
    }

    /** Whether an entry may be taken; that of a copy only by one in need, as a look elsewhere has to tell. */
    private boolean isFree(int entry, long seen, long value, boolean needy) {
        if ((seen & TRAVELLING) != 0) {
            return needy && !counts(entry, seen);
        }
        return seen == NOBODY || owner(seen) != owner(value) && isDead.test(owner(seen));
    }

    private long state() {
        // SYNC object-users ↔ UserList.announce: this before the entries; otherwise a remover could miss one.
        return state.getLongVolatile();
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
