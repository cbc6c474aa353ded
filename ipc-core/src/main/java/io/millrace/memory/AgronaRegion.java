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
    private int base;

    AgronaRegion(ByteBuffer memory) {
        this(memory, new UnsafeBuffer(memory, 0, memory.capacity()));
    }

    private AgronaRegion(ByteBuffer memory, UnsafeBuffer buffer) {
        this.memory = memory;
        this.buffer = buffer;
    }

    @Override
    public int length() {
        return buffer.capacity();
    }

    @Override
    public byte getBytePlain(int offset) {
        return buffer.getByte(offset);
    }

    @Override
    public void putBytePlain(int offset, byte value) {
        buffer.putByte(offset, value);
    }

    @Override
    public int getIntPlain(int offset) {
        return buffer.getInt(offset);
    }

    @Override
    public void putIntPlain(int offset, int value) {
        buffer.putInt(offset, value);
    }

    @Override
    public long getLongPlain(int offset) {
        return buffer.getLong(offset);
    }

    @Override
    public void putLongPlain(int offset, long value) {
        buffer.putLong(offset, value);
    }

    @Override
    public int getIntAcquire(int offset) {
        checkAligned(offset, Integer.BYTES);
        return buffer.getIntAcquire(offset);
    }

    @Override
    public void putIntRelease(int offset, int value) {
        checkAligned(offset, Integer.BYTES);
        buffer.putIntRelease(offset, value);
    }

    @Override
    public int getIntVolatile(int offset) {
        checkAligned(offset, Integer.BYTES);
        return buffer.getIntVolatile(offset);
    }

    @Override
    public void putIntVolatile(int offset, int value) {
        checkAligned(offset, Integer.BYTES);
        buffer.putIntVolatile(offset, value);
    }

    @Override
    public long getLongAcquire(int offset) {
        checkAligned(offset, Long.BYTES);
        return buffer.getLongAcquire(offset);
    }

    @Override
    public void putLongRelease(int offset, long value) {
        checkAligned(offset, Long.BYTES);
        buffer.putLongRelease(offset, value);
    }

    @Override
    public long getLongVolatile(int offset) {
        checkAligned(offset, Long.BYTES);
        return buffer.getLongVolatile(offset);
    }

    @Override
    public void putLongVolatile(int offset, long value) {
        checkAligned(offset, Long.BYTES);
        buffer.putLongVolatile(offset, value);
    }

    @Override
    public boolean compareAndSetInt(int offset, int expected, int update) {
        checkAligned(offset, Integer.BYTES);
        return buffer.compareAndSetInt(offset, expected, update);
    }

    @Override
    public int getAndAddInt(int offset, int delta) {
        checkAligned(offset, Integer.BYTES);
        return buffer.getAndAddInt(offset, delta);
    }

    @Override
    public boolean compareAndSetLong(int offset, long expected, long update) {
        checkAligned(offset, Long.BYTES);
        return buffer.compareAndSetLong(offset, expected, update);
    }

    @Override
    public long getAndAddLong(int offset, long delta) {
        checkAligned(offset, Long.BYTES);
        return buffer.getAndAddLong(offset, delta);
    }

    @Override
    public ByteBuffer byteBuffer() {
        return memory.slice(base, length()).order(ByteOrder.nativeOrder());
    }

    @Override
    public MutableDirectBuffer directBuffer() {
        directBuffer.wrap(buffer, 0, length());
        return directBuffer;
    }

    @Override
    void load(int offset, byte[] target, int targetOffset, int length) {
        buffer.getBytes(offset, target, targetOffset, length);
    }

    @Override
    void store(int offset, byte[] source, int sourceOffset, int length) {
        buffer.putBytes(offset, source, sourceOffset, length);
    }

    @Override
    void load(int offset, ByteBuffer target, int targetOffset, int length) {
        buffer.getBytes(offset, target, targetOffset, length);
    }

    @Override
    void store(int offset, ByteBuffer source, int sourceOffset, int length) {
        buffer.putBytes(offset, source, sourceOffset, length);
    }

    @Override
    void load(int offset, MutableDirectBuffer target, int targetOffset, int length) {
        buffer.getBytes(offset, target, targetOffset, length);
    }

    @Override
    void store(int offset, DirectBuffer source, int sourceOffset, int length) {
        buffer.putBytes(offset, source, sourceOffset, length);
    }

    @Override
    void store(int offset, Region source, int sourceOffset, int length) {
        buffer.putBytes(offset, ((AgronaRegion) source).buffer, sourceOffset, length);
    }

    @Override
    long baseAddress() {
        return buffer.addressOffset();
    }

    @Override
    Region emptyView() {
        return new AgronaRegion(memory, new UnsafeBuffer(buffer, 0, 0));
    }

    @Override
    void moveTo(Region parent, int offset, int length) {
        AgronaRegion origin = (AgronaRegion) parent;
        base = origin.base + offset;
        buffer.wrap(origin.buffer, offset, length);
    }

    private void checkAligned(int offset, int alignment) {
        // Agrona itself lets the processor do a split access here, which is not atomic.
        if (((buffer.addressOffset() + offset) & (alignment - 1)) != 0) {
            // An access that is outside as well is reported as that, in every back-end.
            checkBounds(offset, alignment, length());
            throw misaligned(offset, alignment);
        }
    }
}
