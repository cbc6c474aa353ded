package io.millrace.format;

import io.millrace.memory.MappedFile;
import io.millrace.memory.Region;
import io.millrace.memory.Uninterrupted.Operation;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * A mapped file that says what it is: a header, the same for all, and the body of one shared object.
 *
 * <p><b>Create:</b> the file is built under a temporary name, body first, then the header, its magic last, and then
 * linked to its name. So a segment is valid from the instant it has its name, and an opener needs the name only.
 * <b>Open:</b> checks the header before anything else is believed.
 *
 * <p><b>Who may call it:</b> any number of processes may open one segment; one handle is for one thread at a time, its
 * body for any number.
 *
 * <p><b>Close:</b> of the handle, not of the file; see {@link MappedFile}.
 */
public final class Segment implements AutoCloseable {
    /** The longest body. */
    public static final int BODY_LENGTH_MAX = MappedFile.LENGTH_MAX - SegmentHeader.LENGTH;

    /** Where the body begins in the file, for those who read it without a mapping. */
    public static final int BODY_OFFSET = SegmentHeader.LENGTH;

    private static final String NOBODY = "";

    private final MappedFile file;
    private final UUID creationId;
    private final Region body;

    private Segment(MappedFile file) {
        this.file = file;
        this.creationId = SegmentHeader.creationId(file.region());
        this.body = bodyOf(file.region());
    }

    /**
     * Makes a segment and gives it its name.
     *
     * @param path the name
     * @param kind what the body holds
     * @param bodyLength in bytes, 1 to {@link #BODY_LENGTH_MAX}
     * @param initialiser writes the body, which is zero before; nobody else sees the file yet
     * @throws IllegalArgumentException if the length is out of range
     * @throws java.nio.file.FileAlreadyExistsException if the name is taken
     * @throws io.millrace.memory.InsufficientSpaceException if the file system has no room
     * @throws IOException if the file cannot be made; nothing is left behind
     */
    public static Segment create(Path path, SegmentKind kind, long bodyLength, Consumer<Region> initialiser)
        throws IOException {
        return create(path, NOBODY, kind, bodyLength, initialiser);
    }

    /**
     * The same, by one who says who it is, so that others can tell what it leaves if it dies before the segment has its
     * name.
     *
     * @param maker what others know the maker by: letters and digits
     */
    public static Segment create(Path path, String maker, SegmentKind kind, long bodyLength,
        Consumer<Region> initialiser) throws IOException {
        if (bodyLength < 1 || bodyLength > BODY_LENGTH_MAX) {
            throw new IllegalArgumentException("length of the body of " + path + ": actual " + bodyLength
                + " bytes, expected 1 to " + BODY_LENGTH_MAX);
        }
        MappedFile file = MappedFile.createUnpublished(path, SegmentHeader.LENGTH + bodyLength, maker);
        try {
            initialiser.accept(bodyOf(file.region()));
            SegmentHeader.write(file.region(), kind, UUID.randomUUID());
            file.publish();
            return new Segment(file);
        } catch (IOException | RuntimeException | Error e) {
            file.close();
            throw e;
        }
    }

    /**
     * Opens a segment.
     *
     * @throws SegmentFormatException if the file is not a segment of that kind in a version that this program reads
     * @throws IOException if the file cannot be opened at all; see {@link MappedFile#open}
     */
    public static Segment open(Path path, SegmentKind kind) throws IOException {
        MappedFile file = MappedFile.open(path);
        try {
            SegmentHeader.check(path, file.region(), kind);
            return new Segment(file);
        } catch (IOException | RuntimeException | Error e) {
            file.close();
            throw e;
        }
    }

    /**
     * Something that has a name: opens it if it is there, and makes it if it is not, though others make and remove it
     * meanwhile.
     *
     * @param open throws {@link NoSuchFileException} if there is none
     * @param make throws {@link FileAlreadyExistsException} if there is one
     * @throws IOException if one of the two fails otherwise
     */
    public static <T> T openOrMake(Operation<T> open, Operation<T> make) throws IOException {
        while (true) {
            try {
                return open.run();
            } catch (NoSuchFileException e) {
                // Made below, unless somebody else is faster.
            }
            try {
                return make.run();
            } catch (FileAlreadyExistsException e) {
                continue;
            }
        }
    }

    /**
     * Opens a segment of whichever kind and version, to look at what all have in common.
     *
     * @throws SegmentFormatException if the file is not a segment
     * @throws IOException if the file cannot be opened at all; see {@link MappedFile#open}
     */
    public static Segment openAny(Path path) throws IOException {
        MappedFile file = MappedFile.open(path);
        try {
            SegmentHeader.checkAny(path, file.region());
            return new Segment(file);
        } catch (IOException | RuntimeException | Error e) {
            file.close();
            throw e;
        }
    }

    /** The name of the kind that the header says. */
    public String kindName() {
        return SegmentHeader.kindName(file.region());
    }

    /**
     * The bytes behind the header.
     *
     * @throws IllegalStateException after {@link #close}
     */
    public Region body() {
        file.region();
        return body;
    }

    /** The name it was opened or created by. */
    public Path path() {
        return file.path();
    }

    /** Random; tells this file from another that has or had the same name. */
    public UUID creationId() {
        return creationId;
    }

    /** Lets go of the mapping. Idempotent. */
    @Override
    public void close() throws IOException {
        file.close();
    }

    /**
     * The header as annotated hexadecimal text.
     *
     * @throws IllegalStateException after {@link #close}
     */
    public String dumpHeader() {
        return AnnotatedDump.of(file.region(), 0, SegmentHeader.LAYOUT);
    }

    @Override
    public String toString() {
        return "Segment[" + file + ", " + creationId + "]";
    }

    private static Region bodyOf(Region file) {
        return file.slice(SegmentHeader.LENGTH, file.length() - SegmentHeader.LENGTH);
    }
}
