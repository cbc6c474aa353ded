package io.millrace.memory;

import com.kenai.jffi.MemoryIO;
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
    // Asked for once, because it costs a native call; zero until then.
    private volatile long address;

    static Region over(ByteBuffer memory) {
        return new BufferRegion(memory);
    }

    private BufferRegion(ByteBuffer memory) {
        super(memory.capacity());
        this.memory = memory;
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
        return memory.slice(base(), length()).order(ByteOrder.nativeOrder());
    }

    @Override
    public MutableDirectBuffer directBuffer() {
        throw new UnsupportedOperationException(
            "Agrona's buffers need the JVM flag " + MemoryBackend.AGRONA_FLAG + "; use byteBuffer() without it");
    }

    @Override
    void load(int index, byte[] target, int targetOffset, int count) {
        memory.get(index, target, targetOffset, count);
    }

    @Override
    void store(int index, byte[] source, int sourceOffset, int count) {
        memory.put(index, source, sourceOffset, count);
    }

    @Override
    void load(int index, ByteBuffer target, int targetOffset, int count) {
        target.put(targetOffset, memory, index, count);
    }

    @Override
    void store(int index, ByteBuffer source, int sourceOffset, int count) {
        memory.put(index, source, sourceOffset, count);
    }

    @Override
    void load(int index, MutableDirectBuffer target, int targetOffset, int count) {
        target.putBytes(targetOffset, memory, index, count);
    }

    @Override
    void store(int index, DirectBuffer source, int sourceOffset, int count) {
        source.getBytes(sourceOffset, memory, index, count);
    }

    @Override
    void store(int index, Region source, int sourceIndex, int count) {
        memory.put(index, ((BufferRegion) source).memory, sourceIndex, count);
    }

    @Override
    long addressOf(int index) {
        long start = address;
        if (start == 0) {
            start = MemoryIO.getInstance().getDirectBufferAddress(memory);
            address = start;
        }
        return start + index;
    }

    @Override
    Region newView() {
        return new BufferRegion(memory);
    }
}
