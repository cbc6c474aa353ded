package io.millrace.ring;

import io.millrace.memory.InsufficientSpaceException;
import io.millrace.memory.Uninterrupted;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.function.IntFunction;

/** Rings in files, each under a name that its id gives; to ask for a name throws if there are no rings any more. */
record FileRingStore(IntFunction<Path> names) implements RingStore {
    @Override
    public MpmcRing create(int id, MpmcGeometry geometry, int creator) throws IOException {
        try {
            return Uninterrupted.run(
                () -> MpmcRing.create(names.apply(id), geometry, geometry.granules(), 0, creator));
        } catch (InsufficientSpaceException e) {
            return null;
        }
    }

    @Override
    public MpmcRing open(int id) throws IOException {
        try {
            return Uninterrupted.run(() -> MpmcRing.open(names.apply(id)));
        } catch (NoSuchFileException e) {
            names.apply(id); // which says so if all were removed meanwhile
            return null;
        }
    }

    @Override
    public void remove(int id) throws IOException {
        Files.deleteIfExists(names.apply(id));
    }
}
