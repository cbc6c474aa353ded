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
        super(0, memory.capacity());
        this.memory = memory;
    }

    @Override
    public byte getBytePlain(int offset) {
        return memory.get((int) place(offset, Byte.BYTES));
    }

    @Override
    public void putBytePlain(int offset, byte value) {
        memory.put((int) place(offset, Byte.BYTES), value);
    }

    @Override
    public int getIntPlain(int offset) {
        return (int) INT.get(memory, (int) place(offset, Integer.BYTES));
    }

    @Override
    public void putIntPlain(int offset, int value) {
        INT.set(memory, (int) place(offset, Integer.BYTES), value);
    }

    @Override
    public long getLongPlain(int offset) {
        return (long) LONG.get(memory, (int) place(offset, Long.BYTES));
    }

    @Override
    public void putLongPlain(int offset, long value) {
        LONG.set(memory, (int) place(offset, Long.BYTES), value);
    }

    @Override
    public int getIntAcquire(int offset) {
        return (int) INT.getAcquire(memory, (int) alignedPlace(offset, Integer.BYTES));
    }

    @Override
    public void putIntRelease(int offset, int value) {
        INT.setRelease(memory, (int) alignedPlace(offset, Integer.BYTES), value);
    }

    @Override
    public int getIntVolatile(int offset) {
        return (int) INT.getVolatile(memory, (int) alignedPlace(offset, Integer.BYTES));
    }

    @Override
    public void putIntVolatile(int offset, int value) {
        INT.setVolatile(memory, (int) alignedPlace(offset, Integer.BYTES), value);
    }

    @Override
    public long getLongAcquire(int offset) {
        return (long) LONG.getAcquire(memory, (int) alignedPlace(offset, Long.BYTES));
    }

    @Override
    public void putLongRelease(int offset, long value) {
        LONG.setRelease(memory, (int) alignedPlace(offset, Long.BYTES), value);
    }

    @Override
    public long getLongVolatile(int offset) {
        return (long) LONG.getVolatile(memory, (int) alignedPlace(offset, Long.BYTES));
    }

    @Override
    public void putLongVolatile(int offset, long value) {
        LONG.setVolatile(memory, (int) alignedPlace(offset, Long.BYTES), value);
    }

    @Override
    public boolean compareAndSetInt(int offset, int expected, int update) {
        return INT.compareAndSet(memory, (int) alignedPlace(offset, Integer.BYTES), expected, update);
    }

    @Override
    public int getAndAddInt(int offset, int delta) {
        return (int) INT.getAndAdd(memory, (int) alignedPlace(offset, Integer.BYTES), delta);
    }

    @Override
    public boolean compareAndSetLong(int offset, long expected, long update) {
        return LONG.compareAndSet(memory, (int) alignedPlace(offset, Long.BYTES), expected, update);
    }

    @Override
    public long getAndAddLong(int offset, long delta) {
        return (long) LONG.getAndAdd(memory, (int) alignedPlace(offset, Long.BYTES), delta);
    }

    @Override
    public ByteBuffer byteBuffer() {
        return memory.slice((int) base(), length()).order(ByteOrder.nativeOrder());
    }

    @Override
    public MutableDirectBuffer directBuffer() {
        throw new UnsupportedOperationException(
            "Agrona's buffers need the JVM flag " + MemoryBackend.AGRONA_FLAG + "; use byteBuffer() without it");
    }

    @Override
    void load(long place, byte[] target, int targetOffset, int count) {
        memory.get((int) place, target, targetOffset, count);
    }

    @Override
    void store(long place, byte[] source, int sourceOffset, int count) {
        memory.put((int) place, source, sourceOffset, count);
    }

    @Override
    void load(long place, ByteBuffer target, int targetOffset, int count) {
        target.put(targetOffset, memory, (int) place, count);
    }

    @Override
    void store(long place, ByteBuffer source, int sourceOffset, int count) {
        memory.put((int) place, source, sourceOffset, count);
    }

    @Override
    void load(long place, MutableDirectBuffer target, int targetOffset, int count) {
        target.putBytes(targetOffset, memory, (int) place, count);
    }

    @Override
    void store(long place, DirectBuffer source, int sourceOffset, int count) {
        source.getBytes(sourceOffset, memory, (int) place, count);
    }

    @Override
    void store(long place, Region source, long sourcePlace, int count) {
        memory.put((int) place, ((BufferRegion) source).memory, (int) sourcePlace, count);
    }

    @Override
    long addressOf(long place) {
        long start = address;
        if (start == 0) {
            start = MemoryIO.getInstance().getDirectBufferAddress(memory);
            address = start;
        }
        return start + place;
    }

    @Override
    Region newView() {
        return new BufferRegion(memory);
    }
}
