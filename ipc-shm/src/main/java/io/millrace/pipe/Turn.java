package io.millrace.pipe;

import io.millrace.memory.LongWord;
import io.millrace.memory.Region;
import io.millrace.ring.Owner;
import io.millrace.wait.RemoteFence;

/**
 * The turn to receive in a direction, as the threads of one handle take it. Any number of threads, handles and
 * processes may receive from one end; one at a time does, by a word of the direction:
 *
 * <pre>
 *   from                          to                    who                                   by
 *   free, of any handle           receiving, of mine    whoever wants to receive              CAS
 *   amidst, of my handle          receiving, of mine    a thread of that handle               CAS
 *   any, of a handle of the dead  receiving, of mine    whoever wants to receive              CAS
 *   receiving, of mine            free, of mine         the thread, when it is through        release store
 *   receiving, of mine            amidst, of mine       the same, if it has the beginning     release store
 *                                                       of a message only
 *   receiving, of mine            kept, of mine         the same, instead of free, if nobody  release store
 *                                                       else has wanted a turn for long
 *   kept, of any handle           wanted, of the same   whoever else wants to receive         CAS
 *   wanted, of any handle         receiving, of mine    whoever wants to receive, behind a    CAS
 *                                                       remote fence, if the keeper is out
 * </pre>
 *
 * As long as the turn is kept, its keeper, one thread, says in a second word that he is receiving or amidst, and looks
 * then whether the turn is still his: two plain accesses in place of a CAS. docs/protocols/pipes.md says why nobody
 * else can be inside then.
 */
final class Turn {
    static final int FREE = 0;
    static final int RECEIVING = 1;
    static final int AMIDST = 2;
    static final int KEPT = 3;
    static final int WANTED = 4;
    static final int STATE_MASK = 7;
    private static final int OWNER_SHIFT = 3;
    private static final int OWNER_MASK = (1 << 26) - 1;
    private static final int HANDLE_SHIFT = 29;
    private static final long SHARED = 1;

    private final LongWord word;
    private final LongWord keeping;
    private final LongWord shared;
    private final Owner owner;
    private final RemoteFence fence;
    private final int keepAfter;
    /** The word without the state. */
    private final long mine;

    /** Who keeps the turn, and what it has said last that it is doing. Written by that thread alone. */
    private Thread keeper;
    private int doing;
    /** Who had the last turn of this handle, and whether it is on. Of use to that thread only. */
    private Thread last;
    private boolean inside;
    /** What the word said before the turn. */
    private long before;
    private int undisturbed;
    /** Whether this process was asked to register for remote fences, and is reached by them. */
    private boolean asked;
    private boolean reached;
    /** Whether there was a remote fence since the turn was wanted, which it is once at most. */
    private volatile boolean fenced;

    /**
     * The turn in a direction as a new handle takes it.
     *
     * @param handle tells the handles of an owner apart
     * @param keepAfter how many turns one thread has in a row before it keeps the turn
     */
    Turn(Words words, Owner owner, long handle, RemoteFence fence, int keepAfter) {
        this.word = words.turn();
        this.keeping = words.keeping();
        this.shared = words.shared();
        this.owner = owner;
        this.mine = handle << HANDLE_SHIFT | (long) owner.id() << OWNER_SHIFT;
        this.fence = fence;
        this.keepAfter = keepAfter;
    }

    /** The words of a direction by which turns are taken. */
    record Words(LongWord turn, LongWord keeping, LongWord shared) { }

    /**
     * Takes the turn, if it can be had.
     *
     * @throws IllegalStateException if the calling thread has it
     */
    boolean tryTake() {
        return isByKeeping() && tryTakeKept() || tryTakeShared();
    }

    /** The same for who has kept the turn; false if others want it now: then it is as anybody else. */
    boolean tryTakeKept() {
        int saidBefore = doing;
        if (saidBefore == RECEIVING) {
            throw nested();
        }
        say(RECEIVING);
        return isKept() || giveUp(saidBefore);
    }

    /** Says what the keeper is doing, and keeps the compiler from looking at the other word before that. */
    private void say(int what) {
        doing = what;
        // SYNC pipe-keeper ↔ Turn.isKeeperOut: that it is inside before it looks whether it may be, to the compiler,
        // and to the processor by the fence of whoever wants the turn; otherwise both could be inside. What
        // was read before it is out again; otherwise it could be read twice.
        keeping.putLongRelease(mine | what);
        Region.acquireFence();
    }

