package io.millrace.memory;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.UnsafeApi;
import org.agrona.concurrent.UnsafeBuffer;

/** The region where Agrona can reach memory: by address for words, by its buffers for copies. */
final class AgronaRegion extends Region {
    private final ByteBuffer memory;
    // For copies and users. Words are accessed without it, because their bounds are known already.
    private final UnsafeBuffer buffer;
    private final long address;
    // What users get: a buffer of its own, because they could re-wrap it.
    private final UnsafeBuffer directBuffer = new UnsafeBuffer(0, 0);

    static Region over(ByteBuffer memory) {
        return new AgronaRegion(memory);
    }

    private AgronaRegion(ByteBuffer memory) {
        this(memory, new UnsafeBuffer(memory, 0, memory.capacity()));
    }

    private AgronaRegion(ByteBuffer memory, UnsafeBuffer buffer) {
        super(memory.capacity());
        this.memory = memory;
        this.buffer = buffer;
        this.address = buffer.addressOffset();
    }

    @Override
    public byte getBytePlain(int offset) {
        return UnsafeApi.getByte(null, address + index(offset, Byte.BYTES));
    }

    @Override
    public void putBytePlain(int offset, byte value) {
        UnsafeApi.putByte(null, address + index(offset, Byte.BYTES), value);
    }

    @Override
    public int getIntPlain(int offset) {
        return UnsafeApi.getInt(null, address + index(offset, Integer.BYTES));
    }

    @Override
    public void putIntPlain(int offset, int value) {
        UnsafeApi.putInt(null, address + index(offset, Integer.BYTES), value);
    }

    @Override
    public long getLongPlain(int offset) {
        return UnsafeApi.getLong(null, address + index(offset, Long.BYTES));
    }

    @Override
    public void putLongPlain(int offset, long value) {
        UnsafeApi.putLong(null, address + index(offset, Long.BYTES), value);
    }

    @Override
    public int getIntAcquire(int offset) {
        return UnsafeApi.getIntAcquire(null, address + alignedIndex(offset, Integer.BYTES));
    }

    @Override
    public void putIntRelease(int offset, int value) {
        UnsafeApi.putIntRelease(null, address + alignedIndex(offset, Integer.BYTES), value);
    }

    @Override
    public int getIntVolatile(int offset) {
        return UnsafeApi.getIntVolatile(null, address + alignedIndex(offset, Integer.BYTES));
    }

    @Override
    public void putIntVolatile(int offset, int value) {
        UnsafeApi.putIntVolatile(null, address + alignedIndex(offset, Integer.BYTES), value);
    }

    @Override
    public long getLongAcquire(int offset) {
        return UnsafeApi.getLongAcquire(null, address + alignedIndex(offset, Long.BYTES));
    }

    @Override
    public void putLongRelease(int offset, long value) {
        UnsafeApi.putLongRelease(null, address + alignedIndex(offset, Long.BYTES), value);
    }

    @Override
    public long getLongVolatile(int offset) {
        return UnsafeApi.getLongVolatile(null, address + alignedIndex(offset, Long.BYTES));
    }

    @Override
    public void putLongVolatile(int offset, long value) {
        UnsafeApi.putLongVolatile(null, address + alignedIndex(offset, Long.BYTES), value);
    }

    @Override
    public boolean compareAndSetInt(int offset, int expected, int update) {
        return UnsafeApi.compareAndSetInt(null, address + alignedIndex(offset, Integer.BYTES), expected, update);
    }

    @Override
    public int getAndAddInt(int offset, int delta) {
        return UnsafeApi.getAndAddInt(null, address + alignedIndex(offset, Integer.BYTES), delta);
    }

    @Override
    public boolean compareAndSetLong(int offset, long expected, long update) {
        return UnsafeApi.compareAndSetLong(null, address + alignedIndex(offset, Long.BYTES), expected, update);
    }

    @Override
    public long getAndAddLong(int offset, long delta) {
        return UnsafeApi.getAndAddLong(null, address + alignedIndex(offset, Long.BYTES), delta);
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
        return address + index;
    }

    @Override
    Word wordAt(int index, int length) {
        return AgronaWord.at(memory, address + index, length);
    }

    @Override
    Region newView() {
        return new AgronaRegion(memory, buffer);
    }
}
