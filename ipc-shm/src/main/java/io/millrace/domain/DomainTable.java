package io.millrace.domain;

import io.millrace.format.CorruptSegmentException;
import io.millrace.format.Layout;
import io.millrace.format.Segment;
import io.millrace.format.SegmentKind;
import io.millrace.memory.GroupDirectories;
import io.millrace.memory.Region;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.UUID;

/** The table of a domain: which lock file is the one, and which ids were handed out. */
final class DomainTable implements AutoCloseable {
    static final SegmentKind KIND = new SegmentKind("domain", 1, 1);

    static final Layout LAYOUT = Layout.named("domain body")
        .longField("lockDevice", "creator, once", "number of the device that the lock file is on")
        .longField("lockInode", "creator, once", "inode number of the lock file")
        .longField("group", "creator, once", "0: the domain is for its user alone; else 1 + the number of the group"
            + " that it is open to")
        .alignTo(Layout.CACHE_LINE_PAIR)
        .longField("ids", "by CAS", "low 27 bits: the id handed out next, 1 to 2^26; high 37 bits: epoch, how often"
            + " the ids were begun anew")
        .alignTo(Layout.CACHE_LINE_PAIR)
        .build();

    /** For the user alone. */
    static final int NO_GROUP = -1;

    static final int IDS = LAYOUT.offsetOf("ids");

    private static final int LOCK_DEVICE = LAYOUT.offsetOf("lockDevice");
    private static final int LOCK_INODE = LAYOUT.offsetOf("lockInode");
    private static final int GROUP = LAYOUT.offsetOf("group");

    private final Segment segment;

    private DomainTable(Segment segment) {
        this.segment = segment;
    }

    /**
     * Opens the table.
     *
     * @throws NoSuchFileException if there is none
     * @throws io.millrace.format.SegmentFormatException if it is damaged, or of another version
     */
    static DomainTable open(Path file) throws IOException {
        Segment segment = Segment.open(file, KIND);
        try {
            check(segment);
            return new DomainTable(segment);
        } catch (IOException | RuntimeException | Error e) {
            segment.close();
            throw e;
        }
    }

    /** Makes the table, of a domain for a group if its directory is; false if somebody else has just done so. */
    static boolean tryCreate(Path file, LockIdentity lock) throws IOException {
        int group = GroupDirectories.groupOf(file.getParent()).orElse(NO_GROUP);
        try {
            Segment.create(file, KIND, LAYOUT.length(), body -> {
                body.putLongPlain(LOCK_DEVICE, lock.device());
                body.putLongPlain(LOCK_INODE, lock.inode());
                body.putLongPlain(GROUP, 1L + group);
                body.putLongPlain(IDS, IdWord.START.value());
            }).close();
            return true;
        } catch (FileAlreadyExistsException e) {
            return false;
        }
    }

    /** Of the domain; the one that the header of the table has. */
    UUID id() {
        return segment.creationId();
    }

    LockIdentity lock() {
        return new LockIdentity(segment.body().getLongPlain(LOCK_DEVICE), segment.body().getLongPlain(LOCK_INODE));
    }

    /** The number of the group that the domain is open to, or {@link #NO_GROUP}. */
    int group() {
        return (int) (segment.body().getLongPlain(GROUP) - 1);
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
        try (DomainTable now = open(segment.path())) {
            checkSame(now);
        } catch (NoSuchFileException e) {
            throw new DomainVanishedException(segment.path(), "the table was removed");
        }
    }

    /**
     * Checks that what was opened by the same name is the same table.
     *
     * @throws DomainVanishedException if it is not
     */
    void checkSame(DomainTable now) throws DomainVanishedException {
        if (!now.id().equals(id())) {
            throw new DomainVanishedException(segment.path(), "the table was replaced");
        }
    }

    @Override
    public void close() throws IOException {
        segment.close();
    }

    private static void check(Segment segment) throws CorruptSegmentException {
        Region body = segment.body();
        if (body.length() != LAYOUT.length()) {
            throw new CorruptSegmentException(segment.path(),
                "length of the body: actual " + body.length() + ", expected " + LAYOUT.length());
        }
        IdWord ids = IdWord.of(body.getLongPlain(IDS));
        if (!ids.isSound()) {
            throw new CorruptSegmentException(segment.path(), "next id: actual " + ids.next() + ", expected "
                + IdWord.FIRST + " to " + IdWord.NEXT_END);
        }
    }
}
