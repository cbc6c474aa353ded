package io.millrace.atomic;

import io.millrace.atomic.Cells.Entry;
import io.millrace.format.CorruptSegmentException;
import io.millrace.format.Layout;
import io.millrace.memory.Region;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Cells seen from outside: what is in them, without a handle on them.
 *
 * <p><b>Who may call it:</b> any thread.
 *
 * <p><b>What is in use</b> shows each cell as it was at some instant of the call, not all at the same one.
 */
public final class CellInspector {
    private CellInspector() { }

    /** Whether that is the name of a kind of segment that has cells in it. */
    public static boolean isCells(String kind) {
        return CellFormats.of(kind) != null;
    }

    /**
     * The cells of a segment; changes nothing. An element has its index for a label, a single cell {@code value}.
     *
     * @param kind of the segment
     * @param body what that kind has in it, which is not believed
     * @param path of the segment, for messages
     * @throws CorruptSegmentException if it is damaged
     * @throws IllegalArgumentException if it is none with cells
     */
    public static List<Entry> look(String kind, Region body, Path path) throws CorruptSegmentException {
        return switch (kind) {
            case Cells.KIND_NAME -> entries(body, new LabelTable(body, slots(body, path)));
            case SharedCounter.KIND_NAME -> {
                long sum = 0;
                for (Entry entry : values(CellType.LONG, ValueFormat.span(body, path, Long.BYTES))) {
                    sum += (Long) entry.value();
                }
                yield List.of(new Entry("value", "long", sum));
            }
            case SharedStruct.KIND_NAME -> struct(body, path);
            case SharedStructArray.KIND_NAME -> structs(StructTable.of(body, path));
            case ShareableList.KIND_NAME -> items(StructTable.of(body, path), path);
            default -> values(kind, body, path);
        };
    }

    private static List<Entry> struct(Region body, Path path) throws CorruptSegmentException {
        int length = SharedStruct.length(body, path);
        TwoBuffers buffers = new TwoBuffers(body, length);
        return List.of(new Entry("length", "int", length), new Entry("version", "long", buffers.version()),
            new Entry("writer", "int", buffers.writer()));
    }

    private static List<Entry> structs(StructTable table) {
        List<Entry> entries = new ArrayList<>(table.count());
        for (int i = 0; i < table.count(); i++) {
            TwoBuffers struct = table.at(i);
            entries.add(new Entry(Integer.toString(i), "struct", struct.length() + " bytes, version "
                + struct.version()));
        }
        return entries;
    }

    private static List<Entry> items(StructTable table, Path path) throws CorruptSegmentException {
        List<Entry> entries = new ArrayList<>(table.count());
        for (int i = 0; i < table.count(); i++) {
            byte[] slot = new byte[table.at(i).length()];
            table.at(i).read(slot);
            Object item = ListItem.decode(slot, path);
            entries.add(new Entry(Integer.toString(i), ListItem.typeName(item), ListItem.printable(item)));
        }
        return entries;
    }

    private static List<Entry> values(String kind, Region body, Path path) throws CorruptSegmentException {
        for (CellType type : CellType.values()) {
            boolean array = type.arrayKind().name().equals(kind);
            if (array || type.kind().name().equals(kind)) {
                List<Entry> entries = values(type, ValueFormat.span(body, path, type.size()));
                return array ? entries : entries.stream()
                    .map(entry -> new Entry("value", entry.type(), entry.value())).toList();
            }
        }
        throw new IllegalArgumentException("kind of cells: actual '" + kind + "'");
    }

    private static List<Entry> values(CellType type, Span span) {
        CellWords words = type.words(span, null);
        List<Entry> entries = new ArrayList<>(span.count());
        for (int i = 0; i < span.count(); i++) {
            entries.add(new Entry(Integer.toString(i), type.toString(), type.box(words, i)));
        }
        return entries;
    }

    static List<Entry> entries(Region body, LabelTable labels) {
        List<Entry> entries = new ArrayList<>();
        for (int slot = 0; slot < labels.slots() && labels.isBegun(slot); slot++) {
            CellType type = labels.type(slot);
            String label = labels.label(slot);
            if (type != null && label != null) {
                Region value = body.slice(LabelLayout.slot(slot), LabelLayout.VALUE_LENGTH);
                CellWords words = type.words(
                    new Span(value, ValueLayout.SIGNAL, ValueLayout.CELLS, 1, Long.BYTES), null);
                entries.add(new Entry(label, type.toString(), type.box(words, 0)));
            }
        }
        return entries;
    }

    /** How many slots there are in a body, which is not believed. */
    static int slots(Region body, Path path) throws CorruptSegmentException {
        int slots = body.length() < Layout.CACHE_LINE_PAIR ? 0 : body.getIntPlain(LabelLayout.SLOTS);
        if (slots < 1 || body.length() != LabelLayout.length(slots)) {
            throw new CorruptSegmentException(path, "slots of labelled cells: actual " + slots + " in a body of "
                + body.length() + " bytes");
        }
        return slots;
    }
}
