package io.millrace.queue;

import io.millrace.ring.HeldRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/**
 * An item of a {@link JoinableQueue} that somebody works on. If its participant dies before it is done, or this object
 * is forgotten, it comes back to the queue, flagged.
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

    Task(QueueCore<?> core, E item, int deliveries, HeldRecord record, Path file) {
        this.core = core;
        this.item = item;
        this.deliveries = deliveries;
        this.record = record;
        this.file = file;
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
     */
    public void done() {
        try {
            if (file != null) {
                core.large().delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        record.release();
        core.taken();
    }

    /**
     * The task goes back to the queue, for others or for this participant again.
     *
     * @throws IllegalStateException if it was done or given back before
     */
    public void giveBack() {
        record.giveBack();
        core.published();
    }

    @Override
    public String toString() {
        return "Task[" + item + (deliveries > 0 ? ", redelivered]" : "]");
    }
}
