package io.millrace.codec;

import io.millrace.memory.ChronicleView;
import io.millrace.memory.QuietChronicle;
import io.millrace.memory.Region;
import java.util.Objects;
import java.util.function.Supplier;
import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.bytes.BytesMarshallable;

/**
 * Objects that write and read themselves by chronicle-bytes, of a length that nobody knows beforehand: written to the
 * heap and copied, read in place.
 */
class MarshallableCodec<E extends BytesMarshallable> implements Codec<E> {
    private static final Pool<ChronicleView> VIEWS = new Pool<>();
    private static final Pool<Bytes<byte[]>> HEAP = new Pool<>();

    private final String id;
    private final Class<E> type;
    private final Supplier<? extends E> maker;

    MarshallableCodec(Class<E> type, Supplier<? extends E> maker) {
        QuietChronicle.load();
        this.id = CodecId.check("bytes-marshallable:" + type.getName());
        this.type = type;
        this.maker = Objects.requireNonNull(maker);
    }

    @Override
    public final String id() {
        return id;
    }

    @Override
    public void encode(E item, MessageBuffer buffer) {
        Bytes<byte[]> heap = HEAP.take();
        if (heap == null) {
            heap = Bytes.allocateElasticOnHeap();
            heap.singleThreadedCheckDisabled(true);
        }
        heap.clear();
        write(item, heap);
        int length = (int) heap.writePosition();
        buffer.reserve(length).putBytes(0, heap.underlyingObject(), 0, length);
        buffer.setLength(length);
        if (heap.underlyingObject().length <= MessageBuffer.KEPT_LENGTH_MAX) {
            HEAP.giveBack(heap);
        }
    }

    @Override
    public final E decode(Region message) {
        return decodeInto(maker.get(), message);
    }

    @Override
    public final E decodeInto(E target, Region message) {
        ChronicleView view = takeView();
        try (view) {
            target.readMarshallable(view.read(message));
            if (view.position() != message.length()) {
                throw DecodingException.length(this, message.length(), view.position() + " of which were read");
            }
        } catch (DecodingException e) {
            throw e;
        } catch (RuntimeException | StackOverflowError e) {
            throw new DecodingException("message of codec " + id + ": " + type.getName() + " cannot read its "
                + message.length() + " bytes: " + e.getMessage(), e);
        }
        giveBack(view);
        return target;
    }

    /** Writes an item in place, and says how many bytes that were. */
    final int write(E item, Region target) {
        ChronicleView view = takeView();
        int length;
        try (view) {
            write(item, view.write(target));
            length = view.position();
        }
        giveBack(view);
        return length;
    }

    private void write(E item, Bytes<?> bytes) {
        try {
            item.writeMarshallable(bytes);
        } catch (RuntimeException | StackOverflowError e) {
            throw new EncodingException(item.getClass().getName() + " cannot write itself: " + e.getMessage(), e);
        }
    }

    // One that was in use when something was thrown is not used again: nobody knows what the item did to it.

    private static ChronicleView takeView() {
        ChronicleView view = VIEWS.take();
        return view == null ? new ChronicleView() : view;
    }

    private static void giveBack(ChronicleView view) {
        if (view.isUsable()) {
            VIEWS.giveBack(view);
        }
    }

    @Override
    public final String toString() {
        return "Codec[" + id + "]";
    }
}
