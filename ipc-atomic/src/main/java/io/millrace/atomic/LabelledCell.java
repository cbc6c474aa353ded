package io.millrace.atomic;

import io.millrace.atomic.CellHome.CellObject;
import io.millrace.atomic.CellHome.Sent;
import io.millrace.format.SegmentKind;
import io.millrace.memory.Region;
import io.millrace.ring.Owner;
import io.millrace.wait.Signal;
import io.millrace.wait.Waiter;
import java.io.IOException;
import java.io.NotSerializableException;
import java.nio.file.Path;
import java.util.Arrays;

/** One slot of labelled cells, as the object of one value. */
final class LabelledCell implements CellObject {
    private final Cells cells;
    private final String label;
    private final Region slot;
    private final boolean alone;

    /** If it is alone, the cells are closed with it. */
    LabelledCell(Cells cells, String label, Region slot, boolean alone) {
        this.cells = cells;
        this.label = label;
        this.slot = slot;
        this.alone = alone;
    }

    @Override
    public Region body() {
        return slot;
    }

    @Override
    public String name() {
        return label;
    }

    @Override
    public Path path() {
        return cells.object().path();
    }

    @Override
    public Owner owner() {
        return cells.object().owner();
    }

    /** That of all the cells. */
    @Override
    public ObjectLock lock() {
        return cells.object().lock();
    }

    @Override
    public Waiter waiter(Signal signal) {
        return cells.object().waiter(signal);
    }

    @Override
    public void checkNotRemoved() {
        cells.object().checkNotRemoved();
    }

    @Override
    public void remove() {
        cells.retire(label);
    }

    @Override
    public Sent sent() throws NotSerializableException {
        return new SentCell(cells.object().sent(), label);
    }

    @Override
    public void close() {
        if (alone) {
            cells.close();
        } else {
            cells.forget(label);
        }
    }

    /** Where the cells are, and the label. */
    private record SentCell(Sent cells, String label) implements Sent {
        @Override
        public CellObject open(SegmentKind kind) throws IOException {
            CellType type = Arrays.stream(CellType.values()).filter(one -> one.kind().equals(kind)).findFirst()
                .orElseThrow(() -> new IOException("a labelled cell is no " + kind.name()));
            CellObject object = cells.open(Cells.KIND);
            try {
                return Cells.over(object).object(label, type, true);
            } catch (IOException | RuntimeException | Error e) {
                object.close();
                throw e;
            }
        }
    }
}
