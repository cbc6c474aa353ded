package io.millrace.atomic;

/** Shared cells were to be made or opened, and nothing on the class path knows where: see {@link CellHome}. */
public final class NoCellHomeException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    NoCellHomeException() {
        super("shared cells are made in a domain, and nothing on the class path knows of any: add"
            + " io.millrace:ipc-shm; without it there are Cells.create(path) and Cells.open(path)");
    }
}
