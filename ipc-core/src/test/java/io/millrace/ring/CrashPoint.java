package io.millrace.ring;

import io.millrace.memory.Region;
import java.util.function.BooleanSupplier;
import java.util.function.LongPredicate;

/** An instruction of the MPMC ring's code at which a participant stops itself, to be killed or to be kept waiting. */
enum CrashPoint {
    AFTER_CLAIM(Task.WRITE, Side.AFTER, word -> true, ControlWord.CLAIMED),
    AFTER_PADDING(Task.CLAIM_LONG, Side.AFTER, word -> ControlWord.state(word) != ControlWord.CLAIMED,
        ControlWord.PADDING),
    BEFORE_PUBLISH(Task.WRITE, Side.BEFORE, word -> true, ControlWord.PUBLISHED),
    AFTER_PUBLISH(Task.WRITE, Side.AFTER, word -> true, ControlWord.PUBLISHED),
    BETWEEN_THE_HINTS(Task.WRITE_ON, MpmcLayout.HEAD),
    BEFORE_RECLAIMED(Task.WRITE_ON, MpmcLayout.RECLAIMED),
    AFTER_TAKE(Task.TAKE, Side.AFTER, word -> true, ControlWord.TAKEN),
    BEFORE_DONE(Task.TAKE, Side.BEFORE, word -> true, ControlWord.DONE),
    AFTER_DONE(Task.TAKE, Side.AFTER, word -> true, ControlWord.DONE),
    BEFORE_RETURN_IS_ANNOUNCED(Task.GIVE_BACK, Side.AFTER, word -> true, ControlWord.PUBLISHED),
    BEFORE_REPAIR_IS_ANNOUNCED(Task.REPAIR, Side.AFTER, word -> true, ControlWord.PUBLISHED);

    /** What the participant does. */
    enum Task {
        /** Writes messages, and stops in the third. */
        WRITE,
        /** Writes messages until it comes there. */
        WRITE_ON,
        /** Claims space for the longest message, and aborts, until it comes to the end of a lap. */
        CLAIM_LONG,
        /** Takes and releases records, and stops in the third. */
        TAKE,
        /** Takes a record and gives it back. */
        GIVE_BACK,
        /** Mends what a dead consumer had in hand. */
        REPAIR
    }

    private enum Side { BEFORE, AFTER }

    private final Task task;
    private final Side side;
    private final LongPredicate from;
    private final int to;
    private final int hint;

    CrashPoint(Task task, Side side, LongPredicate from, int to) {
        this.task = task;
        this.side = side;
        this.from = from;
        this.to = to;
        this.hint = -1;
    }

    CrashPoint(Task task, int hint) {
        this.task = task;
        this.side = null;
        this.from = null;
        this.to = -1;
        this.hint = hint;
    }

    Task task() {
        return task;
    }

    /** Whether a death there leaves a word in the hands of the dead. */
    boolean leavesARepair() {
        return this == AFTER_CLAIM || this == BEFORE_PUBLISH || this == AFTER_TAKE || this == BEFORE_DONE;
    }

    /** Whether after a death there a record comes again. */
    boolean leavesAReturn() {
        return this == AFTER_TAKE || this == BEFORE_DONE || this == BEFORE_RETURN_IS_ANNOUNCED
            || this == BEFORE_REPAIR_IS_ANNOUNCED;
    }

    /** Whether the operation in which the participant stops has had its effect for others. */
    boolean isDone() {
        return this == AFTER_PUBLISH || this == AFTER_DONE;
    }

    /** The ring's own code, which stops at this point once it is armed, one time. */
    final class Records extends MpmcRecords {
        private final Runnable stop;
        private boolean armed;
        private boolean stopped;

        Records(Region body, Runnable stop) {
            super(body, MpmcGeometry.read(body), body);
            this.stop = stop;
        }

        void arm() {
            armed = true;
        }

        boolean hasStopped() {
            return stopped;
        }

        @Override
        boolean change(long position, long word, long changed) {
            return stopAt(word, changed, () -> super.change(position, word, changed));
        }

        @Override
        boolean handOn(long position, long word, long changed) {
            return stopAt(word, changed, () -> super.handOn(position, word, changed));
        }

        private boolean stopAt(long word, long changed, BooleanSupplier change) {
            boolean here = ControlWord.state(changed) == to && from.test(word);
            if (here && side == Side.BEFORE) {
                stop();
            }
            boolean done = change.getAsBoolean();
            if (here && done && side == Side.AFTER) {
                stop();
            }
            return done;
        }

        @Override
        void moveUpTo(int moved, long end) {
            if (moved == hint) {
                stop();
            }
            super.moveUpTo(moved, end);
            if (moved == MpmcLayout.HEAD && hint == MpmcLayout.RECLAIMED) {
                stop();
            }
        }

        private void stop() {
            if (armed && !stopped) {
                stopped = true;
                stop.run();
            }
        }
    }
}
