package io.millrace.queue;

import io.millrace.codec.Codec;
import io.millrace.domain.IncomingHandles;
import io.millrace.format.Segment;
import io.millrace.format.SegmentFormatException;
import io.millrace.memory.Region;
import io.millrace.ring.ChainConsumer;
import io.millrace.ring.HeldRecord;
import io.millrace.ring.TakenRecord;
import io.millrace.wait.Waiter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.function.IntSupplier;

/** A reading end: waits for items, and decodes them. */
final class Getter<E> extends End {
    private final QueueCore<E> core;
    private final Codec<E> codec;
    private final ChainConsumer consumer;
    private final Waiter waiter;
    private final Consumer<TakenRecord> opener = this::open;
    private final IntSupplier take = this::tryTake;

    private E item;
    private int deliveries;
    private boolean keep;
    private boolean found;
    private HeldRecord held;
    private Path file;
    private IncomingHandles handles;

    Getter(QueueCore<E> core) {
        this.core = core;
        this.codec = core.codec();
        this.consumer = core.chain().consumer(core.owner());
        this.waiter = core.waiterForData();
    }

    /** Takes an item, which is over then; whether there was one in time. It is what {@link #item} tells. */
    boolean get(long timeoutNanos) throws InterruptedException {
        keep = false;
        return await(waiter, take, core.onSlice(), timeoutNanos) > 0;
    }

    /** Takes an item that is not over yet; null if there was none in time. */
    Task<E> take(long timeoutNanos) throws InterruptedException {
        keep = true;
        try {
            if (await(waiter, take, core.onSlice(), timeoutNanos) <= 0) {
                return null;
            }
            return new Task<>(core, item(), deliveries, held, file, handles);
        } finally {
            held = null; // what is not in a task by now is forgotten, and so comes back
            file = null;
            handles = null;
        }
    }

    /** The item last taken, once. */
    E item() {
        E taken = item;
        item = null;
        return taken;
    }

    /** Makes an item the one last taken. */
    void show(E taken) {
        item = taken;
    }

    int deliveries() {
        return deliveries;
    }

    private int tryTake() {
        core.checkUsable();
        do {
            if (!takeRecord()) {
                return 0;
            }
        } while (!found);
        return 1;
    }

    private boolean takeRecord() {
        boolean done = false;
        boolean taken = false;
        try {
            taken = consumer.tryTake(opener);
            done = true;
            return taken;
        } catch (UncheckedIOException e) {
            throw core.failed(e);
        } finally {
            if (handles != null && held == null) {
                handles.messageIsOver();
                handles = null;
            }
            if (taken || !done) {
                core.taken(); // also if it cannot be decoded: that makes room too, and a join may wait for it
            }
        }
    }

    /** Decodes a record. An item that cannot be decoded is over. */
    private void open(TakenRecord record) {
        deliveries = record.deliveries();
        file = null;
        found = true;
        Region content = record.payload();
        if ((record.type() & MessageType.WITH_HANDLES) != 0) {
            handles = new IncomingHandles();
            content = content.slice(0, IncomingHandles.contentLength(content));
        }
        switch (record.type() & ~MessageType.WITH_HANDLES) {
            case MessageType.ITEM -> item = decode(content);
            case MessageType.NULL -> item = null;
            case MessageType.LARGE -> found = openLarge(record, content);
            default -> throw new CorruptMessageException(record.type());
        }
        if (keep && found) {
            held = record.hold();
        }
    }

    private E decode(Region content) {
        return handles == null ? codec.decode(content) : handles.decode(() -> codec.decode(content));
    }

    /** Decodes a message in a file; false if that is not there any more, because it was delivered before. */
    private boolean openLarge(TakenRecord record, Region reference) {
        if (reference.length() != LargeMessages.REFERENCE_LENGTH) {
            throw new CorruptMessageException(reference.length(), LargeMessages.REFERENCE_LENGTH);
        }
        Path path = core.large().file(reference);
        try (Segment segment = openSegment(record, reference)) {
            if (segment == null) {
                return false;
            }
            boolean decoded = false;
            try {
                item = decode(segment.body());
                decoded = true;
            } finally {
                if (!keep || !decoded) {
                    core.large().delete(path);
                }
            }
            if (keep) {
                file = path;
            }
            return true;
        } catch (IOException e) {
            throw core.failed(new UncheckedIOException(e));
        }
    }

    /** The message's file. If only this process cannot open it just now, others are left the item. */
    private Segment openSegment(TakenRecord record, Region reference) throws IOException {
        boolean damaged = false;
        boolean done = false;
        try {
            Segment segment = core.large().open(reference);
            done = true;
            return segment;
        } catch (SegmentFormatException e) {
            damaged = true;
            throw e;
        } finally {
            if (damaged) {
                core.large().delete(core.large().file(reference));
            } else if (!done) {
                record.giveBack();
                core.published();
            }
        }
    }

    @Override
    void close() {
        consumer.close();
    }
}
