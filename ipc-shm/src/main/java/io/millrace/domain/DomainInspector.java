package io.millrace.domain;

import io.millrace.format.AnnotatedDump;
import io.millrace.format.Segment;
import io.millrace.memory.Region;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * A look at a domain from outside: what is there, who uses it, and what is wrong with it. Takes no part: it makes no
 * file, gets no id, and changes nothing that others see.
 *
 * <p><b>Who may call it:</b> one thread at a time, of any process that may join the domain.
 *
 * <p><b>Death:</b> it finds the dead as a participant does. Where native code cannot be called, it takes those for
 * alive on whom it can have no verdict.
 *
 * <p><b>What is in use</b> shows as it was at some instants of the call, not all at the same one: an object that is
 * just being removed may look like one that somebody has failed to remove.
 *
 * <p><b>Cost:</b> opens every object's file; a verdict takes a system call or two.
 */
public final class DomainInspector implements AutoCloseable {
    private final Path directory;
    private final Observer observer;
    private boolean closed;

    private DomainInspector(Path directory, Observer observer) {
        this.directory = directory;
        this.observer = observer;
    }

    /**
     * One object.
     *
     * @param name in the domain
     * @param kind as its header says it; null if it cannot be read
     * @param problem what is wrong with its file, or null; then the rest is as far as it could be read
     * @param named whether it stays until it is removed, not only as long as it has users
     * @param removed whether it is marked removed, and only its files are still there
     * @param creator owner id of the participant that made it
     * @param users owner ids of the participants that use it and live
     * @param deadUsers owner ids of those that used it and died; they do not count as users
     * @param parts the names of its parts
     * @param bytes what its files take
     * @param since when it was made; on older JDKs when its file was last changed by a system call
     */
    public record ObjectStatus(String name, String kind, String problem, boolean named, boolean removed, int creator,
        List<Integer> users, List<Integer> deadUsers, List<String> parts, long bytes, Instant since) { }

    /** What becomes of a finding. */
    public enum Outlook {
        /** It is harmless, and not for a program to judge. */
        REMARK,
        /** The next JVM that joins takes it away, or the next participant that waits for it mends it; or a repair. */
        MENDABLE,
        /** It stays, until the object is removed. */
        DAMAGE
    }

    /**
     * Something that is not as it should be.
     *
     * @param sort a word for programs, such as {@code half-created}
     * @param name the object or the file
     * @param detail for people
     * @param outlook what becomes of it
     */
    public record Finding(String sort, String name, String detail, Outlook outlook) { }

    /** Reads what a kind of object added. */
    @FunctionalInterface
    public interface Reader<T> {
        /**
         * Called once.
         *
         * @param object of which it is
         * @param body what its kind added; to be read only, and not to be believed
         * @param parts gives the files of its parts
         */
        T read(ObjectStatus object, Region body, SharedObject.Parts parts) throws IOException;
    }

    /** Reads the lock that an object has. */
    @FunctionalInterface
    public interface LockReader<T> {
        /** Called once, with what {@link SharedObject#lock} gives; to be read only, and not to be believed. */
        T read(Region lock) throws IOException;
    }

    /** Looks at the default domain; see {@link Domain#join()}. */
    public static DomainInspector open() throws IOException {
        return open(DomainDirectory.chosen());
    }

    /**
     * Looks at the domain in a directory.
     *
     * @throws NoSuchFileException if there is none
     * @throws DomainException if it is not fit to be one, or not any more
     * @throws io.millrace.format.SegmentFormatException if the table is damaged or of another version
     * @throws IOException if it cannot be read
     */
    public static DomainInspector open(Path directory) throws IOException {
        Path absolute = directory.toAbsolutePath();
        DomainDirectory.require(absolute, FileSystemTypes.chosen());
        return new DomainInspector(absolute, Observer.open(new DomainFiles(absolute)));
    }

    /** The directory, as an absolute path. */
    public Path directory() {
        return directory;
    }

    /** That of the domain. */
    public UUID id() {
        return open(observer).domainId();
    }

    /**
     * As {@link Domain#isDead}.
     *
     * @throws IllegalArgumentException if that id was never handed out
     */
    public boolean isDead(int ownerId) throws IOException {
        return open(observer).isDead(ownerId);
    }

    /** All objects by name; also those that cannot be read. */
    public List<ObjectStatus> objects() throws IOException {
        return survey().objects();
    }

    /**
     * One object.
     *
     * @throws IllegalArgumentException if the name is not one of an object
     * @throws NoSuchFileException if there is none of that name
     */
    public ObjectStatus object(String name) throws IOException {
        ObjectName.of(directory, name);
        return survey().objects().stream().filter(object -> object.name().equals(name)).findFirst()
            .orElseThrow(() -> new NoSuchFileException(directory.resolve(name).toString(), null, "no such object"));
    }

    /** What is not as it should be about the files of the domain; not what is in the objects. */
    public List<Finding> findings() throws IOException {
        return survey().findings();
    }

    /**
     * Reads what the kind of an object added.
     *
     * @throws NoSuchFileException if there is no object of that name
     * @throws IOException if it cannot be read; what is wrong is in its {@link ObjectStatus#problem} too
     */
    public <T> T read(String name, Reader<T> reader) throws IOException {
        ObjectStatus object = object(name);
        ObjectName full = ObjectName.of(directory, name);
        try (Segment segment = Segment.openAny(full.anchor())) {
            SharedObject.check(segment, observer.domainId());
            String tag = SharedObject.tag(segment.body());
            return reader.read(object, SharedObject.ofKind(segment.body()), part -> full.part(tag, part));
        }
    }

    /**
     * Reads the lock of an object. Its errors are those of {@link #read}.
     */
    public <T> T readLock(String name, LockReader<T> reader) throws IOException {
        open(observer);
        try (Segment segment = Segment.openAny(ObjectName.of(directory, name).anchor())) {
            SharedObject.check(segment, observer.domainId());
            return reader.read(SharedObject.lock(segment.body()));
        }
    }

    /** The header of an object's file, and what all objects have in common, as annotated text. */
    public String dump(String name) throws IOException {
        open(observer);
        try (Segment segment = Segment.openAny(ObjectName.of(directory, name).anchor())) {
            SharedObject.check(segment, observer.domainId());
            return segment.dumpHeader() + AnnotatedDump.of(segment.body(), 0, ObjectLayout.FRONT);
        }
    }

    /** Idempotent. */
    @Override
    public void close() throws IOException {
        if (!closed) {
            closed = true;
            observer.close();
        }
    }

    @Override
    public String toString() {
        return "DomainInspector[" + directory + (closed ? ", closed]" : "]");
    }

    private Survey survey() throws IOException {
        return Survey.of(directory, open(observer));
    }

    private Observer open(Observer one) {
        if (closed) {
            throw new IllegalStateException(this + " is closed");
        }
        return one;
    }
}
