package io.millrace.atomic;

import io.millrace.atomic.CellHome.CellObject;
import io.millrace.format.CorruptSegmentException;
import io.millrace.format.Layout;
import io.millrace.format.SegmentKind;
import io.millrace.memory.Region;
import java.nio.file.Path;

/** How a value or an array is made and opened. */
final class ValueFormat<T> implements CellFormat<T> {
    private final CellType type;
    private final boolean array;
    private final int count;
    private final Initial initial;
    private final Maker<T> maker;
    private int stride;

    /** What the cells are when they are made. */
    interface Initial {
        /** All zero. */
        Initial ZERO = (words, index) -> { };

        /** Sets one of them, which is zero. */
        void set(CellWords words, int index);
    }

    /** What makes the object that the user gets. */
    interface Maker<T> {
        T over(CellWords words);
    }

    /** Of an array. */
    ValueFormat(CellType type, int count, Initial initial, Maker<T> maker) {
        this(type, true, count, initial, maker);
    }

    /** Of one value. */
    ValueFormat(CellType type, Initial initial, Maker<T> maker) {
        this(type, false, 1, initial, maker);
    }

    private ValueFormat(CellType type, boolean array, int count, Initial initial, Maker<T> maker) {
        if (count < 0) {
            throw new IllegalArgumentException("length of an array: actual " + count + ", expected at least 0");
        }
        this.type = type;
        this.array = array;
        this.count = count;
        this.initial = initial;
        this.maker = maker;
        this.stride = type.size();
    }

    boolean isArray() {
        return array;
    }

    void pad() {
        stride = Layout.CACHE_LINE_PAIR;
    }

    @Override
    public SegmentKind kind() {
        return array ? type.arrayKind() : type.kind();
    }

    @Override
    public long length() {
        return ValueLayout.length(count, stride);
    }

    @Override
    public void initialise(Region body) {
        body.putIntPlain(ValueLayout.COUNT, count);
        body.putIntPlain(ValueLayout.STRIDE, stride);
        if (initial != Initial.ZERO) {
            CellWords words = type.words(new Span(body, ValueLayout.SIGNAL, ValueLayout.CELLS, count, stride), null);
            for (int i = 0; i < count; i++) {
                initial.set(words, i);
            }
        }
    }

    @Override
    public T over(CellObject object) throws CorruptSegmentException {
        Span span = span(object.body(), object.path(), type.size());
        if (!array && span.count() != 1) {
            throw new CorruptSegmentException(object.path(), "values: actual " + span.count() + ", expected 1");
        }
        return maker.over(type.words(span, object));
    }

    /** Where the cells are in a body, which is not believed. */
    static Span span(Region body, Path path, int size) throws CorruptSegmentException {
        if (body.length() < ValueLayout.CELLS) {
            throw new CorruptSegmentException(path, "length of the body: actual " + body.length()
                + ", expected at least " + ValueLayout.CELLS);
        }
        int count = body.getIntPlain(ValueLayout.COUNT);
        int stride = body.getIntPlain(ValueLayout.STRIDE);
        if (count < 0 || stride < size || stride > Layout.CACHE_LINE_PAIR || Integer.bitCount(stride) != 1
            || body.length() != ValueLayout.length(count, stride)) {
            throw new CorruptSegmentException(path, "count " + count + " and stride " + stride
                + " of cells of " + size + " bytes do not fit a body of " + body.length());
        }
        return new Span(body, ValueLayout.SIGNAL, ValueLayout.CELLS, count, stride);
    }
}
