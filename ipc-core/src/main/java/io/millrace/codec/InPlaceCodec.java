package io.millrace.codec;

import io.millrace.memory.Region;

/**
 * A codec that knows, before it encodes an item, how many bytes are enough. The carrier of messages claims so much
 * space in shared memory, lets the codec fill it, and publishes the part that was filled; if the codec throws it
 * aborts the claim, and nothing was sent.
 *
 * <p><b>Be quick:</b> while a claim is open, consumers wait behind it. What can fail, and what takes time, belongs
 * into {@link #lengthMax}, which is called before the claim.
 *
 * @param <E> the items
 */
public interface InPlaceCodec<E> extends Codec<E> {
    /**
     * How many bytes are enough; the exact number is best, because what is claimed and not used is padding.
     *
     * @param item not null
     * @return 0 or more
     * @throws EncodingException if this item cannot be encoded
     */
    int lengthMax(E item);

    /**
     * Encodes an item in place.
     *
     * @param item not null
     * @param target exactly as long as {@link #lengthMax} said of this item, good during the call only, with
     *     arbitrary contents
     * @return how many bytes the message has, from the first on: 0 to the length of the target
     * @throws EncodingException if this item cannot be encoded
     */
    int encodeInPlace(E item, Region target);

    @Override
    default void encode(E item, MessageBuffer buffer) {
        buffer.setLength(encodeInPlace(item, buffer.reserve(lengthMax(item))));
    }
}
