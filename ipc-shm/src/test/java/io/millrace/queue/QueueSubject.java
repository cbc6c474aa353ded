package io.millrace.queue;

import io.millrace.codec.Codec;
import java.nio.file.Path;
import java.util.function.Consumer;

/** What sort of queue is under test, and whether it is used by one handle, or by one for each direction. */
enum QueueSubject {
    SHARED_ONE_HANDLE(false, false),
    SHARED_TWO_HANDLES(false, true),
    JOINABLE_ONE_HANDLE(true, false),
    JOINABLE_TWO_HANDLES(true, true);

    private final boolean joinable;
    private final boolean twoHandles;

    QueueSubject(boolean joinable, boolean twoHandles) {
        this.joinable = joinable;
        this.twoHandles = twoHandles;
    }

    boolean isJoinable() {
        return joinable;
    }

    boolean hasTwoHandles() {
        return twoHandles;
    }

    /** A builder of this sort of queue. */
    <E> QueueBuilder<E, ? extends QueueBase<E>> builder(Path domain, Codec<E> codec) {
        return joinable ? JoinableQueue.<E>builder().domain(domain).codec(codec)
            : SharedQueue.<E>builder().domain(domain).codec(codec);
    }

    /** A new, anonymous queue. */
    <E> Ends<E> open(Path domain, Codec<E> codec, Consumer<QueueBuilder<E, ?>> options) {
        QueueBuilder<E, ? extends QueueBase<E>> builder = builder(domain, codec);
        options.accept(builder);
        QueueBase<E> in = builder.create();
        return new Ends<>(in, twoHandles ? builder(domain, codec).name(in.name()).open() : in);
    }

    /** Where items are put and where they are got; the same where there is one handle. */
    record Ends<E>(QueueBase<E> in, QueueBase<E> out) implements AutoCloseable {
        /** Gets an item, and is done with it. */
        E get() throws InterruptedException {
            E item = out.get();
            done();
            return item;
        }

        /** Is done with the item that was got last. */
        void done() {
            if (out instanceof JoinableQueue<E> tasks) {
                tasks.taskDone();
            }
        }

        @Override
        public void close() {
            in.close();
            out.close();
        }
    }
}
