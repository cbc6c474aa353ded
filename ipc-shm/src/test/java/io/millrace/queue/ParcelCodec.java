package io.millrace.queue;

import io.millrace.codec.DecodingException;
import io.millrace.codec.InPlaceCodec;
import io.millrace.memory.Region;
import java.util.function.Consumer;

/** Parcels to messages and back, checked to the last byte; calls back in the middle of both. */
final class ParcelCodec implements InPlaceCodec<Parcel> {
    private static final int HEADER_LENGTH = 2 * Long.BYTES;
    /** Parcels of producers from here on are longer than a record takes. */
    static final int LARGE = 1_000;
    private static final int LARGE_LENGTH = 300_000;

    private final Consumer<Parcel> encoding;
    private final Consumer<Parcel> decoding;

    ParcelCodec() {
        this(parcel -> { }, parcel -> { });
    }

    /** With what is to be done while half of a message is written, and after one was read but not yet given on. */
    ParcelCodec(Consumer<Parcel> encoding, Consumer<Parcel> decoding) {
        this.encoding = encoding;
        this.decoding = decoding;
    }

    @Override
    public String id() {
        return "parcel";
    }

    @Override
    public int lengthMax(Parcel item) {
        return HEADER_LENGTH + contentLength(item);
    }

    @Override
    public int encodeInPlace(Parcel item, Region target) {
        target.putLongPlain(0, item.producer());
        target.putLongPlain(Long.BYTES, item.number());
        int length = contentLength(item);
        for (int i = 0; i < length; i++) {
            if (i == length / 2) {
                encoding.accept(item);
            }
            target.putBytePlain(HEADER_LENGTH + i, item.content(i));
        }
        return HEADER_LENGTH + length;
    }

    @Override
    public Parcel decode(Region message) {
        if (message.length() < HEADER_LENGTH) {
            throw new DecodingException("a parcel of " + message.length() + " bytes");
        }
        Parcel item = new Parcel((int) message.getLongPlain(0), message.getLongPlain(Long.BYTES));
        if (message.length() != lengthMax(item)) {
            throw new DecodingException(item + " has " + message.length() + " bytes");
        }
        for (int i = 0; i < contentLength(item); i++) {
            if (message.getBytePlain(HEADER_LENGTH + i) != item.content(i)) {
                throw new DecodingException(item + " is torn at " + i);
            }
        }
        decoding.accept(item);
        return item;
    }

    private static int contentLength(Parcel item) {
        return item.producer() >= LARGE ? LARGE_LENGTH : item.length();
    }
}
