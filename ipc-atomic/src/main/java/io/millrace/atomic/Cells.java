package io.millrace.atomic;

import io.millrace.atomic.CellHome.CellObject;
import io.millrace.atomic.ValueFormat.Initial;
import io.millrace.format.CorruptSegmentException;
import io.millrace.format.Segment;
import io.millrace.format.SegmentKind;
import io.millrace.memory.Region;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Many single cells with labels in one file, such as the counters of an application: thousands cost one file and 256
 * bytes each.
 *
 * <p>Whoever first asks for a label makes its cell, which is zero then; everybody who asks for it later gets the same
 * one. Each cell has cache lines of its own. A cell stays: retiring it only hides it, until somebody asks for it again,
 * who finds the value that it had.
 *
 * <p><b>Who may call it:</b> any number of threads of any number of processes, each with a handle of its own or
 * shared.
 *
 * <p><b>Memory consistency effects:</b> of the cells those of the {@linkplain io.millrace.atomic package}; what
 * precedes the making of a cell is visible to whoever finds it.
 *
 * <p><b>Close and death:</b> closing closes the cells that were got here, too. A process that dies while it makes a
 * cell leaves at most a slot with the beginning of a label, which is used for the next label that begins so, and is
 * passed by all others. The file stays until it is removed.
 *
 * <p><b>Cost:</b> asking for a label walks over the slots: ask once, and keep the cell. Then the costs are those of the
 * cell.
 */
public final class Cells extends SharedCells {
    static final String KIND_NAME = "cells";
    static final SegmentKind KIND = new SegmentKind(KIND_NAME, 1, 1);

    private static final long serialVersionUID = 1;

    private final transient Region body;
    private final transient LabelTable labels;
    private final transient ConcurrentMap<String, SharedCells> known = new ConcurrentHashMap<>();
    private transient volatile boolean closed;

    private Cells(CellObject object, int slots) {
        super(KIND_NAME, object);
        this.body = object.body();
        this.labels = new LabelTable(body, slots);
    }

    /**
     * Makes a file for so many cells, in no domain: needs nothing but a path.
     *
     * @throws IllegalArgumentException if there is to be less than one slot, or more than a file takes
     * @throws IOException if it cannot be made; {@link java.nio.file.FileAlreadyExistsException} if there is one
     */
    public static Cells create(Path file, int slots) throws IOException {
        Format format = format(slots);
        return format.over(new CellsFile(Segment.create(file, KIND, format.length(), format::initialise)));
    }

    /**
     * Opens such a file.
     *
     * @throws IOException if it cannot be opened; {@link io.millrace.format.SegmentFormatException} if it is something
     *     else or damaged
     */
    public static Cells open(Path file) throws IOException {
        return over(new CellsFile(Segment.open(file, KIND)));
    }

    /** Makes a shared object of so many cells in a domain. */
    public static CellsBuilder<Cells> builder(int slots) {
        return new CellsBuilder<>(format(slots));
    }

    /** Opens one in a domain by its name. */
    public static CellsBuilder<Cells> builder() {
        return builder(1);
    }

    static Format format(int slots) {
        if (slots < 1) {
            throw new IllegalArgumentException("slots of labelled cells: actual " + slots + ", expected at least 1");
        }
        return new Format(slots);
    }

    static Cells over(CellObject object) throws CorruptSegmentException {
        return format(1).over(object);
    }

    /**
     * One cell as it was when its turn came.
     *
     * @param label of the cell
     * @param type such as {@code long}
     * @param value of the box of that type
     */
    public record Entry(String label, String type, Object value) { }

    /**
     * The cell with that label, made if there is none. The handle is the same at every call until it is closed.
     *
     * @throws IllegalArgumentException if the label is empty, or longer than 103 bytes of UTF-8, or has a NUL in it
     * @throws WrongCellTypeException if it is of another type
     * @throws IllegalStateException if there is no slot left
     */
    public SharedLong longCell(String label) {
        return (SharedLong) cell(label, CellType.LONG);
    }

    /** The same of an {@code int}. */
    public SharedInt intCell(String label) {
        return (SharedInt) cell(label, CellType.INT);
    }

    /** The same of a {@code double}. */
    public SharedDouble doubleCell(String label) {
        return (SharedDouble) cell(label, CellType.DOUBLE);
    }