    /** Whether nobody else has wanted the turn since the calling thread has begun to keep it. */
    private boolean isKept() {
        // SYNC pipe-keeper ↔ Turn.wanted: behind the store to the other word; otherwise a wish could be missed.
        return word.getLongAcquire() == (mine | KEPT);
    }

    /** The keeper is out for ever, and its handle needs no fence to know that. */
    private boolean giveUp(int saidBefore) {
        say(saidBefore);
        keeper = null;
        fenced = true;
        return false;
    }

    private boolean tryTakeShared() {
        if (undisturbed >= keepAfter - 1 && !asked) {
            ask(); // before it has the turn: that takes its time, and may fail
        }
        // SYNC pipe-turn ↔ Turn.endShared: of all who want the turn one gets it; otherwise two would read one lane.
        if (word.compareAndSetLong(mine | FREE, mine | RECEIVING)) {
            undisturbed = last == Thread.currentThread() ? undisturbed + 1 : 0;
            take(mine | FREE);
            return true;
        }
        return tryTakeLeft();
    }

    private void ask() {
        asked = true;
        reached = fence.register();
    }

    /** Apart, so that the usual case stays small. */
    private boolean tryTakeLeft() {
        long seen = wanted();
        // SYNC pipe-turn ↔ Turn.endShared: of all who want the turn one gets it; otherwise two would read one lane.
        if (!mayTake(seen) || !word.compareAndSetLong(seen, mine | RECEIVING)) {
            if (isInside()) {
                throw nested();
            }
            return false;
        }
        undisturbed = 0;
        take(seen);
        return true;
    }

    /** What the word says; if the turn was kept, it is wanted now. */
    private long wanted() {
        while (true) {
            // SYNC pipe-turn ↔ Turn.endShared: what the last one read before what this one reads; otherwise it could
            // read the same, or see half of what it did.
            long seen = word.getLongVolatile();
            if (state(seen) != KEPT) {
                return seen;
            }
            // SYNC pipe-keeper ↔ Turn.mayBeKept: before the turn can be free again; otherwise it could be kept twice.
            shared.putLongRelease(SHARED);
            // SYNC pipe-keeper ↔ Turn.isKept: the wish before the fence; otherwise the keeper could miss it.
            word.compareAndSetLong(seen, seen - KEPT + WANTED);
        }
    }

    private boolean mayTake(long seen) {
        return switch (state(seen)) {
            case FREE -> true;
            case AMIDST -> isMine(seen) || isDead(seen);
            case RECEIVING -> isDead(seen);
            case WANTED -> isKeeperOut(seen) || isDead(seen);
            default -> throw new CorruptMessageException("state of the turn to receive", state(seen), "0 to " + WANTED);
        };
    }

    /** Whether the keeper of a turn that is wanted is not receiving, and will not be before it has taken a turn. */
    private boolean isKeeperOut(long seen) {
        if (!fenced) {
            fenced = fence.issue();
            if (!fenced) {
                return false; // the keeper will see that it is wanted
            }
        }
        // SYNC pipe-keeper ↔ Turn.say: the wish and the fence before this look, and what the keeper read
        // before what this one reads; otherwise both could be inside, or one message be read twice.
        int said = state(keeping.getLongAcquire());
        if (said > AMIDST) {
            throw new CorruptMessageException("what the keeper of the turn says", said, "0 to " + AMIDST);
        }
        return said == FREE || said == AMIDST && isMine(seen);
    }

    private void take(long seen) {
        Thread current = Thread.currentThread();
        if (last != current) { // storing a reference costs more than looking
            last = current;
        }
        if (keeper == current) {
            keeper = null;
        }
        inside = true;
        before = seen;
    }

    /** Whether another handle has had a turn between the last one of this handle and this one. */
    boolean othersHaveRead() {
        return !isMine(before);
    }

    /** Whether the calling thread keeps the turn, so that {@link #tryTakeKept} and {@link #endKept} are for it. */
    boolean isByKeeping() {
        return keeper == Thread.currentThread();
    }

    /**
     * Ends a turn of the calling thread. Behind it this handle's fields may be another thread's.
     *
     * @param amidst whether it has the beginning of a message only
     * @return whether others must be woken, because nobody else could have had a turn for a time
     */
    boolean end(boolean amidst) {
        if (isByKeeping()) {
            endKept(amidst);
            return false;
        }
        return endShared(amidst);
    }

    /**
     * The same for who has taken a turn that it keeps. Wakes nobody: who has wanted it just now, which happens once in
     * a direction's life, finds it free at the end of its slice, if not before.
     */
    void endKept(boolean amidst) {
        say(amidst ? AMIDST : FREE);
    }

