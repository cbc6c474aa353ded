package io.millrace.value;

import io.millrace.atomic.CellHome;
import io.millrace.atomic.CellInspector;
import io.millrace.atomic.Cells;
import io.millrace.domain.Domain;
import io.millrace.domain.DomainInspector;
import io.millrace.domain.SharedObject;
import io.millrace.format.SegmentKind;
import io.millrace.memory.Region;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;

/**
 * Makes cells shared objects of a domain. Found by {@link java.util.ServiceLoader}; nobody needs to call it.
 *
 * <p><b>Who may call it:</b> any thread.
 */
public final class DomainCellHome implements CellHome {
    /** For the service loader. */
    public DomainCellHome() { }

    @Override
    public CellObject create(Place place, SegmentKind kind, long length, Consumer<Region> initialiser)
        throws IOException {
        return new CellsInDomain(SharedObject.create(join(place), place.name(), kind, length,
            (body, parts) -> initialiser.accept(body)));
    }

    @Override
    public CellObject open(Place place, SegmentKind kind) throws IOException {
        return new CellsInDomain(SharedObject.open(join(place), place.name(), kind));
    }

    /** Whether that is the name of a kind of object that {@link #look} shows. */
    public static boolean isValue(String kind) {
        return CellInspector.isCells(kind) || kind.equals(SharedMemory.KIND_NAME);
    }

    /**
     * The cells of an object, of shared memory its size; changes nothing.
     *
     * @throws java.nio.file.NoSuchFileException if there is no object of that name
     * @throws io.millrace.format.SegmentFormatException if it is damaged
     * @throws IOException if it cannot be read
     */
    public static List<Cells.Entry> look(DomainInspector domain, String name) throws IOException {
        return domain.read(name, (object, body, parts) -> object.kind().equals(SharedMemory.KIND_NAME)
            ? List.of(new Cells.Entry("size", "int", body.length()))
            : CellInspector.look(object.kind(), body, domain.directory().resolve(name)));
    }

    private static Domain join(Place place) throws IOException {
        return place.domain() == null ? Domain.join() : Domain.join(place.domain());
    }
}
