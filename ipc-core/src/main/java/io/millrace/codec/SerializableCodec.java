package io.millrace.codec;

import io.millrace.memory.Region;
import java.io.IOException;
import java.io.InvalidClassException;
import java.io.NotSerializableException;
import java.io.ObjectInputFilter;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.util.Objects;

/**
 * Java serialization: any {@code Serializable} object, with everything it refers to; lambdas, records and exceptions
 * too. Classes are looked up by the context class loader of the thread that decodes.
 *
 * <h2>What is let in</h2>
 * Deserialization runs code of classes that the message names. So a filter is always on:
 * <ol>
 *   <li>What the filter of the whole JVM rejects ({@code jdk.serialFilter}), and an array that is longer than the
 *       message's bytes can account for, is rejected.
 *   <li>Then the filter given by {@link #withFilter} decides, if there is one and it is not undecided.
 *   <li>Else {@link #defaultFilter} decides.
 * </ol>
 * The filters are asked about classes when an object is encoded as well, so that what would be rejected is refused to
 * the one who gave it, before anything is sent. Filters stop accidents and known attacks; they do not make
 * deserialization safe with a peer one does not trust.
 *
 * <p><b>Cost:</b> allocates streams for each message, besides the objects; by far the slowest of the codecs that come
 * with the library.
 *
 * <p>Its identity is {@code java-serialization}, whatever the type of the items.
 *
 * @param <E> the items
 */
public final class SerializableCodec<E> implements Codec<E>, Serializable {
    private static final long serialVersionUID = 1;
    private static final String ID = "java-serialization";

    private final Class<E> type;
    @SuppressWarnings("serial") // one that is not serializable cannot be sent, and that is said then
    private final ObjectInputFilter filter;

    SerializableCodec(Class<E> type, ObjectInputFilter filter) {
        this.type = Objects.requireNonNull(type);
        this.filter = filter;
    }

    /**
     * The same codec under a filter of the user's. It overrules the default one wherever it is not undecided; it is
     * asked by many threads, when objects are encoded and when they are decoded.
     */
    public SerializableCodec<E> withFilter(ObjectInputFilter newFilter) {
        return new SerializableCodec<>(type, Objects.requireNonNull(newFilter));
    }

    /**
     * The filter that decides where no other does, to be combined with one's own. It lets in:
     * <ul>
     *   <li>of the JDK, what is in {@code java.io}, {@code java.lang}, {@code java.math}, {@code java.net},
     *       {@code java.nio}, {@code java.sql}, {@code java.text}, {@code java.time}, {@code java.util} and the
     *       packages below the last two and {@code java.nio}; lambdas, proxies and exceptions. Not {@code
     *       java.net.URL}, whose hash code asks the network: send {@code URI}s.
     *   <li>every other class, except those of libraries that are known to let a message run any code.
     *   <li>objects that are nested up to 1000 deep. Deeper ones, such as long linked lists of one's own making,
     *       usually cannot be encoded either, as serialization recurses; the JDK's collections are flat.
     * </ul>
     */
    public static ObjectInputFilter defaultFilter() {
        return DefaultFilter.INSTANCE;
    }

    @Override
    public String id() {
        return ID;
    }

    /**
     * Encodes an object.
     *
     * @throws EncodingException if an object cannot be serialised, with its class and, where it can be found, how one
     *     gets to it; also if a filter rejects a class, or the object's own code throws
     */
    @Override
    public void encode(E item, MessageBuffer buffer) {
        if (!type.isInstance(item)) {
            throw new EncodingException("class of an item: actual " + item.getClass().getName() + ", expected "
                + type.getName());
        }
        MessageFilter classes = new MessageFilter(filter, buffer.length());
        try (ObjectOutputStream out = new MessageObjectOutput(buffer.stream(), classes)) {
            out.writeObject(item);
        } catch (NotSerializableException e) {
            throw new EncodingException(UnserializablePath.describe(item, e.getMessage()), e);
        } catch (EncodingException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            throw new EncodingException(item.getClass().getName() + " cannot be serialised: " + e, e);
        } catch (StackOverflowError e) {
            throw new EncodingException(item.getClass().getName()
                + " cannot be serialised: its objects are nested too deeply for this thread's stack", e);
        }
    }

    /**
     * Decodes an object.
     *
     * @throws DecodingException if the bytes are no serialised object or more than one, a class is unknown or
     *     rejected, or the object is of another type than this codec's items
     */
    @Override
    public E decode(Region message) {
        MessageFilter classes = new MessageFilter(filter, message.length());
        RegionInput bytes = new RegionInput(message);
        Object item;
        try (MessageObjectInput in = new MessageObjectInput(bytes, classes)) {
            item = in.readObject();
        } catch (InvalidClassException e) {
            throw failure(message, classes.rejection() == null ? e.toString() : classes.rejection(), e);
        } catch (ClassNotFoundException e) {
            throw failure(message, "class " + e.getMessage() + " is unknown to the context class loader of this thread",
                e);
        } catch (IOException | RuntimeException | LinkageError | StackOverflowError e) {
            throw failure(message, e.toString(), e);
        }
        if (bytes.available() != 0) {
            throw DecodingException.length(this, message.length(),
                message.length() - bytes.available() + ", where the object ends");
        }
        if (!type.isInstance(item)) {
            throw new DecodingException("class of an item: actual "
                + (item == null ? "null" : item.getClass().getName()) + ", expected " + type.getName());
        }
        return type.cast(item);
    }

    private static DecodingException failure(Region message, String reason, Throwable cause) {
        return new DecodingException("message of codec " + ID + ", " + message.length() + " bytes: " + reason, cause);
    }

    @Override
    public String toString() {
        return "Codec[" + ID + ", " + type.getName() + "]";
    }
}
