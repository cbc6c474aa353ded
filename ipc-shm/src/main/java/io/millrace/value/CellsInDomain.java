package io.millrace.value;

import io.millrace.atomic.CellHome.CellObject;
import io.millrace.atomic.CellHome.Sent;
import io.millrace.atomic.ObjectLock;
import io.millrace.domain.SharedObject;
import io.millrace.domain.Sleepers;
import io.millrace.memory.Region;
import io.millrace.ring.Owner;
import io.millrace.sync.SharedReentrantLock;
import io.millrace.wait.Signal;
import io.millrace.wait.Waiter;
import java.io.IOException;
import java.io.NotSerializableException;
import java.nio.file.Path;

/** Cells that are a shared object. */
final class CellsInDomain implements CellObject {
    private final SharedObject object;
    private final Region body;
    private final SharedReentrantLock lock;

    CellsInDomain(SharedObject object) {
        this.object = object;
        this.body = object.body();
        this.lock = SharedReentrantLock.of(object);
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
    public ObjectLock lock() {
        return lock;
    }

    @Override
    public Waiter waiter(Signal signal) {
        return Waiter.blocking(signal, Sleepers.INSTANCE);
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
