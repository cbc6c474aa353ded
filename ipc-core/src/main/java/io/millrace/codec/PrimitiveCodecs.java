package io.millrace.codec;

import io.millrace.memory.Region;
import java.nio.ByteOrder;

/** One number or truth value each, in the byte order of the machine, as everything in a region. */
final class PrimitiveCodecs {
    static final InPlaceCodec<Byte> BYTE = new FixedCodec<>("byte", Byte.BYTES) {
        @Override
        void put(Region target, Byte item) {
            target.putBytePlain(0, item);
        }

        @Override
        Byte get(Region message) {
            return message.getBytePlain(0);
        }
    };

    static final InPlaceCodec<Boolean> BOOLEAN = new FixedCodec<>("boolean", Byte.BYTES) {
        @Override
        void put(Region target, Boolean item) {
            target.putBytePlain(0, (byte) (item ? 1 : 0));
        }

        @Override
        Boolean get(Region message) {
            byte stored = message.getBytePlain(0);
            if (stored != 0 && stored != 1) {
                throw new DecodingException("message of codec boolean: actual " + stored + ", expected 0 or 1");
            }
            return stored == 1;
        }
    };

    static final InPlaceCodec<Short> SHORT = new FixedCodec<>("short", Short.BYTES) {
        @Override
        void put(Region target, Short item) {
            putTwoBytes(target, item);
        }

        @Override
        Short get(Region message) {
            return (short) getTwoBytes(message);
        }
    };

    static final InPlaceCodec<Character> CHAR = new FixedCodec<>("char", Character.BYTES) {
        @Override
        void put(Region target, Character item) {
            putTwoBytes(target, item);
        }

        @Override
        Character get(Region message) {
            return (char) getTwoBytes(message);
        }
    };

    static final InPlaceCodec<Integer> INT = new FixedCodec<>("int", Integer.BYTES) {
        @Override
        void put(Region target, Integer item) {
            target.putIntPlain(0, item);
        }

        @Override
        Integer get(Region message) {
            return message.getIntPlain(0);
        }
    };

    static final InPlaceCodec<Long> LONG = new FixedCodec<>("long", Long.BYTES) {
        @Override
        void put(Region target, Long item) {
            target.putLongPlain(0, item);
        }

        @Override
        Long get(Region message) {
            return message.getLongPlain(0);
        }
    };

    // Raw bits: also those of a NaN arrive as they were.
    static final InPlaceCodec<Float> FLOAT = new FixedCodec<>("float", Float.BYTES) {
        @Override
        void put(Region target, Float item) {
            target.putIntPlain(0, Float.floatToRawIntBits(item));
        }

        @Override
        Float get(Region message) {
            return Float.intBitsToFloat(message.getIntPlain(0));
        }
    };

    static final InPlaceCodec<Double> DOUBLE = new FixedCodec<>("double", Double.BYTES) {
        @Override
        void put(Region target, Double item) {
            target.putLongPlain(0, Double.doubleToRawLongBits(item));
        }

        @Override
        Double get(Region message) {
            return Double.longBitsToDouble(message.getLongPlain(0));
        }
    };

    /** Offset of the less significant one of two bytes. */
    private static final int LOW = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN ? 0 : 1;

    private PrimitiveCodecs() { }

    private static void putTwoBytes(Region target, int value) {
        target.putBytePlain(LOW, (byte) value);
        target.putBytePlain(1 - LOW, (byte) (value >> Byte.SIZE));
    }

    private static int getTwoBytes(Region message) {
        return message.getBytePlain(LOW) & 0xFF | message.getBytePlain(1 - LOW) << Byte.SIZE;
    }
}
