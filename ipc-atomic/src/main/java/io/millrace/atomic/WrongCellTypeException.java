package io.millrace.atomic;

/** There is a cell with the label, and its type is another than the one asked for. */
public final class WrongCellTypeException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    WrongCellTypeException(String label, Object actual, CellType expected) {
        super("type of the cell '" + label + "': actual " + actual + ", expected " + expected
            + "; ask for it as what it is");
    }
}
