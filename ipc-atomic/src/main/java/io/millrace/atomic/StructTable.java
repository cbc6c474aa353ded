package io.millrace.atomic;

import io.millrace.format.CorruptSegmentException;
import io.millrace.memory.Region;
import java.nio.file.Path;
import java.util.Objects;

/** Which structs there are in a body, and where. */
final class StructTable {
    private final Region body;
    private final int[] lengths;
    private final int[] offsets;

    private StructTable(Region body, int[] lengths, int[] offsets) {
        this.body = body;
        this.lengths = lengths;
        this.offsets = offsets;
    }

    /** Bytes of a body for values of these lengths. */
    static long length(int... lengths) {
        long length = StructsLayout.elements(lengths.length);
        for (int one : lengths) {
            length += StructsLayout.element(one);
        }
        return length;
    }

    /** Fills a body, which is zero; the values stay so. */
    static StructTable initialise(Region body, int... lengths) {
        body.putIntPlain(StructsLayout.COUNT, lengths.length);
        for (int i = 0; i < lengths.length; i++) {
            body.putIntPlain(StructsLayout.LENGTHS + i * Integer.BYTES, lengths[i]);
        }
        return new StructTable(body, lengths, offsets(lengths));
    }

    /** What is in a body, which is not believed. */
    static StructTable of(Region body, Path path) throws CorruptSegmentException {
        int count = body.length() < StructsLayout.LENGTHS ? -1 : body.getIntPlain(StructsLayout.COUNT);
        if (count < 0 || StructsLayout.elements(count) > body.length()) {
            throw new CorruptSegmentException(path, "structs: actual " + count + " in a body of " + body.length()
                + " bytes");
        }
        int[] lengths = new int[count];
        for (int i = 0; i < count; i++) {
            lengths[i] = body.getIntPlain(StructsLayout.LENGTHS + i * Integer.BYTES);
            if (lengths[i] < 1) {
                throw new CorruptSegmentException(path, "length of struct " + i + ": actual " + lengths[i]);
            }
        }
        if (length(lengths) != body.length()) {
            throw new CorruptSegmentException(path, count + " structs of " + length(lengths) + " bytes in a body of "
                + body.length());
        }
        return new StructTable(body, lengths, offsets(lengths));
    }

    private static int[] offsets(int... lengths) {
        int[] offsets = new int[lengths.length];
        long offset = StructsLayout.elements(lengths.length);
        for (int i = 0; i < lengths.length; i++) {
            offsets[i] = (int) offset;
            offset += StructsLayout.element(lengths[i]);
        }
        return offsets;
    }

    int count() {
        return lengths.length;
    }

    /** One of them. */
    TwoBuffers at(int index) {
        Objects.checkIndex(index, lengths.length);
        int length = lengths[index];
        int offset = offsets[index];
        return new TwoBuffers(body, offset + StructsLayout.STATE, (int) (offset + StructsLayout.buffer(0, length)),
            (int) (offset + StructsLayout.buffer(1, length)), length);
    }
}
