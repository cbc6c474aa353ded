package io.millrace.queue;

import io.millrace.codec.Codec;
import io.millrace.codec.CodecId;
import io.millrace.domain.Domain;
import io.millrace.domain.SharedObject;
import io.millrace.domain.Sleepers;
import io.millrace.format.CorruptSegmentException;
import io.millrace.format.SegmentKind;
import io.millrace.memory.Region;
import io.millrace.ring.ChainOptions;
import io.millrace.ring.Owner;
import io.millrace.ring.RingChain;
import io.millrace.wait.Signal;
import io.millrace.wait.Waiter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.function.IntFunction;

/** What all queues have in common: an object of the domain, a chain of rings in it, and the ends of this handle. */
final class QueueCore<E> {
    /** So many messages are published together at most; a control word counts no more. */
    private static final int BATCH_SIZE_MAX = 255;

    private final SharedObject object;
    private final Codec<E> codec;
    private final RingChain chain;
    private final LargeMessages large;
    private final Signal data;
    private final Signal space;
    private final int inlineLengthMax;
    private final Runnable onSlice = this::lookForTheDead;
    private final Ends<Putter<E>> putters = new Ends<>(() -> new Putter<>(this));
    private final Ends<Getter<E>> getters = new Ends<>(() -> new Getter<>(this));
    private volatile boolean closed;

    private QueueCore(SharedObject object, Codec<E> codec, RingChain chain) {
        this.object = object;
        this.codec = codec;
        this.chain = chain;
        this.large = new LargeMessages(object);
        this.data = new Signal(chain.dataSignalWord());
        this.space = new Signal(chain.spaceSignalWord());
        this.inlineLengthMax = chain.messageLengthMax();
        object.onDeath(onSlice);
    }

    static <E> QueueCore<E> create(Domain domain, String name, SegmentKind kind, Codec<E> codec, ChainOptions options)
        throws IOException {
        SharedObject object = SharedObject.create(domain, name, kind, QueueLayout.length(), (body, parts) -> {
            CodecId.write(codec, body, QueueLayout.CODEC);
            RingChain.create(anchorIn(body), files(parts), domain.owner(), options);
        });
        try {
            return withChain(object, codec);
        } catch (IOException | RuntimeException | Error e) {
            object.close();
            throw e;
        }
    }

    static <E> QueueCore<E> open(Domain domain, String name, SegmentKind kind, Codec<E> codec) throws IOException {
        return over(SharedObject.open(domain, name, kind), codec);
    }

    /** The queue that the object is, or the object is closed. */
    static <E> QueueCore<E> over(SharedObject object, Codec<E> codec) throws IOException {
        try {
            Region body = object.body();
            if (body.length() != QueueLayout.length()) {
                throw new CorruptSegmentException(object.path(),
                    "length of a queue: actual " + body.length() + ", expected " + QueueLayout.length());
            }
            CodecId.check(object.path(), body, QueueLayout.CODEC, codec);
            return withChain(object, codec);
        } catch (IOException | RuntimeException | Error e) {
            object.close();
            throw e;
        }
    }

    private static <E> QueueCore<E> withChain(SharedObject object, Codec<E> codec) throws IOException {
        IntFunction<Path> files = files(object.parts());
        return new QueueCore<>(object, codec, RingChain.open(anchorIn(object.body()), object.path(), id -> {
            object.checkNotRemoved(); // so that a ring that is missing is told as what it is
            return files.apply(id);
        }));
    }

    static Region anchorIn(Region body) {
        return body.slice(QueueLayout.CHAIN, RingChain.anchorLength());
    }

    static IntFunction<Path> files(SharedObject.Parts parts) {
        return id -> parts.file(QueueLayout.RING_PART + id);
    }

    SharedObject object() {
        return object;
    }

    Codec<E> codec() {
        return codec;
    }

    RingChain chain() {
        return chain;
    }

    Owner owner() {
        return object.owner();
    }

    LargeMessages large() {
        return large;
    }

    int inlineLengthMax() {
        return inlineLengthMax;
    }

    int batchSizeMax() {
        return BATCH_SIZE_MAX;
    }

    Signal data() {
        return data;
    }

    Waiter waiterForData() {
        return Waiter.blocking(data, Sleepers.INSTANCE);
    }

    Waiter waiterForSpace() {
        return Waiter.blocking(space, Sleepers.INSTANCE);
    }

    Runnable onSlice() {
        return onSlice;
    }

    /** Tells those who wait for items. */
    void published() {
        data.raise();
    }

    /** Tells those who wait for room, or for the end of all tasks. */
    void taken() {
        space.raise();
    }

    Putter<E> enterPutter() {
        return enter(putters);
    }

    Getter<E> enterGetter() {
        return enter(getters);
    }

    private <T extends End> T enter(Ends<T> ends) {
        try {
            return ends.enter();
        } catch (UncheckedIOException e) {
            throw failed(e);
        }
    }

    void checkOpen() {
        if (closed) {
            throw new IllegalStateException("the queue is closed");
        }
    }

    /** What each attempt begins with: who puts into a queue that is removed would believe that somebody gets it. */
    void checkUsable() {
        checkOpen();
        object.checkNotRemoved();
    }

    /** A file of the queue could not be used: tells if that is because somebody removed the queue. */
    RuntimeException failed(RuntimeException e) {
        checkUsable();
        return e;
    }

    /** What a participant that waits does now and then: nobody waits for the dead. */
    private void lookForTheDead() {
        checkUsable();
        try {
            if (chain.repairToHead(owner()) > 0) {
                published();
                taken();
            }
        } catch (UncheckedIOException e) {
            throw failed(e);
        }
    }

    /** Waits until no thread of this process is in the middle of anything. */
    void close(Runnable beforeLeaving) {
        synchronized (this) {
            if (closed) {
                return;
            }
            checkNotInside();
            closed = true;
        }
        published();
        taken();
        try {
            try {
                putters.close();
            } finally {
                getters.close();
            }
            beforeLeaving.run();
        } finally {
            object.close();
        }
    }

    void removeAndClose(Runnable beforeLeaving) {
        checkOpen();
        checkNotInside();
        try {
            object.remove();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        close(beforeLeaving);
    }

    /** A thread cannot wait for the end of what it is in the middle of. */
    private void checkNotInside() {
        if (putters.isEntered() || getters.isEntered()) {
            throw new IllegalStateException("close() or remove() of the queue within an operation on it, by a codec or"
                + " a handler; return from it first");
        }
    }

    boolean isClosed() {
        return closed;
    }
}
