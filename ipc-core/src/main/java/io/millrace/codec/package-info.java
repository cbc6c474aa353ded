/**
 * Items to bytes and back.
 *
 * <p>A {@link io.millrace.codec.Codec} turns an item into a message and a message into an item;
 * {@link io.millrace.codec.Codecs} has those that come with the library. A codec knows neither rings nor processes:
 * whoever carries messages calls it, on the thread of whoever gave or takes the item, and never with null.
 *
 * <p>What arrives is input. Whatever the bytes are, decoding ends in an item or in a
 * {@link io.millrace.codec.DecodingException}, reads nothing outside the message, and allocates no more than the
 * message's length accounts for. Two codecs run code of the items' classes on these bytes, Java serialization and
 * {@code BytesMarshallable}; for them this holds as far as that code keeps it, so they are for peers one trusts.
 */
package io.millrace.codec;
