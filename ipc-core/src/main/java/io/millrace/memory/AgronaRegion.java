package io.millrace.memory;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.UnsafeApi;
import org.agrona.concurrent.UnsafeBuffer;

/** The region where Agrona can reach memory: by address for words, by its buffers for copies. Places are addresses. */
final class AgronaRegion extends Region {
    private final ByteBuffer memory;
    // For copies and users. Words are accessed without it, because their bounds are known already.
    private final UnsafeBuffer buffer;
    // What users get: a buffer of its own, because they could re-wrap it.
    private final UnsafeBuffer directBuffer = new UnsafeBuffer(0, 0);

    static Region over(ByteBuffer memory) {
        return new AgronaRegion(memory);
    }

    private AgronaRegion(ByteBuffer memory) {
        this(memory, new UnsafeBuffer(memory, 0, memory.capacity()));
    }

    private AgronaRegion(ByteBuffer memory, UnsafeBuffer buffer) {
        super(buffer.addressOffset(), memory.capacity());
        this.memory = memory;
        this.buffer = buffer;
    }

    @Override
    public byte getBytePlain(int offset) {
        return UnsafeApi.getByte(null, place(offset, Byte.BYTES));
    }

    @Override
    public void putBytePlain(int offset, byte value) {
        UnsafeApi.putByte(null, place(offset, Byte.BYTES), value);
    }

    @Override
    public int getIntPlain(int offset) {
        return UnsafeApi.getInt(null, place(offset, Integer.BYTES));
    }

    @Override
    public void putIntPlain(int offset, int value) {
        UnsafeApi.putInt(null, place(offset, Integer.BYTES), value);
    }

    @Override
    public long getLongPlain(int offset) {
        return UnsafeApi.getLong(null, place(offset, Long.BYTES));
    }

    @Override
    public void putLongPlain(int offset, long value) {
        UnsafeApi.putLong(null, place(offset, Long.BYTES), value);
    }

    @Override
    public int getIntAcquire(int offset) {
        return UnsafeApi.getIntAcquire(null, alignedPlace(offset, Integer.BYTES));
    }

    @Override
    public void putIntRelease(int offset, int value) {
        UnsafeApi.putIntRelease(null, alignedPlace(offset, Integer.BYTES), value);
    }

    @Override
    public int getIntVolatile(int offset) {
        return UnsafeApi.getIntVolatile(null, alignedPlace(offset, Integer.BYTES));
    }

    @Override
    public void putIntVolatile(int offset, int value) {
        UnsafeApi.putIntVolatile(null, alignedPlace(offset, Integer.BYTES), value);
    }

    @Override
    public long getLongAcquire(int offset) {
        return UnsafeApi.getLongAcquire(null, alignedPlace(offset, Long.BYTES));
    }

    @Override
    public void putLongRelease(int offset, long value) {
        UnsafeApi.putLongRelease(null, alignedPlace(offset, Long.BYTES), value);
    }

    @Override
    public long getLongVolatile(int offset) {
        return UnsafeApi.getLongVolatile(null, alignedPlace(offset, Long.BYTES));
    }

    @Override
    public void putLongVolatile(int offset, long value) {
        UnsafeApi.putLongVolatile(null, alignedPlace(offset, Long.BYTES), value);
    }

    @Override
    public boolean compareAndSetInt(int offset, int expected, int update) {
        return UnsafeApi.compareAndSetInt(null, alignedPlace(offset, Integer.BYTES), expected, update);
    }

    @Override
    public int getAndAddInt(int offset, int delta) {
        return UnsafeApi.getAndAddInt(null, alignedPlace(offset, Integer.BYTES), delta);
    }

    @Override
    public boolean compareAndSetLong(int offset, long expected, long update) {
        return UnsafeApi.compareAndSetLong(null, alignedPlace(offset, Long.BYTES), expected, update);
    }

    @Override
    public long getAndAddLong(int offset, long delta) {
        return UnsafeApi.getAndAddLong(null, alignedPlace(offset, Long.BYTES), delta);
    }

    @Override
    public ByteBuffer byteBuffer() {
        return memory.slice(index(base()), length()).order(ByteOrder.nativeOrder());
    }

    @Override
    public MutableDirectBuffer directBuffer() {
        directBuffer.wrap(buffer, index(base()), length());
        return directBuffer;
    }

    @Override
    void load(long place, byte[] target, int targetOffset, int count) {
        buffer.getBytes(index(place), target, targetOffset, count);
    }

    @Override
    void store(long place, byte[] source, int sourceOffset, int count) {
        buffer.putBytes(index(place), source, sourceOffset, count);
    }

    @Override
    void load(long place, ByteBuffer target, int targetOffset, int count) {
        buffer.getBytes(index(place), target, targetOffset, count);
    }

    @Override
    void store(long place, ByteBuffer source, int sourceOffset, int count) {
        buffer.putBytes(index(place), source, sourceOffset, count);
    }

    @Override
    void load(long place, MutableDirectBuffer target, int targetOffset, int count) {
        buffer.getBytes(index(place), target, targetOffset, count);
    }

    @Override
    void store(long place, DirectBuffer source, int sourceOffset, int count) {
        buffer.putBytes(index(place), source, sourceOffset, count);
    }

    @Override
    void store(long place, Region source, long sourcePlace, int count) {
        buffer.putBytes(index(place), ((AgronaRegion) source).buffer, ((AgronaRegion) source).index(sourcePlace),
            count);
    }

    @Override
    long addressOf(long place) {
        return place;
    }

    @Override
    IntWord intWordAt(long place) {
        return AgronaIntWord.at(memory, place);
    }

    @Override
    LongWord longWordAt(long place) {
        return AgronaLongWord.at(memory, place);
    }

    @Override
    CircularRegion circularAt(long place, int length) {
        return AgronaCircularRegion.at(this, place, length);
    }

    /** Where the buffer has that address. */
    private int index(long place) {
        return (int) (place - buffer.addressOffset());
    }

    @Override
    Region newView() {
        return new AgronaRegion(memory, buffer);
    }
}
