package io.millrace.atomic;

import io.millrace.atomic.CellHome.CellObject;
import io.millrace.format.SegmentKind;
import io.millrace.memory.Region;
import java.io.IOException;
import java.util.function.BiFunction;

/**
 * How several structs are made and opened.
 *
 * @param lengths of their values in bytes
 * @param values that they begin with; null for zeros
 * @param maker of what the user gets
 */
record StructsFormat<T>(SegmentKind kind, int[] lengths, byte[][] values,
    BiFunction<CellObject, StructTable, T> maker) implements CellFormat<T> {
    StructsFormat {
        for (int i = 0; i < lengths.length; i++) {
            if (lengths[i] < 1) {
                throw new IllegalArgumentException("length of struct " + i + ": actual " + lengths[i]
                    + ", expected at least 1");
            }
        }
    }

    @Override
    public long length() {
        return StructTable.length(lengths);
    }

    @Override
    public void initialise(Region body) {
        StructTable table = StructTable.initialise(body, lengths);
        if (values != null) {
            for (int i = 0; i < values.length; i++) {
                table.at(i).initialise(values[i]);
            }
        }
    }

    @Override
    public T over(CellObject object) throws IOException {
        return maker.apply(object, StructTable.of(object.body(), object.path()));
    }
}
