package io.millrace.memory;

import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ReadOnlyBufferException;
import java.util.Objects;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * A bounded span of bytes, shared or private, and the only way to read or write them.
 *
 * <p>Offsets and lengths count bytes and are relative to the region. A region never exceeds
 * {@link MappedFile#LENGTH_MAX} bytes, so an {@code int} holds every offset and no sum of two wraps unseen.
 * Numbers are in the byte order of the machine.
 *
 * <p><b>Who may call it:</b> any number of threads, and through other mappings of the same file any number of
 * processes. A region that a ring hands out as a view of one record belongs to the thread that got it, and only
 * until the ring moves on.
 *
 * <p><b>Memory consistency effects:</b> as the name of the method says. {@code Plain} promises nothing beyond the
 * absence of tearing for an aligned word; {@code Acquire} and {@code Release} pair with each other;
 * {@code Volatile}, {@code compareAndSet} and {@code getAndAdd} are sequentially consistent with one another. The
 * effects reach every mapping of the same file on one machine. Copies are plain.
 *
 * <p><b>Bounds:</b> an access outside the region throws {@link IndexOutOfBoundsException} and touches nothing.
 * An ordered
 * or atomic access to a misaligned word throws {@link IllegalArgumentException}.
 *
 * <p><b>Close and death of a peer:</b> a region keeps its mapping alive for as long as it is reachable, so an access
 * never touches unmapped memory; the contents are whatever the last writer, living or dead, left there.
 *
 * <p><b>Cost:</b> a bounds check and the access itself; nothing is allocated unless a method says so.
 */
public abstract class Region {
    /** Longest copy done in one go; a thread inside a copy cannot reach a safepoint, which delays the whole JVM. */
    static final int COPY_CHUNK_LENGTH = 1 << 20;

    private static final int ALLOCATION_ALIGNMENT = 64;

    // Where this region begins, as its back-end counts: an address or an index. Both change only in a view that a
    // window moves, by the window's thread. A long, so that one sum makes an address of an offset: the sum of two ints
    // may wrap, so the compiler computes it anew for each word, and a loop over words takes three times as long.
    private long base;
    private int length;

    /** A region over {@code length} bytes of the back-end's memory. */
    Region(long base, int length) {
        this.base = base;
        this.length = length;
    }

    /**
     * Private zeroed memory outside the heap, aligned to a cache line.
     *
     * @param length in bytes, 1 to {@link MappedFile#LENGTH_MAX}
     * @throws IllegalArgumentException if {@code length} is out of range
     */
    public static Region allocate(int length) {
        if (length < 1 || length > MappedFile.LENGTH_MAX) {
            throw new IllegalArgumentException(
                "length of a region: actual " + length + " bytes, expected 1 to " + MappedFile.LENGTH_MAX);
        }
        ByteBuffer memory = ByteBuffer.allocateDirect(length + ALLOCATION_ALIGNMENT);
        // Not alignedSlice: it rounds the end down as well, and then some lengths do not fit.
        int start = -memory.alignmentOffset(0, ALLOCATION_ALIGNMENT) & (ALLOCATION_ALIGNMENT - 1);
        return MemoryBackend.current().regionOf(memory.slice(start, length));
    }

    /**
     * Orders every access before it ahead of every access after it, also a store ahead of a later load, which no
     * pair of release and acquire does.
     */
    public static void fullFence() {
        VarHandle.fullFence();
    }

    /**
     * Orders loads before it ahead of every access after it, and in compiled code everything before it. A store before
     * it may be seen by other processors later than a load after it was done.
     */
    public static void acquireFence() {
        VarHandle.acquireFence();
    }

    /** Orders every access before it ahead of stores after it. */
    public static void releaseFence() {
        VarHandle.releaseFence();
    }

    /** Length in bytes. */
    public final int length() {
        return length;
    }

    /**
     * A region over a part of this one. Allocates.
     *
     * @throws IndexOutOfBoundsException if the part is not inside this region
     */
    public final Region slice(int offset, int length) {
        RegionWindow window = newWindow();
        window.moveTo(offset, length);
        return window.view();
    }

    /**
     * A word of 4 bytes of this region. Allocates.
     *
     * @throws IndexOutOfBoundsException if the word is not inside this region
     * @throws IllegalArgumentException if it is misaligned
     */
    public final IntWord intWord(int offset) {
        return intWordAt(alignedPlace(offset, Integer.BYTES));
    }

    /** The same for a word of 8 bytes. */
    public final LongWord longWord(int offset) {
        return longWordAt(alignedPlace(offset, Long.BYTES));
    }

    /** A view that its owner, and nobody else, can move over this region. Allocates; moving does not. */
    public final RegionWindow newWindow() {
        return new RegionWindow(this);
    }

    // --- plain -------------------------------------------------------------------------------------------------

    /** Reads a byte. */
    public abstract byte getBytePlain(int offset);

    /** Writes a byte. */
    public abstract void putBytePlain(int offset, byte value);

    /** Reads an int; any alignment. */
    public abstract int getIntPlain(int offset);

    /** Writes an int; any alignment. */
    public abstract void putIntPlain(int offset, int value);

    /** Reads a long; any alignment. */
    public abstract long getLongPlain(int offset);

    /** Writes a long; any alignment. */
    public abstract void putLongPlain(int offset, long value);

    // --- ordered -----------------------------------------------------------------------------------------------

    /** Reads an aligned int; later accesses stay behind it. */
    public abstract int getIntAcquire(int offset);

    /** Writes an aligned int; earlier accesses stay before it. */
    public abstract void putIntRelease(int offset, int value);

    /** Reads an aligned int in the total order of volatile accesses. */
    public abstract int getIntVolatile(int offset);

    /** Writes an aligned int in the total order of volatile accesses. */
    public abstract void putIntVolatile(int offset, int value);

    /** Reads an aligned long; later accesses stay behind it. */
    public abstract long getLongAcquire(int offset);

    /** Writes an aligned long; earlier accesses stay before it. */
    public abstract void putLongRelease(int offset, long value);

    /** Reads an aligned long in the total order of volatile accesses. */
    public abstract long getLongVolatile(int offset);

    /** Writes an aligned long in the total order of volatile accesses. */
    public abstract void putLongVolatile(int offset, long value);

    // --- atomic ------------------------------------------------------------------------------------------------

    /** Replaces {@code expected} by {@code update} in one step; false, and nothing written, if it is not there. */
    public abstract boolean compareAndSetInt(int offset, int expected, int update);

    /** Adds {@code delta} in one step, wrapping around, and returns the value before. */
    public abstract int getAndAddInt(int offset, int delta);

    /** Replaces {@code expected} by {@code update} in one step; false, and nothing written, if it is not there. */
    public abstract boolean compareAndSetLong(int offset, long expected, long update);

    /** Adds {@code delta} in one step, wrapping around, and returns the value before. */
    public abstract long getAndAddLong(int offset, long delta);

    // --- copies ------------------------------------------------------------------------------------------------

    /** Copies bytes of this region to an array. */
    public final void getBytes(int offset, byte[] target, int targetOffset, int length) {
        checkBounds(offset, length, this.length);
        checkBounds(targetOffset, length, target.length);
        for (int done = 0, chunk; done < length; done += chunk) {
            chunk = Math.min(length - done, COPY_CHUNK_LENGTH);
            load(base + offset + done, target, targetOffset + done, chunk);
        }
    }

    /** Copies bytes of an array to this region. */
    public final void putBytes(int offset, byte[] source, int sourceOffset, int length) {
        checkBounds(offset, length, this.length);
        checkBounds(sourceOffset, length, source.length);
        for (int done = 0, chunk; done < length; done += chunk) {
            chunk = Math.min(length - done, COPY_CHUNK_LENGTH);
            store(base + offset + done, source, sourceOffset + done, chunk);
        }
    }

    /**
     * Copies bytes of this region to absolute positions of a buffer, whose own position and limit stay as they
     * are.
     *
     * @throws ReadOnlyBufferException if the buffer is read-only
     */
    public final void getBytes(int offset, ByteBuffer target, int targetOffset, int length) {
        checkBounds(offset, length, this.length);
        checkBounds(targetOffset, length, target.limit());
        if (target.isReadOnly()) {
            // Agrona would write all the same, and a read-only mapping would then kill the JVM.
            throw new ReadOnlyBufferException();
        }
        for (int done = 0, chunk; done < length; done += chunk) {
            chunk = Math.min(length - done, COPY_CHUNK_LENGTH);
            load(base + offset + done, target, targetOffset + done, chunk);
        }
    }

    /** Copies bytes at absolute positions of a buffer to this region; its own position and limit stay. */
    public final void putBytes(int offset, ByteBuffer source, int sourceOffset, int length) {
        checkBounds(offset, length, this.length);
        checkBounds(sourceOffset, length, source.limit());
        for (int done = 0, chunk; done < length; done += chunk) {
            chunk = Math.min(length - done, COPY_CHUNK_LENGTH);
            store(base + offset + done, source, sourceOffset + done, chunk);
        }
    }

    /** Copies bytes of this region to an Agrona buffer, which grows if it is of a kind that does. */
    public final void getBytes(int offset, MutableDirectBuffer target, int targetOffset, int length) {
        checkBounds(offset, length, this.length);
        if (!target.isExpandable()) {
            target.boundsCheck(targetOffset, length);
        }
        for (int done = 0, chunk; done < length; done += chunk) {
            chunk = Math.min(length - done, COPY_CHUNK_LENGTH);
            load(base + offset + done, target, targetOffset + done, chunk);
        }
    }

    /** Copies bytes of an Agrona buffer to this region. */
    public final void putBytes(int offset, DirectBuffer source, int sourceOffset, int length) {
        checkBounds(offset, length, this.length);
        source.boundsCheck(sourceOffset, length);
        for (int done = 0, chunk; done < length; done += chunk) {
            chunk = Math.min(length - done, COPY_CHUNK_LENGTH);
            store(base + offset + done, source, sourceOffset + done, chunk);
        }
    }

    /**
     * Copies bytes of another region to this one. Where the two overlap in one mapping the result is as if the source
     * had been read whole first, for lengths up to 1 MiB; above, and across two mappings of one file, it is undefined.
     */
    public final void putBytes(int offset, Region source, int sourceOffset, int length) {
        checkBounds(offset, length, this.length);
        checkBounds(sourceOffset, length, source.length());
        for (int done = 0, chunk; done < length; done += chunk) {
            chunk = Math.min(length - done, COPY_CHUNK_LENGTH);
            store(base + offset + done, source, source.base + sourceOffset + done, chunk);
        }
    }

    /** Sets {@code length} bytes to {@code value}. */
    public final void fill(int offset, int length, byte value) {
        checkBounds(offset, length, this.length);
        long word = (value & 0xFFL) * 0x0101010101010101L;
        int end = offset + length;
        int at = offset;
        for (; at <= end - Long.BYTES; at += Long.BYTES) {
            putLongPlain(at, word);
        }
        for (; at < end; at++) {
            putBytePlain(at, value);
        }
    }

    // --- other views -------------------------------------------------------------------------------------------

    /** A buffer over the same bytes, in the machine's byte order. Allocates. */
    public abstract ByteBuffer byteBuffer();

    /**
     * An Agrona view of the same bytes. It is made once per region; its bounds are restored at every call.
     *
     * @throws UnsupportedOperationException where Agrona's buffers cannot work; the message names the flag they need
     */
    public abstract MutableDirectBuffer directBuffer();

    /**
     * Where the byte at {@code offset} is in this process, for system calls. Allocates, and loads the native library
     * at the first call.
     *
     * @throws LinkageError if no native library can be loaded here
     */
    public final NativeAddress address(int offset) {
        checkBounds(offset, 0, this.length);
        return new NativeAddress(this, addressOf(base + offset));
    }

    // --- what a back-end provides; a place is an address or an index, as it counts, and bounds were checked ---------

    abstract void load(long place, byte[] target, int targetOffset, int count);

    abstract void store(long place, byte[] source, int sourceOffset, int count);

    abstract void load(long place, ByteBuffer target, int targetOffset, int count);

    abstract void store(long place, ByteBuffer source, int sourceOffset, int count);

    abstract void load(long place, MutableDirectBuffer target, int targetOffset, int count);

    abstract void store(long place, DirectBuffer source, int sourceOffset, int count);

    abstract void store(long place, Region source, long sourcePlace, int count);

    abstract long addressOf(long place);

    IntWord intWordAt(long place) {
        return RegionIntWord.over(slice((int) (place - base), Integer.BYTES));
    }

    LongWord longWordAt(long place) {
        return RegionLongWord.over(slice((int) (place - base), Long.BYTES));
    }

    CircularRegion circularAt(long place, int length) {
        return RegionCircularRegion.over(slice((int) (place - base), length));
    }

    /** A region on the same memory, for a window to move. */
    abstract Region newView();

    // --- what a back-end uses --------------------------------------------------------------------------------------

    /** Moves this region, a view made by {@code newView()}, to a part of the other whose bounds were checked. */
    final void moveTo(long place, int newLength) {
        base = place;
        length = newLength;
    }

    /** Makes this region, a view, empty, so that every further access throws. */
    final void clear() {
        length = 0;
    }

    /** The place of the first byte. */
    final long base() {
        return base;
    }

    /** The place of a word of {@code size} bytes at {@code offset}. */
    final long place(int offset, int size) {
        // Checked here and not left to the back-end: its own checks know the whole memory only, and can be off. In this
        // form the compiler makes one comparison of it, and takes it out of loops.
        try {
            Objects.checkIndex(offset, length - (size - 1));
        } catch (IndexOutOfBoundsException e) {
            throw outOfBounds(offset, size);
        }
        return base + offset;
    }

    private IndexOutOfBoundsException outOfBounds(int offset, int size) {
        return new IndexOutOfBoundsException(
            "word of " + size + " bytes at offset " + offset + " in a region of " + length + " bytes");
    }

    /** The same for an ordered or atomic access, which must be aligned. */
    final long alignedPlace(int offset, int size) {
        long place = place(offset, size);
        // The memory itself begins at a page or a cache line, so an index tells as much as an address.
        if ((place & (size - 1)) != 0) {
            throw new IllegalArgumentException("offset of an ordered or atomic access: actual " + offset
                + ", expected an address that is a multiple of " + size);
        }
        return place;
    }

    static void checkBounds(int offset, int length, int bound) {
        Objects.checkFromIndexSize(offset, length, bound);
    }

    /** Says what the region is, not what it contains. */
    @Override
    public String toString() {
        return "Region[" + length() + " bytes, " + MemoryBackend.current() + "]";
    }
}
