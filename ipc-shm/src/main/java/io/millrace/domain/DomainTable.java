package io.millrace.domain;

import io.millrace.format.Layout;
import io.millrace.format.Segment;
import io.millrace.format.SegmentKind;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.UUID;

/** The table of a domain: which lock file is the one, and which ids were handed out. */
final class DomainTable {
    static final SegmentKind KIND = new SegmentKind("domain", 1, 1);

    static final Layout LAYOUT = Layout.named("domain body")
        .longField("lockDevice", "creator, once", "number of the device that the lock file is on")
        .longField("lockInode", "creator, once", "inode number of the lock file")
        .alignTo(Layout.CACHE_LINE_PAIR)
        .longField("ids", "by CAS", "low 27 bits: the id handed out next; next 27 bits: how many of this epoch were"
            + " confirmed; high 10 bits: epoch")
        .alignTo(Layout.CACHE_LINE_PAIR)
        .build();

    static final int IDS = LAYOUT.offsetOf("ids");

    private static final int LOCK_DEVICE = LAYOUT.offsetOf("lockDevice");
    private static final int LOCK_INODE = LAYOUT.offsetOf("lockInode");

    private final Segment segment;

    private DomainTable(Segment segment) {
        this.segment = segment;
    }

    static DomainTable open(Path file) throws IOException {
        return new DomainTable(Segment.open(file, KIND));
    }

    /** Makes the table, unless somebody else has just done so. */
    static void create(Path file, LockIdentity lock, IdWord ids) throws IOException {
        try {
            Segment.create(file, KIND, LAYOUT.length(), body -> {
                body.putLongPlain(LOCK_DEVICE, lock.device());
                body.putLongPlain(LOCK_INODE, lock.inode());
                body.putLongPlain(IDS, ids.value());
            }).close();
        } catch (FileAlreadyExistsException e) {
            // Of several that make one at the same time, the first to give it its name has made it for all.
        }
    }

    /** Of the domain; the one that the header of the table has. */
    UUID id() {
        return segment.creationId();
    }

    LockIdentity lock() {
        return new LockIdentity(segment.body().getLongPlain(LOCK_DEVICE), segment.body().getLongPlain(LOCK_INODE));
    }

    IdCounter ids() {
        return new IdCounter(segment.body(), IDS);
    }

    /**
     * Checks that the name still stands for this table.
     *
     * @throws DomainVanishedException if it does not
     */
    void checkName() throws IOException {
        try (Segment now = Segment.open(segment.path(), KIND)) {
            if (!now.creationId().equals(id())) {
                throw new DomainVanishedException(segment.path(), "the table was replaced");
            }
        } catch (NoSuchFileException e) {
            throw new DomainVanishedException(segment.path(), "the table was removed");
        }
    }

    void close() throws IOException {
        segment.close();
    }
}
