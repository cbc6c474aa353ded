package io.millrace.value;

import io.millrace.atomic.CellHome.CellObject;
import io.millrace.atomic.CellHome.Sent;
import io.millrace.domain.SharedObject;
import io.millrace.memory.Region;
import io.millrace.ring.Owner;
import java.io.IOException;
import java.io.NotSerializableException;
import java.nio.file.Path;

/** Cells that are a shared object. */
final class CellsInDomain implements CellObject {
    private final SharedObject object;
    private final Region body;

    CellsInDomain(SharedObject object) {
        this.object = object;
        this.body = object.body();
    }

    @Override
    public Region body() {
        return body;
    }

    @Override
    public String name() {
        return object.name();
    }

    @Override
    public Path path() {
        return object.path();
    }

    @Override
    public Owner owner() {
        return object.owner();
    }

    @Override
    public void checkNotRemoved() {
        object.checkNotRemoved();
    }

    @Override
    public void remove() throws IOException {
        object.remove();
    }

    @Override
    public Sent sent() throws NotSerializableException {
        return new CellsHandle(object);
    }

    @Override
    public void close() {
        object.close();
    }
}
