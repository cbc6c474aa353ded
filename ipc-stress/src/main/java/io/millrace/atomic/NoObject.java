package io.millrace.atomic;

import io.millrace.memory.Region;
import io.millrace.ring.Owner;
import java.nio.file.Path;

/** What cells of a stress test belong to. */
final class NoObject implements CellHome.CellObject {
    @Override
    public Region body() {
        throw new UnsupportedOperationException();
    }

    @Override
    public String name() {
        return "stress";
    }

    @Override
    public Path path() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Owner owner() {
        throw new UnsupportedOperationException();
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
    public CellHome.Sent sent() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {
        // Nothing to give up.
    }
}
