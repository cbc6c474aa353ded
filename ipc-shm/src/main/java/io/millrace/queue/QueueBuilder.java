package io.millrace.queue;

import io.millrace.codec.Codec;
import io.millrace.codec.Codecs;
import io.millrace.domain.Domain;
import io.millrace.format.Segment;
import io.millrace.format.SegmentKind;
import io.millrace.ring.ChainOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.function.Function;

/**
 * Options of a queue that is made or opened. Whoever opens gives the name, the codec and the domain; everything else
 * is as the creator chose.
 *
 * <p><b>Who may call it:</b> one thread at a time.
 *
 * @param <E> the items
 * @param <Q> the sort of queue
 */
public final class QueueBuilder<E, Q> {
    private final SegmentKind kind;
    private final Function<QueueCore<E>, Q> maker;
    private String name;
    private Path directory;
    private Codec<E> codec = Codecs.serializable();
    private ChainOptions options = ChainOptions.DEFAULT;

    QueueBuilder(SegmentKind kind, Function<QueueCore<E>, Q> maker) {
        this.kind = kind;
        this.maker = maker;
    }

    /** The name in the domain: 1 to 100 letters, digits, '-', '_' and '.'. Without one the queue is anonymous. */
    public QueueBuilder<E, Q> name(String text) {
        name = Objects.requireNonNull(text);
        return this;
    }

    /** The domain's directory; otherwise the default domain's. */
    public QueueBuilder<E, Q> domain(Path path) {
        directory = Objects.requireNonNull(path);
        return this;
    }

    /** How items become messages; otherwise any {@code Serializable} object may be put. */
    public QueueBuilder<E, Q> codec(Codec<E> itemCodec) {
        codec = Objects.requireNonNull(itemCodec);
        return this;
    }

    /**
     * At most so many items are in the queue; otherwise there is no such limit.
     *
     * @throws IllegalArgumentException unless it is 1 to 2^29 - 1
     */
    public QueueBuilder<E, Q> maxItems(int items) {
        if (items < 1) {
            throw new IllegalArgumentException(
                "limit of items: actual " + items + ", expected 1 to " + ChainOptions.ITEMS_MAX);
        }
        options = options.withItemsMax(items);
        return this;
    }

    /**
     * The queue grows to so many bytes at most; otherwise to 1 GiB. Messages of more than 256 KiB do not count.
     *
     * @throws IllegalArgumentException if it is less than 1 MiB
     */
    public QueueBuilder<E, Q> maxBytes(long bytes) {
        options = options.withBytesMax(bytes);
        return this;
    }

    /**
     * An item is dropped when so many participants took it and died over it: 1 to 3, otherwise 3. With 1 each item is
     * delivered at most once.
     *
     * @throws IllegalArgumentException unless it is 1 to 3
     */
    public QueueBuilder<E, Q> deliveriesMax(int deliveries) {
        options = options.withDeliveriesMax(deliveries);
        return this;
    }

    /**
     * Makes a new queue.
     *
     * @throws UncheckedIOException if it cannot be made: if there is something of that name, with
     *     {@link FileAlreadyExistsException} as the cause
     */
    public Q create() {
        try {
            return made();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Opens a queue that somebody made.
     *
     * @throws IllegalStateException if no name was given
     * @throws UncheckedIOException if it cannot be opened: if there is none, with {@link NoSuchFileException} as the
     *     cause; if it is something else, or damaged, with {@link io.millrace.format.SegmentFormatException}; if it
     *     has another codec, with {@link io.millrace.codec.WrongCodecException}
     */
    public Q open() {
        checkName();
        try {
            return opened();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Opens the queue, or makes it if there is none.
     *
     * @throws IllegalStateException if no name was given
     * @throws UncheckedIOException if neither can be done
     */
    public Q createOrOpen() {
        checkName();
        try {
            return Segment.openOrMake(this::opened, this::made);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Q made() throws IOException {
        return maker.apply(QueueCore.create(join(), name, kind, codec, options));
    }

    private Q opened() throws IOException {
        return maker.apply(QueueCore.open(join(), name, kind, codec));
    }

    private Domain join() throws IOException {
        return directory == null ? Domain.join() : Domain.join(directory);
    }

    private void checkName() {
        if (name == null) {
            throw new IllegalStateException("a queue is opened by its name, and none was given");
        }
    }
}
