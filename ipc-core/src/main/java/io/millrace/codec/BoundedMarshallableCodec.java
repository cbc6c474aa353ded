package io.millrace.codec;

import io.millrace.memory.Region;
import java.util.function.Supplier;
import net.openhft.chronicle.bytes.BytesMarshallable;

/** The same, where all messages are short enough for a bound that is known: written in place too. */
final class BoundedMarshallableCodec<E extends BytesMarshallable> extends MarshallableCodec<E>
    implements InPlaceCodec<E> {
    private final int lengthMax;

    BoundedMarshallableCodec(Class<E> type, Supplier<? extends E> maker, int lengthMax) {
        super(type, maker);
        if (lengthMax < 0) {
            throw new IllegalArgumentException("length of a message: actual " + lengthMax + ", expected 0 or more");
        }
        this.lengthMax = lengthMax;
    }

    @Override
    public int lengthMax(E item) {
        return lengthMax;
    }

    @Override
    public int encodeInPlace(E item, Region target) {
        return write(item, target);
    }

    @Override
    public void encode(E item, MessageBuffer buffer) {
        InPlaceCodec.super.encode(item, buffer);
    }
}
