package io.millrace.memory;

import java.nio.ByteBuffer;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/** A region of {@link SimulatedMemory}: every access to a word is one step, and sequentially consistent. */
final class SimulatedRegion extends Region {
    private final SimulatedMemory memory;

    SimulatedRegion(SimulatedMemory memory) {
        super(0, memory.bytes().capacity());
        this.memory = memory;
    }

    private long readLong(int index) {
        return memory.access(() -> memory.bytes().getLong(index));
    }

    private long storeLong(int index, long value) {
        if (!memory.loses(index, value)) {
            memory.bytes().putLong(index, value);
        }
        return 0;
    }

    private void writeLong(int index, long value) {
        memory.access(() -> storeLong(index, value));
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
    public byte getBytePlain(int offset) {
        int index = (int) place(offset, Byte.BYTES);
        return (byte) memory.plainAccess(() -> memory.bytes().get(index));
    }

    @Override
    public void putBytePlain(int offset, byte value) {
        int index = (int) place(offset, Byte.BYTES);
        memory.plainAccess(() -> {
            memory.bytes().put(index, value);
            return 0;
        });
    }

    @Override
    public int getIntPlain(int offset) {
        int index = (int) place(offset, Integer.BYTES);
        return (int) memory.plainAccess(() -> memory.bytes().getInt(index));
    }

    @Override
    public void putIntPlain(int offset, int value) {
        int index = (int) place(offset, Integer.BYTES);
        memory.plainAccess(() -> {
            memory.bytes().putInt(index, value);
            return 0;
        });
    }

    @Override
    public long getLongPlain(int offset) {
        int index = (int) place(offset, Long.BYTES);
        return memory.plainAccess(() -> memory.bytes().getLong(index));
    }

    @Override
    public void putLongPlain(int offset, long value) {
        int index = (int) place(offset, Long.BYTES);
        memory.plainAccess(() -> storeLong(index, value));
    }

    @Override
    public int getIntAcquire(int offset) {
        return readInt((int) alignedPlace(offset, Integer.BYTES));
    }

    @Override
    public void putIntRelease(int offset, int value) {
        writeInt((int) alignedPlace(offset, Integer.BYTES), value);
    }

    @Override
    public int getIntVolatile(int offset) {
        return readInt((int) alignedPlace(offset, Integer.BYTES));
    }

    @Override
    public void putIntVolatile(int offset, int value) {
        writeInt((int) alignedPlace(offset, Integer.BYTES), value);
    }

    @Override
    public long getLongAcquire(int offset) {
        return readLong((int) alignedPlace(offset, Long.BYTES));
    }

    @Override
    public void putLongRelease(int offset, long value) {
        writeLong((int) alignedPlace(offset, Long.BYTES), value);
    }

    @Override
    public long getLongVolatile(int offset) {
        return readLong((int) alignedPlace(offset, Long.BYTES));
    }

    @Override
    public void putLongVolatile(int offset, long value) {
        writeLong((int) alignedPlace(offset, Long.BYTES), value);
    }

    @Override
    public boolean compareAndSetInt(int offset, int expected, int update) {
        int index = (int) alignedPlace(offset, Integer.BYTES);
        return memory.access(() -> {
            boolean same = memory.bytes().getInt(index) == expected;
            memory.bytes().putInt(index, same ? update : memory.bytes().getInt(index));
            return same ? 1 : 0;
        }) == 1;
    }

    @Override
    public int getAndAddInt(int offset, int delta) {
        int index = (int) alignedPlace(offset, Integer.BYTES);
        return (int) memory.access(() -> {
            int before = memory.bytes().getInt(index);
            memory.bytes().putInt(index, before + delta);
            return before;
        });
    }

    @Override
    public boolean compareAndSetLong(int offset, long expected, long update) {
        int index = (int) alignedPlace(offset, Long.BYTES);
        return memory.access(() -> {
            boolean same = memory.bytes().getLong(index) == expected;
            if (same) {
                storeLong(index, update);
            }
            return same ? 1 : 0;
        }) == 1;
    }

    @Override
    public long getAndAddLong(int offset, long delta) {
        int index = (int) alignedPlace(offset, Long.BYTES);
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
    void load(long place, byte[] target, int targetOffset, int count) {
        for (int i = 0; i < count; i++) {
            int at = (int) place + i;
            target[targetOffset + i] = (byte) memory.plainAccess(() -> memory.bytes().get(at));
        }
    }

    @Override
    void store(long place, byte[] source, int sourceOffset, int count) {
        for (int i = 0; i < count; i++) {
            int at = (int) place + i;
            byte value = source[sourceOffset + i];
            memory.plainAccess(() -> {
                memory.bytes().put(at, value);
                return 0;
            });
        }
    }

    @Override
    void load(long place, ByteBuffer target, int targetOffset, int count) {
        throw byWordsOnly();
    }

    @Override
    void store(long place, ByteBuffer source, int sourceOffset, int count) {
        throw byWordsOnly();
    }

    @Override
    void load(long place, MutableDirectBuffer target, int targetOffset, int count) {
        throw byWordsOnly();
    }

    @Override
    void store(long place, DirectBuffer source, int sourceOffset, int count) {
        throw byWordsOnly();
    }

    @Override
    void store(long place, Region source, long sourcePlace, int count) {
        throw byWordsOnly();
    }

    @Override
    long addressOf(long place) {
        throw byWordsOnly();
    }

    @Override
    Region newView() {
        return new SimulatedRegion(memory);
    }

    private static UnsupportedOperationException byWordsOnly() {
        return new UnsupportedOperationException("simulated memory is accessed by words and byte arrays only");
    }
}
