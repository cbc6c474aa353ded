package io.millrace.memory;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/** The region that needs no flag: {@code VarHandle} views of a direct buffer. */
final class BufferRegion extends Region {
    private static final VarHandle INT =
        MethodHandles.byteBufferViewVarHandle(int[].class, ByteOrder.nativeOrder());
    private static final VarHandle LONG =
        MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.nativeOrder());

    private final ByteBuffer memory;
    private int base;
    private int length;

    BufferRegion(ByteBuffer memory) {
        this.memory = memory;
        this.length = memory.capacity();
    }

    @Override
    public int length() {
        return length;
    }

    @Override
    public byte getBytePlain(int offset) {
        return memory.get(index(offset, Byte.BYTES));
    }

    @Override
    public void putBytePlain(int offset, byte value) {
        memory.put(index(offset, Byte.BYTES), value);
    }

    @Override
    public int getIntPlain(int offset) {
        return (int) INT.get(memory, index(offset, Integer.BYTES));
    }

    @Override
    public void putIntPlain(int offset, int value) {
        INT.set(memory, index(offset, Integer.BYTES), value);
    }

    @Override
    public long getLongPlain(int offset) {
        return (long) LONG.get(memory, index(offset, Long.BYTES));
    }

    @Override
    public void putLongPlain(int offset, long value) {
        LONG.set(memory, index(offset, Long.BYTES), value);
    }

    @Override
    public int getIntAcquire(int offset) {
        return (int) INT.getAcquire(memory, alignedIndex(offset, Integer.BYTES));
    }

    @Override
    public void putIntRelease(int offset, int value) {
        INT.setRelease(memory, alignedIndex(offset, Integer.BYTES), value);
    }

    @Override
    public int getIntVolatile(int offset) {
        return (int) INT.getVolatile(memory, alignedIndex(offset, Integer.BYTES));
    }

    @Override
    public void putIntVolatile(int offset, int value) {
        INT.setVolatile(memory, alignedIndex(offset, Integer.BYTES), value);
    }

    @Override
    public long getLongAcquire(int offset) {
        return (long) LONG.getAcquire(memory, alignedIndex(offset, Long.BYTES));
    }

    @Override
    public void putLongRelease(int offset, long value) {
        LONG.setRelease(memory, alignedIndex(offset, Long.BYTES), value);
    }

    @Override
    public long getLongVolatile(int offset) {
        return (long) LONG.getVolatile(memory, alignedIndex(offset, Long.BYTES));
    }

    @Override
    public void putLongVolatile(int offset, long value) {
        LONG.setVolatile(memory, alignedIndex(offset, Long.BYTES), value);
    }

    @Override
    public boolean compareAndSetInt(int offset, int expected, int update) {
        return INT.compareAndSet(memory, alignedIndex(offset, Integer.BYTES), expected, update);
    }

    @Override
    public int getAndAddInt(int offset, int delta) {
        return (int) INT.getAndAdd(memory, alignedIndex(offset, Integer.BYTES), delta);
    }

    @Override
    public boolean compareAndSetLong(int offset, long expected, long update) {
        return LONG.compareAndSet(memory, alignedIndex(offset, Long.BYTES), expected, update);
    }

    @Override
    public long getAndAddLong(int offset, long delta) {
        return (long) LONG.getAndAdd(memory, alignedIndex(offset, Long.BYTES), delta);
    }

    @Override
    public ByteBuffer byteBuffer() {
        return memory.slice(base, length).order(ByteOrder.nativeOrder());
    }

    @Override
    public MutableDirectBuffer directBuffer() {
        throw new UnsupportedOperationException(
            "Agrona's buffers need the JVM flag " + MemoryBackend.AGRONA_FLAG + "; use byteBuffer() without it");
    }

    @Override
    void load(int offset, byte[] target, int targetOffset, int length) {
        memory.get(base + offset, target, targetOffset, length);
    }

    @Override
    void store(int offset, byte[] source, int sourceOffset, int length) {
        memory.put(base + offset, source, sourceOffset, length);
    }

    @Override
    void load(int offset, ByteBuffer target, int targetOffset, int length) {
        target.put(targetOffset, memory, base + offset, length);
    }

    @Override
    void store(int offset, ByteBuffer source, int sourceOffset, int length) {
        memory.put(base + offset, source, sourceOffset, length);
    }

    @Override
    void load(int offset, MutableDirectBuffer target, int targetOffset, int length) {
        target.putBytes(targetOffset, memory, base + offset, length);
    }

    @Override
    void store(int offset, DirectBuffer source, int sourceOffset, int length) {
        source.getBytes(sourceOffset, memory, base + offset, length);
    }

    @Override
    void store(int offset, Region source, int sourceOffset, int length) {
        BufferRegion from = (BufferRegion) source;
        memory.put(base + offset, from.memory, from.base + sourceOffset, length);
    }

    @Override
    long baseAddress() {
        return com.kenai.jffi.MemoryIO.getInstance().getDirectBufferAddress(memory) + base;
    }

    @Override
    Region emptyView() {
        BufferRegion view = new BufferRegion(memory);
        view.length = 0;
        return view;
    }

    @Override
    void moveTo(Region parent, int offset, int length) {
        base = ((BufferRegion) parent).base + offset;
        this.length = length;
    }

    private int index(int offset, int size) {
        checkBounds(offset, size, length);
        return base + offset;
    }

    private int alignedIndex(int offset, int size) {
        int index = index(offset, size);
        // The memory itself starts on a page or a cache line, so the index alone decides.
        if ((index & (size - 1)) != 0) {
            throw misaligned(offset, size);
        }
        return index;
    }
}
