package io.millrace.queue;

import java.io.ObjectStreamException;
import java.io.Serializable;

/**
 * A queue that any number of processes and threads put to and get from.
 *
 * <p>Items come out in the order in which they were put; those of one producer are got in its order. Each item goes
 * to one consumer. {@code null} is an item like any other.
 *
 * <p>An item is encoded by the thread that puts it, before anything else happens: one that cannot be encoded throws
 * there and puts nothing, and what is changed after {@code put} has returned is not changed in the queue. When
 * {@code put} has returned, the item is there for everybody, and stays when its producer ends.
 *
 * <p><b>Who may call it:</b> any number of threads, virtual ones too.
 *
 * <p><b>Memory consistency effects:</b> what a thread did before it put an item happens before what follows in the
 * thread that gets it.
 *
 * <p><b>Timeouts:</b> zero or less tries once; {@code Duration.ofSeconds(Long.MAX_VALUE)} is for ever. Whoever waits
 * uses no processor; an interrupt ends the wait at once.
 *
 * <p><b>Limits:</b> of items, if {@link QueueBuilder#maxItems} set one; and of bytes, {@link QueueBuilder#maxBytes},
 * up to which a queue grows as long as its items are not taken.
 *
 * <p><b>Death:</b> of whichever participant, at whatever instant: the others go on within some tens of milliseconds
 * after the system has let go of it. Every item whose {@code put} has returned is delivered. An item whose {@code
 * put} had not is delivered whole or not at all. One that a consumer was about to get when it died comes again,
 * before newer ones, and {@link #receive} says so; see {@link QueueBuilder#deliveriesMax}.
 *
 * <p><b>Close:</b> ends the use of this handle: its threads that wait get {@link IllegalStateException}, and so does
 * every call from then on. An anonymous queue vanishes with its last user, a named one stays until {@link #remove}.
 *
 * @param <E> the items
 */
public final class SharedQueue<E> extends QueueBase<E> implements Serializable {
    private static final long serialVersionUID = 1;

    SharedQueue(QueueCore<E> core) {
        super(core);
    }

    /** A new, anonymous queue of any {@code Serializable} items, without a limit of items, in the default domain. */
    public static <E> SharedQueue<E> create() {
        return SharedQueue.<E>builder().create();
    }

    /** The same, with at most so many items in it. */
    public static <E> SharedQueue<E> create(int maxItems) {
        return SharedQueue.<E>builder().maxItems(maxItems).create();
    }

    /** Makes or opens a queue with options. */
    public static <E> QueueBuilder<E, SharedQueue<E>> builder() {
        return new QueueBuilder<>(QueueLayout.SHARED, SharedQueue::new);
    }

    /** In its place a handle travels, which opens the queue where it arrives. */
    private Object writeReplace() throws ObjectStreamException {
        return new QueueHandle(QueueSort.SHARED, core);
    }
}
