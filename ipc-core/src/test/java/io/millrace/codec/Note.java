package io.millrace.codec;

import java.util.Arrays;
import net.openhft.chronicle.bytes.BytesIn;
import net.openhft.chronicle.bytes.BytesMarshallable;
import net.openhft.chronicle.bytes.BytesOut;

/** An object of any length that writes itself by chronicle-bytes: a count and as many numbers. */
final class Note implements BytesMarshallable {
    private static final int COUNT_MAX = 1 << 20;

    long[] numbers = {};

    static Note of(long... numbers) {
        Note note = new Note();
        note.numbers = numbers;
        return note;
    }

    @Override
    public void writeMarshallable(BytesOut<?> bytes) {
        bytes.writeInt(numbers.length);
        for (long number : numbers) {
            bytes.writeLong(number);
        }
    }

    @Override
    public void readMarshallable(BytesIn<?> bytes) {
        int count = bytes.readInt();
        if (count < 0 || count > COUNT_MAX) {
            throw new IllegalArgumentException("count of numbers: " + count);
        }
        numbers = new long[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = bytes.readLong();
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Note note && Arrays.equals(note.numbers, numbers);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(numbers);
    }

    @Override
    public String toString() {
        return "Note[" + numbers.length + " numbers]";
    }
}
