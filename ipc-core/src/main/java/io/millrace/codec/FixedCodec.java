package io.millrace.codec;

import io.millrace.memory.Region;

/** A codec whose messages all have the same length. */
abstract class FixedCodec<E> implements InPlaceCodec<E> {
    private final String id;
    private final int length;

    FixedCodec(String id, int length) {
        this.id = id;
        this.length = length;
    }

    abstract void put(Region target, E item);

    abstract E get(Region message);

    @Override
    public final String id() {
        return id;
    }

    @Override
    public final int lengthMax(E item) {
        return length;
    }

    @Override
    public final int encodeInPlace(E item, Region target) {
        put(target, item);
        return length;
    }

    @Override
    public final E decode(Region message) {
        if (message.length() != length) {
            throw DecodingException.length(this, message.length(), Integer.toString(length));
        }
        return get(message);
    }

    @Override
    public final String toString() {
        return "Codec[" + id + "]";
    }
}
