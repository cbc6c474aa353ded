package io.millrace.memory;

import java.util.List;
import java.util.Map;

/** Every way to reach a byte or a word of a region, by the name of the method. */
record WordAccess(String name, int size, boolean aligned, Call call) {
    static final Map<String, IntGetter> INT_GETTERS = Map.of(
        "getIntPlain", Region::getIntPlain,
        "getIntAcquire", Region::getIntAcquire,
        "getIntVolatile", Region::getIntVolatile);

    static final Map<String, IntPutter> INT_PUTTERS = Map.of(
        "putIntPlain", Region::putIntPlain,
        "putIntRelease", Region::putIntRelease,
        "putIntVolatile", Region::putIntVolatile);

    static final Map<String, LongGetter> LONG_GETTERS = Map.of(
        "getLongPlain", Region::getLongPlain,
        "getLongAcquire", Region::getLongAcquire,
        "getLongVolatile", Region::getLongVolatile);

    static final Map<String, LongPutter> LONG_PUTTERS = Map.of(
        "putLongPlain", Region::putLongPlain,
        "putLongRelease", Region::putLongRelease,
        "putLongVolatile", Region::putLongVolatile);

    static final List<WordAccess> ALL = List.of(
        new WordAccess("getBytePlain", Byte.BYTES, false, Region::getBytePlain),
        new WordAccess("putBytePlain", Byte.BYTES, false,
            (region, offset) -> region.putBytePlain(offset, (byte) 1)),
        new WordAccess("getIntPlain", Integer.BYTES, false, Region::getIntPlain),
        new WordAccess("putIntPlain", Integer.BYTES, false,
            (region, offset) -> region.putIntPlain(offset, 1)),
        new WordAccess("getLongPlain", Long.BYTES, false, Region::getLongPlain),
        new WordAccess("putLongPlain", Long.BYTES, false, (region, offset) -> region.putLongPlain(offset, 1)),
        new WordAccess("getIntAcquire", Integer.BYTES, true, Region::getIntAcquire),
        new WordAccess("putIntRelease", Integer.BYTES, true,
            (region, offset) -> region.putIntRelease(offset, 1)),
        new WordAccess("getIntVolatile", Integer.BYTES, true, Region::getIntVolatile),
        new WordAccess("putIntVolatile", Integer.BYTES, true,
            (region, offset) -> region.putIntVolatile(offset, 1)),
        new WordAccess("getLongAcquire", Long.BYTES, true, Region::getLongAcquire),
        new WordAccess("putLongRelease", Long.BYTES, true,
            (region, offset) -> region.putLongRelease(offset, 1)),
        new WordAccess("getLongVolatile", Long.BYTES, true, Region::getLongVolatile),
        new WordAccess("putLongVolatile", Long.BYTES, true,
            (region, offset) -> region.putLongVolatile(offset, 1)),
        new WordAccess("compareAndSetInt", Integer.BYTES, true,
            (region, offset) -> region.compareAndSetInt(offset, 0, 1)),
        new WordAccess("getAndAddInt", Integer.BYTES, true,
            (region, offset) -> region.getAndAddInt(offset, 1)),
        new WordAccess("compareAndSetLong", Long.BYTES, true,
            (region, offset) -> region.compareAndSetLong(offset, 0, 1)),
        new WordAccess("getAndAddLong", Long.BYTES, true,
            (region, offset) -> region.getAndAddLong(offset, 1)));

    interface Call {
        void on(Region region, int offset);
    }

    interface IntGetter {
        int get(Region region, int offset);
    }

    interface IntPutter {
        void put(Region region, int offset, int value);
    }

    interface LongGetter {
        long get(Region region, int offset);
    }

    interface LongPutter {
        void put(Region region, int offset, long value);
    }
}
