package io.millrace.atomic;

import io.millrace.atomic.CellHome.CellObject;
import io.millrace.atomic.CellHome.Sent;
import io.millrace.format.Segment;
import io.millrace.format.SegmentKind;
import io.millrace.memory.Region;
import io.millrace.ring.Owner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/** Labelled cells in a file of one's own, which belongs to no domain. */
final class CellsFile implements CellObject {
    private final Segment segment;
    private final Region body;

    CellsFile(Segment segment) {
        this.segment = segment;
        this.body = segment.body();
    }

    @Override
    public Region body() {
        return body;
    }

    @Override
    public String name() {
        return segment.path().toString();
    }

    @Override
    public Path path() {
        return segment.path();
    }

    @Override
    public Owner owner() {
        throw new UnsupportedOperationException("a file of one's own knows no owners");
    }

    @Override
    public void checkNotRemoved() {
        // Whoever has it mapped keeps it.
    }

    @Override
    public void remove() throws IOException {
        Files.deleteIfExists(segment.path());
    }

    @Override
    public Sent sent() {
        return new SentFile(segment.path().toAbsolutePath().toString(), segment.creationId());
    }

    @Override
    public void close() {
        try {
            segment.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** By its path; and it must be the same file. */
    private record SentFile(String path, UUID creationId) implements Sent {
        @Override
        public CellObject open(SegmentKind kind) throws IOException {
            Segment segment = Segment.open(Path.of(path), kind);
            if (!segment.creationId().equals(creationId)) {
                segment.close();
                throw new IOException("another file has taken the name " + path);
            }
            return new CellsFile(segment);
        }
    }
}
