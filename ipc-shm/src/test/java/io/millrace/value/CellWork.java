package io.millrace.value;

import io.millrace.atomic.Cells;
import io.millrace.atomic.SharedBoolean;
import io.millrace.atomic.SharedByte;
import io.millrace.atomic.SharedByteArray;
import io.millrace.atomic.SharedCounter;
import io.millrace.atomic.SharedDouble;
import io.millrace.atomic.SharedDoubleArray;
import io.millrace.atomic.SharedInt;
import io.millrace.atomic.SharedIntArray;
import io.millrace.atomic.SharedLong;
import io.millrace.atomic.SharedShort;
import io.millrace.atomic.SharedStruct;
import java.nio.charset.StandardCharsets;

/** What the children of the tests do to cells. */
final class CellWork {
    static final int TIMES = 1000;

    private CellWork() { }

    static void addOneTimes(SharedInt number, SharedIntArray array) {
        for (int i = 0; i < TIMES; i++) {
            number.incrementAndGet();
        }
        for (int i = 1; i < array.length(); i++) {
            array.addAndGet(i, array.get(i - 1));
        }
    }

    static void store(SharedInt i, SharedDouble d, SharedShort h, SharedLong q, SharedByte c) {
        i.set(24234);
        d.set(-4.25);
        h.set(234);
        q.set(1L << 34);
        c.set('y');
    }

    /** Doubles everything, as Python's test does. */
    static void doubleAll(SharedInt i, SharedDouble d, SharedLong q, SharedStruct struct, SharedDoubleArray numbers,
        SharedByteArray text) throws InterruptedException {
        i.updateAndGet(value -> 2 * value);
        d.updateAndGet(value -> 2 * value);
        q.updateAndGet(value -> 2 * value);
        struct.update(buffer -> buffer.putInt(0, 2 * buffer.getInt(0)).putDouble(8, 2 * buffer.getDouble(8)));
        for (int index = 0; index < numbers.length(); index++) {
            numbers.updateAndGet(index, value -> 2 * value);
        }
        byte[] hello = "hello".getBytes(StandardCharsets.US_ASCII);
        for (int index = 0; index < hello.length; index++) {
            text.set(hello.length + index, hello[index]);
        }
    }

    static void countAndSignal(SharedCounter counter, Cells cells, SharedBoolean ready) {
        counter.add(5);
        cells.longCell("children").incrementAndGet();
        ready.set(true);
    }

    /** Adds for ever, by the cell of each kind, and says how often. */
    static void addForEver(SharedLong cell, SharedShort narrow, SharedLong started) {
        started.incrementAndGet();
        while (true) {
            narrow.incrementAndGet();
            cell.incrementAndGet();
        }
    }
}
