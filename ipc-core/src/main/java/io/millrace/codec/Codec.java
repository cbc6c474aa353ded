package io.millrace.codec;

import io.millrace.memory.Region;

/**
 * Turns items into messages and messages into items.
 *
 * <p>Null is never encoded or decoded: whoever carries messages says it by the message's type. An encoded item is 0
 * or more bytes; its length travels with the message, so a codec need not store it.
 *
 * <p>A codec that can tell the length beforehand, or a bound on it, should be an {@link InPlaceCodec}: its items are
 * written straight into shared memory. All others are written to a {@link MessageBuffer} first and copied from there.
 *
 * <p><b>Who may call it:</b> any number of threads at once, so a codec has no state that a call changes. It is called
 * on the thread that gives or takes the item, and has ended when the call returns: what the caller left in a
 * {@code ThreadLocal} is there during the call, also in {@code writeReplace} and {@code readResolve} of an item. One
 * call may contain another, of the same codec or of another one, where an item's own code uses a queue.
 *
 * <p><b>Memory consistency effects:</b> none; regions are accessed plainly, and whoever carries the message orders
 * that.
 *
 * <p><b>Death:</b> one that dies while it encodes to a buffer, or before the message is published, has sent nothing.
 *
 * <p><b>Errors:</b> an item that cannot be encoded is an {@link EncodingException} in the thread that gave it, before
 * anything is sent. A message that cannot be decoded is a {@link DecodingException} in the thread that takes it.
 *
 * @param <E> the items
 */
public interface Codec<E> {
    /**
     * The identity that a segment records, so that nobody opens it with another codec: two codecs have the same if,
     * and only if, each reads what the other writes. 1 to {@link CodecId#LENGTH_MAX} characters of printable ASCII
     * without spaces; always the same.
     */
    String id();

    /**
     * Encodes an item.
     *
     * @param item not null
     * @param buffer empty; what is in it afterwards is the message. If this throws, what is in it does not matter
     * @throws EncodingException if this item cannot be encoded
     */
    void encode(E item, MessageBuffer buffer);

    /**
     * Decodes a message.
     *
     * @param message the message, exactly as long as it is; in shared memory, so good during the call only, and
     *     what is read twice may differ
     * @return the item, not null
     * @throws DecodingException if these bytes are no item
     */
    E decode(Region message);

    /**
     * Decodes a message, into an object that is there already if this codec can do that.
     *
     * @param target filled, or left alone; if this throws it may be half filled
     * @param message as for {@link #decode}
     * @return {@code target}, or a new item if this codec's items cannot be filled
     * @throws DecodingException if these bytes are no item
     */
    default E decodeInto(E target, Region message) {
        return decode(message);
    }
}
