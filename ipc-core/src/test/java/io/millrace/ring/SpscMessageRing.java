package io.millrace.ring;

import io.millrace.memory.Region;
import java.io.IOException;
import org.agrona.DirectBuffer;

/** The SPSC ring under the common contracts. */
final class SpscMessageRing implements MessageRing {
    private final RingSubject.Handles handles;
    private final SpscProducer producer;
    private final SpscConsumer consumer;
    private Claim claim;

    SpscMessageRing(RingSubject.Handles handles) {
        this.handles = handles;
        this.producer = handles.writing().producer(Owner.of(1));
        this.consumer = handles.reading().consumer(Owner.of(2));
    }

    @Override
    public boolean tryWrite(int type, byte[] source, int offset, int length) {
        return producer.tryWrite(type, source, offset, length);
    }

    @Override
    public boolean tryWrite(int type, Region source, int offset, int length) {
        return producer.tryWrite(type, source, offset, length);
    }

    @Override
    public boolean tryWrite(int type, DirectBuffer source, int offset, int length) {
        return producer.tryWrite(type, source, offset, length);
    }

    @Override
    public Region tryClaim(int type, int length) {
        claim = producer.tryClaim(type, length);
        return claim == null ? null : claim.payload();
    }

    @Override
    public void commit() {
        claim.commit();
    }

    @Override
    public void abort() {
        claim.abort();
    }

    @Override
    public int read(RecordHandler handler, int limit) {
        return consumer.read(handler, limit);
    }

    @Override
    public void closeReader() {
        consumer.close();
    }

    @Override
    public int messageLengthMax() {
        return handles.writing().messageLengthMax();
    }

    @Override
    public int emptyMessagesMax() {
        return handles.writing().capacity() / RecordHeader.LENGTH - 1;
    }

    @Override
    public int recordAlignment() {
        return RecordHeader.ALIGNMENT;
    }

    @Override
    public String dump() {
        return handles.writing().dump() + producer;
    }

    @Override
    public void close() throws IOException {
        handles.close();
    }
}
