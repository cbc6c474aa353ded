package io.millrace.queue;

import io.millrace.domain.IncomingHandles;
import io.millrace.ring.HeldRecord;
import io.millrace.ring.OwnerLostException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/**
 * An item of a {@link JoinableQueue} that somebody works on. If its participant dies before it is done, or this
 * object is forgotten, it comes back to the queue, flagged; when its queue is closed, too.
 *
 * <p><b>Who may call it:</b> one thread at a time, any thread of the process that took it.
 *
 * @param <E> the items
 */
public final class Task<E> {
    private final QueueCore<?> core;
    private final E item;
    private final int deliveries;
    private final HeldRecord record;
    private final Path file;
    private final IncomingHandles handles;
    /** Guarded by this: it is the user's, and its queue gives it back when that is closed. */
    private boolean over;

    Task(QueueCore<?> core, E item, int deliveries, HeldRecord record, Path file, IncomingHandles handles) {
        this.core = core;
        this.item = item;
        this.deliveries = deliveries;
        this.record = record;
        this.file = file;
        this.handles = handles;
    }

    /** What was put; may be null. */
    public E item() {
        return item;
    }

    /** How often it was taken before; see {@link Delivery#deliveries}. */
    public int deliveries() {
        return deliveries;
    }

    /**
     * The task is done.
     *
     * @throws IllegalStateException if it was done or given back before
     * @throws UncheckedIOException if the file of a long message cannot be removed; the task is not done
     */
    public synchronized void done() {
        checkNotOver();
        try {
            if (file != null) {
                core.large().delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        over = true;
        try {
            record.release();
            if (handles != null) {
                handles.messageIsOver();
            }
        } finally {
            core.taken();
        }
    }

    /**
     * The task goes back to the queue, for others or for this participant again.
     *
     * @throws IllegalStateException if it was done or given back before
     */
    public synchronized void giveBack() {
        checkNotOver();
        over = true;
        record.giveBack();
        core.published();
    }

    /** Gives the task back unless it is over. */
    synchronized void leave() {
        if (!over) {
            try {
                giveBack();
            } catch (OwnerLostException e) {
                return; // taken from this participant, which was thought dead: others have the task already
            }
        }
    }

    /** Before a file is touched: that of a task that came back is somebody else's. */
    private void checkNotOver() {
        if (over) {
            throw new IllegalStateException(this + " was done or given back before, or its queue was closed");
        }
    }

    @Override
    public String toString() {
        return "Task[" + item + (deliveries > 0 ? ", redelivered]" : "]");
    }
}
