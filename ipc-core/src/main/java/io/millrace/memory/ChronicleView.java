package io.millrace.memory;

import java.lang.ref.Reference;
import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.bytes.BytesStore;
import net.openhft.chronicle.bytes.PointerBytesStore;

/**
 * A region as chronicle-bytes sees it: the span of native memory behind it, and nothing around it. One view serves
 * one region after the other; making a view loads chronicle-bytes, opening it allocates nothing.
 *
 * <p>The {@code Bytes} begin at offset 0 with the region's first byte and end with its last; positions, limits and
 * offsets outside it make chronicle-bytes throw, unless somebody switched its checks off. After {@link #close} the
 * same {@code Bytes} are empty, so code that keeps them reaches no memory.
 *
 * <p>Where no address can be had, because no native library can be loaded, the bytes are copied to the heap and back;
 * that allocates.
 *
 * <p><b>Who may call it:</b> one thread at a time; the view may pass from thread to thread with the usual care.
 *
 * <p><b>Memory consistency effects:</b> those of plain accesses.
 *
 * <p><b>Close and death of a peer:</b> an open view keeps the mapping alive. The contents are whatever the last
 * writer left there.
 */
public final class ChronicleView implements AutoCloseable {
    static {
        QuietChronicle.load();
    }

    private static volatile boolean addressesFail;

    private final PointerBytesStore store = new PointerBytesStore();
    // Where a new store points to: nothing is ever read there, because its length is zero.
    private final long nowhere = store.address;
    private final Bytes<Void> span = store.bytesForWrite();

    private Region region;
    private Bytes<?> open = span;
    private byte[] copy;
    private boolean writing;

    /** A view of nothing yet. */
    public ChronicleView() {
        // A view may pass from thread to thread; chronicle-bytes would object.
        store.singleThreadedCheckDisabled(true);
        span.singleThreadedCheckDisabled(true);
        detach();
    }

    /**
     * The region as bytes to read, all of them.
     *
     * @throws IllegalStateException if the view is open
     */
    public Bytes<?> read(Region source) {
        open(source, false);
        // The end of what may be read is the end of what was written, so far as chronicle-bytes knows.
        open.writePosition(source.length());
        return open;
    }

    /**
     * The region as bytes to write, from the first on.
     *
     * @throws IllegalStateException if the view is open
     */
    public Bytes<?> write(Region target) {
        open(target, true);
        return open;
    }

    /**
     * How many bytes were read or written so far.
     *
     * @throws IllegalStateException if the view is not open
     */
    public int position() {
        if (region == null) {
            throw new IllegalStateException("the view is not open");
        }
        return (int) (writing ? open.writePosition() : open.readPosition());
    }

    /** Whether it can be opened again; it cannot if somebody released the {@code Bytes}, which is not theirs to do. */
    public boolean isUsable() {
        return span.refCount() > 0 && store.refCount() > 0;
    }

    /** Takes the bytes back from whoever has them. Idempotent. */
    @Override
    public void close() {
        Region was = region;
        if (was == null) {
            return;
        }
        if (copy != null) {
            if (writing) {
                was.putBytes(0, copy, 0, copy.length);
            }
            copy = null;
            open.clear();
            open = span;
        } else {
            detach();
        }
        region = null;
        Reference.reachabilityFence(was);
    }

    private void open(Region next, boolean toWrite) {
        if (region != null) {
            throw new IllegalStateException("the view is open; close it first");
        }
        long address = addressOf(next);
        region = next;
        writing = toWrite;
        if (address != 0) {
            store.set(address, next.length());
        } else {
            copy = new byte[next.length()];
            next.getBytes(0, copy, 0, copy.length);
            open = BytesStore.wrap(copy).bytesForWrite();
        }
        open.clear();
        open.writeLimit(next.length());
    }

    private void detach() {
        store.set(nowhere, 0);
        // Also moves the limits, without which absolute reads would still be let through.
        span.clear();
    }

    private static long addressOf(Region region) {
        if (addressesFail) {
            return 0;
        }
        try {
            return region.addressOf(region.base());
        } catch (LinkageError noNativeLibrary) {
            addressesFail = true;
            return 0;
        }
    }

    @Override
    public String toString() {
        return region == null ? "ChronicleView[not open]" : "ChronicleView[" + region + "]";
    }
}
