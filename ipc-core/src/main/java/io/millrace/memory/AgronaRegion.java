package io.millrace.memory;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** The region where Agrona's buffers can work. */
final class AgronaRegion extends Region {
    private final ByteBuffer memory;
    private final UnsafeBuffer buffer;
    // What users get: a buffer of its own, because they could re-wrap it.
    private final UnsafeBuffer directBuffer = new UnsafeBuffer(0, 0);

    AgronaRegion(ByteBuffer memory) {
        this(memory, new UnsafeBuffer(memory, 0, memory.capacity()));
    }

    private AgronaRegion(ByteBuffer memory, UnsafeBuffer buffer) {
        super(memory.capacity());
        this.memory = memory;
        this.buffer = buffer;
    }

    @Override
    public byte getBytePlain(int offset) {
        return buffer.getByte(index(offset, Byte.BYTES));
    }

    @Override
    public void putBytePlain(int offset, byte value) {
        buffer.putByte(index(offset, Byte.BYTES), value);
    }

    @Override
    public int getIntPlain(int offset) {
        return buffer.getInt(index(offset, Integer.BYTES));
    }

    @Override
    public void putIntPlain(int offset, int value) {
        buffer.putInt(index(offset, Integer.BYTES), value);
    }

    @Override
    public long getLongPlain(int offset) {
        return buffer.getLong(index(offset, Long.BYTES));
    }

    @Override
    public void putLongPlain(int offset, long value) {
        buffer.putLong(index(offset, Long.BYTES), value);
    }

    @Override
    public int getIntAcquire(int offset) {
        return buffer.getIntAcquire(alignedIndex(offset, Integer.BYTES));
    }

    @Override
    public void putIntRelease(int offset, int value) {
        buffer.putIntRelease(alignedIndex(offset, Integer.BYTES), value);
    }

    @Override
    public int getIntVolatile(int offset) {
        return buffer.getIntVolatile(alignedIndex(offset, Integer.BYTES));
    }

    @Override
    public void putIntVolatile(int offset, int value) {
        buffer.putIntVolatile(alignedIndex(offset, Integer.BYTES), value);
    }

    @Override
    public long getLongAcquire(int offset) {
        return buffer.getLongAcquire(alignedIndex(offset, Long.BYTES));
    }

    @Override
    public void putLongRelease(int offset, long value) {
        buffer.putLongRelease(alignedIndex(offset, Long.BYTES), value);
    }

    @Override
    public long getLongVolatile(int offset) {
        return buffer.getLongVolatile(alignedIndex(offset, Long.BYTES));
    }

    @Override
    public void putLongVolatile(int offset, long value) {
        buffer.putLongVolatile(alignedIndex(offset, Long.BYTES), value);
    }

    @Override
    public boolean compareAndSetInt(int offset, int expected, int update) {
        return buffer.compareAndSetInt(alignedIndex(offset, Integer.BYTES), expected, update);
    }

    @Override
    public int getAndAddInt(int offset, int delta) {
        return buffer.getAndAddInt(alignedIndex(offset, Integer.BYTES), delta);
    }

    @Override
    public boolean compareAndSetLong(int offset, long expected, long update) {
        return buffer.compareAndSetLong(alignedIndex(offset, Long.BYTES), expected, update);
    }

    @Override
    public long getAndAddLong(int offset, long delta) {
        return buffer.getAndAddLong(alignedIndex(offset, Long.BYTES), delta);
    }

    @Override
    public ByteBuffer byteBuffer() {
        return memory.slice(base(), length()).order(ByteOrder.nativeOrder());
    }

    @Override
    public MutableDirectBuffer directBuffer() {
        directBuffer.wrap(buffer, base(), length());
        return directBuffer;
    }

    @Override
    void load(int index, byte[] target, int targetOffset, int count) {
        buffer.getBytes(index, target, targetOffset, count);
    }

    @Override
    void store(int index, byte[] source, int sourceOffset, int count) {
        buffer.putBytes(index, source, sourceOffset, count);
    }

    @Override
    void load(int index, ByteBuffer target, int targetOffset, int count) {
        buffer.getBytes(index, target, targetOffset, count);
    }

    @Override
    void store(int index, ByteBuffer source, int sourceOffset, int count) {
        buffer.putBytes(index, source, sourceOffset, count);
    }

    @Override
    void load(int index, MutableDirectBuffer target, int targetOffset, int count) {
        buffer.getBytes(index, target, targetOffset, count);
    }

    @Override
    void store(int index, DirectBuffer source, int sourceOffset, int count) {
        buffer.putBytes(index, source, sourceOffset, count);
    }

    @Override
    void store(int index, Region source, int sourceIndex, int count) {
        buffer.putBytes(index, ((AgronaRegion) source).buffer, sourceIndex, count);
    }

    @Override
    long addressOf(int index) {
        return buffer.addressOffset() + index;
    }

    @Override
    Region newView() {
        return new AgronaRegion(memory, buffer);
    }
}
