package io.millrace.memory;

import java.nio.ByteBuffer;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/** A region of {@link SimulatedMemory}: every access to a word is one step, and sequentially consistent. */
final class SimulatedRegion extends Region {
    private final SimulatedMemory memory;
    private int base;
    private int length;

    SimulatedRegion(SimulatedMemory memory) {
        this.memory = memory;
    }

    void setSpan(int newBase, int newLength) {
        base = newBase;
        length = newLength;
    }

    private int index(int offset, int size) {
        checkBounds(offset, size, length);
        return base + offset;
    }

    private int alignedIndex(int offset, int size) {
        int index = index(offset, size);
        if (index % size != 0) {
            throw misaligned(offset, size);
        }
        return index;
    }

    private long readLong(int index) {
        return memory.access(() -> memory.bytes().getLong(index));
    }

    private void writeLong(int index, long value) {
        memory.access(() -> {
            if (!memory.loses(index, value)) {
                memory.bytes().putLong(index, value);
            }
            return 0;
        });
    }

    private int readInt(int index) {
        return (int) memory.access(() -> memory.bytes().getInt(index));
    }

    private void writeInt(int index, int value) {
        memory.access(() -> {
            memory.bytes().putInt(index, value);
            return 0;
        });
    }

    @Override
    public int length() {
        return length;
    }

    @Override
    public byte getBytePlain(int offset) {
        int index = index(offset, Byte.BYTES);
        return (byte) memory.access(() -> memory.bytes().get(index));
    }

    @Override
    public void putBytePlain(int offset, byte value) {
        int index = index(offset, Byte.BYTES);
        memory.access(() -> {
            memory.bytes().put(index, value);
            return 0;
        });
    }

    @Override
    public int getIntPlain(int offset) {
        return readInt(index(offset, Integer.BYTES));
    }

    @Override
    public void putIntPlain(int offset, int value) {
        writeInt(index(offset, Integer.BYTES), value);
    }

    @Override
    public long getLongPlain(int offset) {
        return readLong(index(offset, Long.BYTES));
    }

    @Override
    public void putLongPlain(int offset, long value) {
        writeLong(index(offset, Long.BYTES), value);
    }

    @Override
    public int getIntAcquire(int offset) {
        return readInt(alignedIndex(offset, Integer.BYTES));
    }

    @Override
    public void putIntRelease(int offset, int value) {
        writeInt(alignedIndex(offset, Integer.BYTES), value);
    }

    @Override
    public int getIntVolatile(int offset) {
        return readInt(alignedIndex(offset, Integer.BYTES));
    }

    @Override
    public void putIntVolatile(int offset, int value) {
        writeInt(alignedIndex(offset, Integer.BYTES), value);
    }

    @Override
    public long getLongAcquire(int offset) {
        return readLong(alignedIndex(offset, Long.BYTES));
    }

    @Override
    public void putLongRelease(int offset, long value) {
        writeLong(alignedIndex(offset, Long.BYTES), value);
    }

    @Override
    public long getLongVolatile(int offset) {
        return readLong(alignedIndex(offset, Long.BYTES));
    }

    @Override
    public void putLongVolatile(int offset, long value) {
        writeLong(alignedIndex(offset, Long.BYTES), value);
    }

    @Override
    public boolean compareAndSetInt(int offset, int expected, int update) {
        int index = alignedIndex(offset, Integer.BYTES);
        return memory.access(() -> {
            boolean same = memory.bytes().getInt(index) == expected;
            memory.bytes().putInt(index, same ? update : memory.bytes().getInt(index));
            return same ? 1 : 0;
        }) == 1;
    }

    @Override
    public int getAndAddInt(int offset, int delta) {
        int index = alignedIndex(offset, Integer.BYTES);
        return (int) memory.access(() -> {
            int before = memory.bytes().getInt(index);
            memory.bytes().putInt(index, before + delta);
            return before;
        });
    }

    @Override
    public boolean compareAndSetLong(int offset, long expected, long update) {
        int index = alignedIndex(offset, Long.BYTES);
        return memory.access(() -> {
            boolean same = memory.bytes().getLong(index) == expected;
            memory.bytes().putLong(index, same ? update : memory.bytes().getLong(index));
            return same ? 1 : 0;
        }) == 1;
    }

    @Override
    public long getAndAddLong(int offset, long delta) {
        int index = alignedIndex(offset, Long.BYTES);
        return memory.access(() -> {
            long before = memory.bytes().getLong(index);
            memory.bytes().putLong(index, before + delta);
            return before;
        });
    }

    @Override
    public ByteBuffer byteBuffer() {
        throw byWordsOnly();
    }

    @Override
    public MutableDirectBuffer directBuffer() {
        throw byWordsOnly();
    }

    @Override
    void load(int offset, byte[] target, int targetOffset, int count) {
        for (int i = 0; i < count; i++) {
            target[targetOffset + i] = getBytePlain(offset + i);
        }
    }

    @Override
    void store(int offset, byte[] source, int sourceOffset, int count) {
        for (int i = 0; i < count; i++) {
            putBytePlain(offset + i, source[sourceOffset + i]);
        }
    }

    @Override
    void load(int offset, ByteBuffer target, int targetOffset, int count) {
        throw byWordsOnly();
    }

    @Override
    void store(int offset, ByteBuffer source, int sourceOffset, int count) {
        throw byWordsOnly();
    }

    @Override
    void load(int offset, MutableDirectBuffer target, int targetOffset, int count) {
        throw byWordsOnly();
    }

    @Override
    void store(int offset, DirectBuffer source, int sourceOffset, int count) {
        throw byWordsOnly();
    }

    @Override
    void store(int offset, Region source, int sourceOffset, int count) {
        throw byWordsOnly();
    }

    @Override
    long baseAddress() {
        throw byWordsOnly();
    }

    @Override
    Region emptyView() {
        return new SimulatedRegion(memory);
    }

    @Override
    void moveTo(Region parent, int offset, int newLength) {
        setSpan(((SimulatedRegion) parent).base + offset, newLength);
    }

    private static UnsupportedOperationException byWordsOnly() {
        return new UnsupportedOperationException("simulated memory is accessed by words and byte arrays only");
    }
}
