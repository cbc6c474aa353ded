package io.millrace.atomic;

import io.millrace.format.Segment;
import io.millrace.format.SegmentKind;
import io.millrace.memory.Region;
import io.millrace.ring.Owner;
import java.io.IOException;
import java.io.NotSerializableException;
import java.nio.file.Path;

/** Cells over whichever region, for tests. */
record TestObject(Region body, Owner owner, Path path) implements CellHome.CellObject {
    private static final Path NOWHERE = Path.of("test");
    private static final SegmentKind KIND = new SegmentKind("test", 1, 1);

    /** The first handle on new cells in private memory. */
    static <T> TestObject inMemory(CellFormat<T> format) {
        TestObject object = new TestObject(Region.allocate((int) format.length()), Owner.of(1), NOWHERE);
        format.initialise(object.body);
        return object;
    }

    /** A handle on new cells in a file. */
    static <T> TestObject inFile(CellFormat<T> format, Path file) throws IOException {
        Segment segment = Segment.create(file, KIND, format.length(), format::initialise);
        return new TestObject(segment.body(), Owner.of(1), file);
    }

    /** A handle on cells in a file, by a mapping of its own. */
    static TestObject open(Path file, Owner owner) throws IOException {
        return new TestObject(Segment.open(file, KIND).body(), owner, file);
    }

    @Override
    public String name() {
        return path.toString();
    }

    @Override
    public void checkNotRemoved() {
        // It never is.
    }

    @Override
    public void remove() {
        throw new UnsupportedOperationException();
    }

    @Override
    public CellHome.Sent sent() throws NotSerializableException {
        throw new NotSerializableException("test");
    }

    @Override
    public void close() {
        // Nothing to give up.
    }
}
