package io.millrace.codec;

import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import net.openhft.chronicle.bytes.BytesMarshallable;

/**
 * The codecs that come with the library. All may be used by any number of threads.
 *
 * <table>
 *   <caption>Codecs</caption>
 *   <tr><th>codec</th><th>identity</th><th>encodes</th><th>decodes, and allocates</th></tr>
 *   <tr><td>{@link #bytes}</td><td>{@code bytes}</td><td>in place</td><td>the array</td></tr>
 *   <tr><td>{@link #utf8}</td><td>{@code utf-8}</td><td>in place</td><td>the text</td></tr>
 *   <tr><td>{@link #ofLong} and so on</td><td>{@code long} and so on</td><td>in place</td><td>the box</td></tr>
 *   <tr><td>{@link #marshallable(Class, Supplier, int)}</td><td>{@code bytes-marshallable:}class</td><td>in
 *       place</td><td>in place: the object, nothing by {@code decodeInto}</td></tr>
 *   <tr><td>{@link #marshallable(Class, Supplier)}</td><td>the same</td><td>by a buffer</td><td>the same</td></tr>
 *   <tr><td>{@link #serializable()}</td><td>{@code java-serialization}</td><td>by a buffer</td><td>objects and
 *       streams</td></tr>
 * </table>
 */
public final class Codecs {
    private Codecs() { }

    /** The bytes of an array, as they are. {@code decodeInto} fills an array of exactly the message's length. */
    public static InPlaceCodec<byte[]> bytes() {
        return BytesCodec.INSTANCE;
    }

    /**
     * Text as UTF-8. Half of a surrogate pair, which UTF-8 cannot say, is an {@link EncodingException}; whatever is
     * not well-formed is a {@link DecodingException}.
     */
    public static InPlaceCodec<String> utf8() {
        return Utf8Codec.INSTANCE;
    }

    /** One {@code boolean}. */
    public static InPlaceCodec<Boolean> ofBoolean() {
        return PrimitiveCodecs.BOOLEAN;
    }

    /** One {@code byte}. */
    public static InPlaceCodec<Byte> ofByte() {
        return PrimitiveCodecs.BYTE;
    }

    /** One {@code short}. */
    public static InPlaceCodec<Short> ofShort() {
        return PrimitiveCodecs.SHORT;
    }

    /** One {@code char}. */
    public static InPlaceCodec<Character> ofChar() {
        return PrimitiveCodecs.CHAR;
    }

    /** One {@code int}. */
    public static InPlaceCodec<Integer> ofInt() {
        return PrimitiveCodecs.INT;
    }

    /** One {@code long}. */
    public static InPlaceCodec<Long> ofLong() {
        return PrimitiveCodecs.LONG;
    }

    /** One {@code float}, with all its bits. */
    public static InPlaceCodec<Float> ofFloat() {
        return PrimitiveCodecs.FLOAT;
    }

    /** One {@code double}, with all its bits. */
    public static InPlaceCodec<Double> ofDouble() {
        return PrimitiveCodecs.DOUBLE;
    }

    /** The codec with that identity, if it is one of those above, of which there is one each. */
    public static Optional<Codec<?>> standard(String id) {
        return Stream.<Codec<?>>of(bytes(), utf8(), ofBoolean(), ofByte(), ofShort(), ofChar(), ofInt(), ofLong(),
            ofFloat(), ofDouble()).filter(codec -> codec.id().equals(id)).findFirst();
    }

    /**
     * Any {@code Serializable} object, under a filter; see {@link SerializableCodec}. What is taken out is of the
     * type that was put in: nobody checks it here.
     */
    @SuppressWarnings("unchecked") // as the comment says
    public static <E> SerializableCodec<E> serializable() {
        return new SerializableCodec<>((Class<E>) Object.class, null);
    }

    /** Any {@code Serializable} object of a type, which is checked on either side. */
    public static <E> SerializableCodec<E> serializable(Class<E> type) {
        return new SerializableCodec<>(type, null);
    }

    /**
     * Objects that write and read themselves by chronicle-bytes, in place both ways.
     *
     * <p>Their code works on shared memory, bounded to the message, while a claim is open: it should do nothing but
     * write its fields. It must read exactly what it wrote; a byte more or less is a {@link DecodingException}. A
     * hostile message can make it busy for long ({@code read8bit} believes a length that it reads), so this is for
     * peers one trusts.
     *
     * @param type the class, whose name is part of the codec's identity
     * @param maker makes an object to be filled
     * @param lengthMax how many bytes are enough for every object; one that needs more is an {@link
     *     EncodingException}
     * @throws IllegalArgumentException if the name of the class is too long for an identity, or has characters
     *     that are not ASCII
     */
    public static <E extends BytesMarshallable> InPlaceCodec<E> marshallable(Class<E> type,
        Supplier<? extends E> maker, int lengthMax) {
        return new BoundedMarshallableCodec<>(type, maker, lengthMax);
    }

    /**
     * The same for objects of any length: they are written to the heap first and copied, and read in place.
     *
     * @param type the class, whose name is part of the codec's identity
     * @param maker makes an object to be filled
     * @throws IllegalArgumentException if the name of the class is too long for an identity, or has characters
     *     that are not ASCII
     */
    public static <E extends BytesMarshallable> Codec<E> marshallable(Class<E> type, Supplier<? extends E> maker) {
        return new MarshallableCodec<>(type, maker);
    }
}
