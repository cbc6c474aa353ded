package io.millrace.queue;

import io.millrace.codec.Codec;
import io.millrace.codec.EncodingException;
import io.millrace.codec.InPlaceCodec;
import io.millrace.codec.MessageBuffer;
import io.millrace.domain.OutgoingHandles;
import io.millrace.memory.Region;
import io.millrace.ring.ChainProducer;
import io.millrace.ring.MessageBatch;
import io.millrace.ring.RecordWriter;
import io.millrace.wait.Timeouts;
import io.millrace.wait.Waiter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.IntSupplier;

/** A writing end: encodes items, and waits for room. */
final class Putter<E> extends End {
    private final QueueCore<E> core;
    private final Codec<E> codec;
    private final InPlaceCodec<E> inPlace;
    private final ChainProducer producer;
    private final Waiter waiter;
    private final Region reference = Region.allocate(LargeMessages.REFERENCE_LENGTH);
    private final MessageBatch batch = new MessageBatch();
    private final RecordWriter encoder = this::encodeInPlace;
    private final IntSupplier writeInPlace = this::tryWriteInPlace;
    private final IntSupplier write = this::tryWrite;
    private final IntSupplier writeBatch = this::tryWriteBatch;

    private E item;
    private int type;
    private Region message;
    private int length;

    Putter(QueueCore<E> core) {
        this.core = core;
        this.codec = core.codec();
        this.inPlace = codec instanceof InPlaceCodec<E> able ? able : null;
        this.producer = core.chain().producer(core.owner());
        this.waiter = core.waiterForSpace();
    }

    /** Puts an item; false if there was no room in time. */
    boolean put(E given, long timeoutNanos) throws InterruptedException {
        if (given == null) {
            return put(MessageType.NULL, reference, 0, timeoutNanos);
        }
        if (inPlace != null) {
            int lengthMax = inPlace.lengthMax(given);
            if (lengthMax <= core.inlineLengthMax()) {
                return putInPlace(given, lengthMax, timeoutNanos);
            }
        }
        try (MessageBuffer buffer = MessageBuffer.borrow();
            OutgoingHandles handles = new OutgoingHandles(core.object())) {
            handles.encode(() -> codec.encode(given, buffer));
            return put(buffer, handles, timeoutNanos);
        }
    }

    private boolean put(MessageBuffer buffer, OutgoingHandles handles, long timeoutNanos) throws InterruptedException {
        int content = buffer.length();
        boolean put;
        if (content + handles.length() > core.inlineLengthMax()) {
            put = putLarge(buffer, handles, timeoutNanos);
        } else if (handles.isEmpty()) {
            put = put(MessageType.ITEM, buffer.message(), content, timeoutNanos);
        } else {
            handles.appendTo(buffer);
            put = put(MessageType.ITEM | MessageType.WITH_HANDLES, buffer.message(), buffer.length(), timeoutNanos);
        }
        if (put) {
            handles.sent();
        }
        return put;
    }

    /** Puts items in their order, those of a run of short ones together. */
    void putAll(Iterable<? extends E> items) throws InterruptedException {
        try {
            for (E each : items) {
                add(each);
            }
            flush();
        } finally {
            batch.clear();
        }
    }

    private void add(E each) throws InterruptedException {
        if (each == null) {
            batch.add(MessageType.NULL, reference, 0, 0);
        } else {
            try (MessageBuffer buffer = MessageBuffer.borrow();
                OutgoingHandles handles = new OutgoingHandles(core.object())) {
                handles.encode(() -> codec.encode(each, buffer));
                if (handles.isEmpty() && buffer.length() <= core.inlineLengthMax()) {
                    batch.add(MessageType.ITEM, buffer.message(), 0, buffer.length());
                } else {
                    flush();
                    put(buffer, handles, Timeouts.FOREVER);
                }
            }
        }
        if (batch.size() >= core.batchSizeMax() || batch.byteCount() >= core.inlineLengthMax()) {
            flush();
        }
    }

    private void flush() throws InterruptedException {
        while (!batch.isEmpty()) {
            await(waiter, writeBatch, core.onSlice(), Timeouts.FOREVER);
        }
    }

    private boolean putInPlace(E given, int lengthMax, long timeoutNanos) throws InterruptedException {
        item = given;
        length = lengthMax;
        try {
            return await(waiter, writeInPlace, core.onSlice(), timeoutNanos) > 0;
        } finally {
            item = null;
        }
    }

    private boolean put(int messageType, Region source, int messageLength, long timeoutNanos)
        throws InterruptedException {
        type = messageType;
        message = source;
        length = messageLength;
        try {
            return await(waiter, write, core.onSlice(), timeoutNanos) > 0;
        } finally {
            message = null;
        }
    }

    private boolean putLarge(MessageBuffer buffer, OutgoingHandles handles, long timeoutNanos)
        throws InterruptedException {
        boolean put = false;
        try {
            core.large().write(buffer.message(), buffer.length(), reference);
            try {
                put = handles.isEmpty() ? put(MessageType.LARGE, reference, reference.length(), timeoutNanos)
                    : putReferenceWith(handles, timeoutNanos);
            } finally {
                if (!put) {
                    core.large().delete(core.large().file(reference));
                }
            }
            return put;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean putReferenceWith(OutgoingHandles handles, long timeoutNanos) throws InterruptedException {
        try (MessageBuffer buffer = MessageBuffer.borrow()) {
            buffer.reserve(reference.length()).putBytes(0, reference, 0, reference.length());
            buffer.setLength(reference.length());
            handles.appendTo(buffer);
            if (buffer.length() > core.inlineLengthMax()) {
                throw new EncodingException("handles in a message: their tickets take " + handles.length()
                    + " bytes, expected at most " + (core.inlineLengthMax() - reference.length()));
            }
            return put(MessageType.LARGE | MessageType.WITH_HANDLES, buffer.message(), buffer.length(), timeoutNanos);
        }
    }

    private int tryWriteInPlace() {
        core.checkUsable();
        boolean done = false;
        try {
            boolean written = producer.tryWrite(MessageType.ITEM, length, encoder);
            done = true;
            if (written) {
                core.published();
            }
            return written ? 1 : 0;
        } catch (UncheckedIOException e) {
            throw core.failed(e);
        } finally {
            if (!done) {
                core.published(); // if the codec threw: others may wait for what lies behind the claim
            }
        }
    }

    private int encodeInPlace(Region payload) {
        return inPlace.encodeInPlace(item, payload);
    }

    private int tryWrite() {
        core.checkUsable();
        try {
            if (!producer.tryWrite(type, message, 0, length)) {
                return 0;
            }
        } catch (UncheckedIOException e) {
            throw core.failed(e);
        }
        core.published();
        return 1;
    }

    private int tryWriteBatch() {
        core.checkUsable();
        int before = batch.size();
        try {
            return producer.tryWriteAll(batch);
        } catch (UncheckedIOException e) {
            throw core.failed(e);
        } finally {
            if (batch.size() < before) {
                core.published(); // also if only the first of them were written
            }
        }
    }

    @Override
    void close() {
        producer.close();
    }
}