    private boolean endShared(boolean amidst) {
        inside = false;
        boolean wasFree = state(before) == FREE;
        long next = mine | (amidst ? AMIDST : mayBeKept() ? KEPT : FREE);
        // SYNC pipe-turn ↔ Turn.tryTakeLeft: what was read before the word; otherwise the next one could read it
        // again.
        word.putLongRelease(next);
        return !wasFree && !amidst;
    }

    /**
     * Gives a turn back in which nothing was done. If it is another's by then, because this participant has left the
     * domain meanwhile and counts as dead, it stays that.
     */
    void giveBack(boolean amidst) {
        if (isByKeeping()) {
            endKept(amidst);
            return;
        }
        inside = false;
        undisturbed = 0;
        // SYNC pipe-turn ↔ Turn.tryTakeLeft: only one's own turn; otherwise two could have it.
        word.compareAndSetLong(mine | RECEIVING, mine | (amidst ? AMIDST : FREE));
    }

    /** Whether the turn is to be kept instead of given back: for long nobody else has wanted it. */
    private boolean mayBeKept() {
        if (undisturbed < keepAfter || !reached) {
            return false;
        }
        undisturbed = 0;
        // SYNC pipe-keeper ↔ Turn.wanted: the whole of the last wish; otherwise a turn could be kept twice, and two
        // keepers would write one word.
        if (shared.getLongVolatile() == SHARED) {
            return false;
        }
        before = mine | FREE;
        doing = FREE;
        keeper = Thread.currentThread();
        return true;
    }

    /**
     * Whether the last turn was the calling thread's, and nobody else has had one since, or wants it. Of use for looks
     * without a turn; what it may miss is what others have just changed.
     */
    boolean isLeftToMe() {
        // SYNC pipe-turn ↔ Turn.endShared: the last turn before the look; otherwise it could look at the place before.
        long seen = word.getLongAcquire();
        return seen == (mine | FREE) && last == Thread.currentThread();
    }

    boolean isInside() {
        Thread current = Thread.currentThread();
        return keeper == current ? doing == RECEIVING : inside && last == current;
    }

    /** What becomes of the turn when a handle is closed. */
    enum Last {
        /** A thread of this handle has it. */
        NOT_YET,
        /** It is the calling thread's now. */
        TAKEN,
        /** It is another handle's. */
        OF_OTHERS
    }

    /** Takes the turn if the last one was of this handle, whoever is waiting for it. */
    Last tryTakeLast() {
        if (isByKeeping()) {
            giveUp(doing);
        }
        // SYNC pipe-turn ↔ Turn.endShared: the last turn of a thread before the lanes are closed; otherwise it would
        // read a closed one.
        if (!isMine(word.getLongVolatile())) {
            return Last.OF_OTHERS;
        }
        long seen = wanted();
        if (!isMine(seen)) {
            return Last.OF_OTHERS;
        }
        // SYNC pipe-turn ↔ Turn.endShared: nobody else has it then; otherwise two would use one lane.
        if (!mayTake(seen) || !word.compareAndSetLong(seen, mine | RECEIVING)) {
            return Last.NOT_YET;
        }
        undisturbed = 0; // who closes does not keep
        take(seen);
        return Last.TAKEN;
    }

    private static IllegalStateException nested() {
        return new IllegalStateException("a call that receives from within a handler or a codec of one");
    }

    private boolean isMine(long seen) {
        return (seen & ~STATE_MASK) == mine;
    }

    private boolean isDead(long seen) {
        int id = ownerOf(seen);
        return id != owner.id() && owner.isDead().test(id);
    }

    private static int state(long seen) {
        return (int) seen & STATE_MASK;
    }

    private static int ownerOf(long seen) {
        return (int) (seen >>> OWNER_SHIFT) & OWNER_MASK;
    }

    /** What this handle knows, of use to the thread whose turn it is. */
    @Override
    public String toString() {
        return "Turn[owner " + owner.id() + (keeper == null ? "" : ", keeps it, " + doing) + (inside ? ", inside" : "")
            + ", before " + state(before) + " of " + ownerOf(before) + ", undisturbed " + undisturbed
            + (fenced ? ", fenced]" : "]");
    }

    /** The owner id of whoever is receiving by these two words, or amidst a message; 0: nobody. */
    static int whose(long turn, long keeping) {
        long seen = state(turn) == KEPT || state(turn) == WANTED ? keeping : turn;
        return state(seen) == FREE ? 0 : ownerOf(seen);
    }
}
