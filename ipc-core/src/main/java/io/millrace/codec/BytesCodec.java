package io.millrace.codec;

import io.millrace.memory.Region;

/** The bytes of an array, as they are. */
final class BytesCodec implements InPlaceCodec<byte[]> {
    static final BytesCodec INSTANCE = new BytesCodec();

    private BytesCodec() { }

    @Override
    public String id() {
        return "bytes";
    }

    @Override
    public int lengthMax(byte[] item) {
        return item.length;
    }

    @Override
    public int encodeInPlace(byte[] item, Region target) {
        target.putBytes(0, item, 0, item.length);
        return item.length;
    }

    @Override
    public byte[] decode(Region message) {
        byte[] item = new byte[message.length()];
        message.getBytes(0, item, 0, item.length);
        return item;
    }

    /** Fills the array if the message is exactly as long. */
    @Override
    public byte[] decodeInto(byte[] target, Region message) {
        if (target.length != message.length()) {
            return decode(message);
        }
        message.getBytes(0, target, 0, target.length);
        return target;
    }

    @Override
    public String toString() {
        return "Codec[bytes]";
    }
}
