package io.millrace.atomic;

import io.millrace.atomic.CellHome.CellObject;
import io.millrace.format.SegmentKind;
import java.util.Locale;

/** What can be in a cell. The order is part of the format of {@link Cells}: new ones are added at the end. */
enum CellType {
    LONG(Long.BYTES, SharedLong.class) {
        @Override
        SharedCells value(CellWords words) {
            return new SharedLong(words);
        }

        @Override
        SharedCells array(CellWords words) {
            return new SharedLongArray(words);
        }

        @Override
        Object box(CellWords words, int index) {
            return ((LongWords) words).get(index);
        }
    },
    INT(Integer.BYTES, SharedInt.class) {
        @Override
        SharedCells value(CellWords words) {
            return new SharedInt(words);
        }

        @Override
        SharedCells array(CellWords words) {
            return new SharedIntArray(words);
        }

        @Override
        Object box(CellWords words, int index) {
            return ((IntWords) words).get(index);
        }
    },
    DOUBLE(Double.BYTES, SharedDouble.class) {
        @Override
        SharedCells value(CellWords words) {
            return new SharedDouble(words);
        }

        @Override
        SharedCells array(CellWords words) {
            return new SharedDoubleArray(words);
        }

        @Override
        Object box(CellWords words, int index) {
            return Double.longBitsToDouble(((LongWords) words).get(index));
        }
    },
    FLOAT(Float.BYTES, SharedFloat.class) {
        @Override
        SharedCells value(CellWords words) {
            return new SharedFloat(words);
        }

        @Override
        SharedCells array(CellWords words) {
            return new SharedFloatArray(words);
        }

        @Override
        Object box(CellWords words, int index) {
            return Float.intBitsToFloat(((IntWords) words).get(index));
        }
    },
    SHORT(Short.BYTES, SharedShort.class) {
        @Override
        SharedCells value(CellWords words) {
            return new SharedShort(words);
        }

        @Override
        SharedCells array(CellWords words) {
            return new SharedShortArray(words);
        }

        @Override
        Object box(CellWords words, int index) {
            return (short) ((NarrowWords) words).get(index);
        }
    },
    BYTE(Byte.BYTES, SharedByte.class) {
        @Override
        SharedCells value(CellWords words) {
            return new SharedByte(words);
        }

        @Override
        SharedCells array(CellWords words) {
            return new SharedByteArray(words);
        }

        @Override
        Object box(CellWords words, int index) {
            return (byte) ((NarrowWords) words).get(index);
        }
    },
    BOOLEAN(Byte.BYTES, SharedBoolean.class) {
        @Override
        SharedCells value(CellWords words) {
            return new SharedBoolean(words);
        }

        @Override
        SharedCells array(CellWords words) {
            return new SharedBooleanArray(words);
        }

        @Override
        Object box(CellWords words, int index) {
            return ((NarrowWords) words).get(index) != 0;
        }
    },
    CHAR(Character.BYTES, SharedChar.class) {
        @Override
        SharedCells value(CellWords words) {
            return new SharedChar(words);
        }

        @Override
        SharedCells array(CellWords words) {
            return new SharedCharArray(words);
        }

        @Override
        Object box(CellWords words, int index) {
            return (char) ((NarrowWords) words).get(index);
        }
    };

    private final int size;
    private final Class<?> valueClass;
    private final SegmentKind kind;
    private final SegmentKind arrayKind;

    CellType(int size, Class<?> valueClass) {
        this.size = size;
        this.valueClass = valueClass;
        this.kind = new SegmentKind(toString(), 1, 1);
        this.arrayKind = new SegmentKind(this + "-array", 1, 1);
    }

    /** Bytes that it takes. */
    int size() {
        return size;
    }

    /** The handle on one. */
    Class<?> valueClass() {
        return valueClass;
    }

    /** The kind of segment that has one. */
    SegmentKind kind() {
        return kind;
    }

    /** The kind of segment that has several. */
    SegmentKind arrayKind() {
        return arrayKind;
    }

    /** Access to cells of this type; the object is null for those that nobody else sees yet. */
    CellWords words(Span span, CellObject object) {
        return switch (size) {
            case Long.BYTES -> new LongWords(span, object);
            case Integer.BYTES -> new IntWords(span, object);
            default -> new NarrowWords(size, span, object);
        };
    }

    abstract SharedCells value(CellWords words);

    abstract SharedCells array(CellWords words);

    /** What is in a cell, for people. */
    abstract Object box(CellWords words, int index);

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