    /** The same of a {@code float}. */
    public SharedFloat floatCell(String label) {
        return (SharedFloat) cell(label, CellType.FLOAT);
    }

    /** The same of a {@code short}. */
    public SharedShort shortCell(String label) {
        return (SharedShort) cell(label, CellType.SHORT);
    }

    /** The same of a {@code byte}. */
    public SharedByte byteCell(String label) {
        return (SharedByte) cell(label, CellType.BYTE);
    }

    /** The same of a {@code boolean}. */
    public SharedBoolean booleanCell(String label) {
        return (SharedBoolean) cell(label, CellType.BOOLEAN);
    }

    /** The same of a {@code char}. */
    public SharedChar charCell(String label) {
        return (SharedChar) cell(label, CellType.CHAR);
    }

    /** Whether there is a cell with that label, which is not retired. */
    public boolean contains(String label) {
        checkOpen();
        int slot = labels.find(LabelTable.words(label));
        return slot >= 0 && labels.type(slot) != null;
    }

    /** Hides a cell until somebody asks for it again; whether there was one. Handles on it go on. */
    public boolean retire(String label) {
        checkOpen();
        int slot = labels.find(LabelTable.words(label));
        return slot >= 0 && labels.retire(slot);
    }

    /** All cells that are not retired, in the order in which they were made. */
    public List<Entry> entries() {
        checkOpen();
        return CellInspector.entries(body, labels);
    }

    /** How many cells there may be. */
    public int slots() {
        checkOpen();
        return labels.slots();
    }

    private SharedCells cell(String label, CellType type) {
        checkOpen();
        SharedCells cell = known.get(label);
        if (cell == null || !contains(label)) {
            SharedCells made = over(object(label, type, false), type);
            cell = known.putIfAbsent(label, made);
            cell = cell == null ? made : cell;
            if (closed) {
                cell.end(); // close() may have been too early to see it
                checkOpen();
            }
        }
        if (cell.getClass() != type.valueClass()) {
            throw new WrongCellTypeException(label, cell.getClass().getSimpleName(), type);
        }
        return cell;
    }

    private static SharedCells over(LabelledCell cell, CellType type) {
        try {
            return new ValueFormat<>(type, Initial.ZERO, type::value).over(cell);
        } catch (CorruptSegmentException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A handle was closed: who asks for its label gets a new one. */
    void forget(String label) {
        known.remove(label);
    }

    /** The cell with that label as the object of a value, made if there is none. */
    LabelledCell object(String label, CellType type, boolean alone) {
        int slot = labels.findOrAdd(LabelTable.words(label));
        if (slot < 0) {
            throw new IllegalStateException("no slot left in " + name() + ": all " + labels.slots()
                + " have other labels; make it with more");
        }
        CellType actual = labels.makeTyped(slot, type);
        if (actual != type) {
            throw new WrongCellTypeException(label, actual == null ? "unknown" : actual, type);
        }
        return new LabelledCell(this, label,
            body.slice(LabelLayout.slot(slot), LabelLayout.VALUE_LENGTH), alone);
    }

    @Override
    void end() {
        closed = true;
        known.values().forEach(SharedCells::end);
    }

    @Override
    void checkOpen() {
        if (closed) {
            throw new IllegalStateException("the handle on the cells is closed");
        }
    }

    @Override
    String contents() {
        return entries().size() + " of " + labels.slots() + " cells";
    }

    /** How they are made and opened. */
    record Format(int slots) implements CellFormat<Cells> {
        @Override
        public SegmentKind kind() {
            return KIND;
        }

        @Override
        public long length() {
            return LabelLayout.length(slots);
        }

        @Override
        public void initialise(Region body) {
            body.putIntPlain(LabelLayout.SLOTS, slots);
            for (int i = 0; i < slots; i++) {
                body.putIntPlain(LabelLayout.slot(i) + ValueLayout.COUNT, 1);
                body.putIntPlain(LabelLayout.slot(i) + ValueLayout.STRIDE, Long.BYTES);
            }
        }

        @Override
        public Cells over(CellObject object) throws CorruptSegmentException {
            return new Cells(object, CellInspector.slots(object.body(), object.path()));
        }
    }
}
