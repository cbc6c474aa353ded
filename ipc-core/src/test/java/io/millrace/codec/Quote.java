package io.millrace.codec;

import java.util.Random;
import net.openhft.chronicle.bytes.BytesIn;
import net.openhft.chronicle.bytes.BytesMarshallable;
import net.openhft.chronicle.bytes.BytesOut;

/** An object of fixed length that writes itself by chronicle-bytes. */
final class Quote implements BytesMarshallable {
    static final int LENGTH = 2 * Long.BYTES + Integer.BYTES + 1;

    long time;
    double price;
    int count;
    boolean isLast;

    static Quote random(Random random) {
        Quote quote = new Quote();
        quote.time = random.nextLong();
        quote.price = random.nextDouble();
        quote.count = random.nextInt();
        quote.isLast = random.nextBoolean();
        return quote;
    }

    @Override
    public void writeMarshallable(BytesOut<?> bytes) {
        bytes.writeLong(time).writeDouble(price).writeInt(count).writeByte((byte) (isLast ? 1 : 0));
    }

    @Override
    public void readMarshallable(BytesIn<?> bytes) {
        time = bytes.readLong();
        price = bytes.readDouble();
        count = bytes.readInt();
        isLast = bytes.readByte() != 0;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Quote quote && quote.time == time && quote.price == price
            && quote.count == count && quote.isLast == isLast;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(time);
    }

    @Override
    public String toString() {
        return "Quote[" + time + ", " + price + ", " + count + ", " + isLast + "]";
    }
}
