package io.millrace.atomic;

import io.millrace.atomic.ValueFormat.Initial;

/** The formats by the names of their kinds, for opening. */
final class CellFormats {
    private CellFormats() { }

    /** The one with this name, or null. */
    static CellFormat<?> of(String kind) {
        for (CellType type : CellType.values()) {
            if (type.kind().name().equals(kind)) {
                return new ValueFormat<>(type, Initial.ZERO, type::value);
            }
            if (type.arrayKind().name().equals(kind)) {
                return new ValueFormat<>(type, 0, Initial.ZERO, type::array);
            }
        }
        return switch (kind) {
            case SharedCounter.KIND_NAME -> SharedCounter.format(1);
            case SharedStruct.KIND_NAME -> SharedStruct.format(1);
            case SharedStructArray.KIND_NAME -> SharedStructArray.format(new int[0], null);
            case ShareableList.KIND_NAME -> ShareableList.format();
            case Cells.KIND_NAME -> Cells.format(1);
            default -> null;
        };
    }
}
