package io.millrace.domain;

import io.millrace.format.CorruptSegmentException;
import io.millrace.format.Segment;
import io.millrace.format.SegmentKind;
import io.millrace.memory.Region;
import io.millrace.ring.Owner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/**
 * A handle on a shared object of a domain: what queues, pipes and the like are made of. Its file is the object's
 * anchor; an object may have further files, its parts.
 *
 * <p>A named object stays until it is removed. An anonymous one vanishes when its last handle is closed or its last
 * user has died; in the latter case whoever joins the domain next takes its files away.
 *
 * <p><b>Who may call it:</b> any thread.
 *
 * <p><b>Close and death:</b> the memory stays readable for whoever still holds a region of it. The dead do not count
 * as users.
 */
public final class SharedObject implements AutoCloseable {
    private static final String ANONYMOUS_PREFIX = "anonymous-";
    private static final int NAMED = 0;
    private static final int ANONYMOUS = 1;
    private static final AtomicInteger SERIAL = new AtomicInteger();

    private final Domain domain;
    private final ObjectName name;
    private final SegmentKind kind;
    private final Segment segment;
    private final UserList users;
    private final UserList.Entry entry;
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile Runnable onDeath = () -> { };
    private volatile BooleanSupplier mustStay = () -> false;

    private SharedObject(Domain domain, ObjectName name, SegmentKind kind, Segment segment, UserList users,
        UserList.Entry entry) {
        this.domain = domain;
        this.name = name;
        this.kind = kind;
        this.segment = segment;
        this.users = users;
        this.entry = entry;
    }

    /** Fills what a kind of object adds, and makes its parts. */
    public interface Initialiser {
        /**
         * Called once, before others can see the object.
         *
         * @param body zeroed
         * @param parts gives each part's file, by the part's name
         */
        void initialise(Region body, Parts parts) throws IOException;
    }

    /** The files of an object's parts. */
    public interface Parts {
        /** The file of the part with that name: letters, digits and hyphens. */
        Path file(String part);
    }

    /**
     * Makes an object. The handle takes the domain over: it is closed with it, and also if this fails.
     *
     * @param name null for an anonymous object
     * @throws IllegalArgumentException if the name is not legal
     * @throws FileAlreadyExistsException if there is an object of that name
     * @throws IOException if it cannot be made; nothing is left behind
     */
    public static SharedObject create(Domain domain, String name, SegmentKind kind, long bodyLength,
        Initialiser initialiser) throws IOException {
        try {
            int serial = SERIAL.incrementAndGet();
            String text = name == null ? ANONYMOUS_PREFIX + tag(domain.ownerId(), serial) : name;
            ObjectName full = ObjectName.of(domain.directory(), text);
            try {
                return make(domain, full, serial, name == null, kind, bodyLength, initialiser);
            } catch (FileAlreadyExistsException e) {
                if (!ObjectRemoval.finish(domain, full)) {
                    throw e;
                }
                return make(domain, full, serial, name == null, kind, bodyLength, initialiser);
            }
        } catch (IOException | RuntimeException | Error e) {
            domain.close();
            throw e;
        }
    }

    private static SharedObject make(Domain domain, ObjectName name, int serial, boolean anonymous, SegmentKind kind,
        long bodyLength, Initialiser initialiser) throws IOException {
        int creator = domain.ownerId();
        UserList.Entry[] entry = {null};
        boolean made = false;
        try {
            long length = ObjectLayout.LAYOUT.length() + bodyLength;
            Segment segment = Segment.create(name.anchor(), Integer.toString(creator), kind, length, body -> {
                UUID id = domain.id();
                body.putLongPlain(ObjectLayout.DOMAIN_HIGH, id.getMostSignificantBits());
                body.putLongPlain(ObjectLayout.DOMAIN_LOW, id.getLeastSignificantBits());
                body.putIntPlain(ObjectLayout.CREATOR, creator);
                body.putIntPlain(ObjectLayout.SERIAL, serial);
                body.putIntPlain(ObjectLayout.LIFETIME, anonymous ? ANONYMOUS : NAMED);
                entry[0] = new UserList(body, domain.owner().isDead(), domain.containers()).enter(creator);
                try {
                    initialiser.initialise(ofKind(body), part -> name.part(tag(creator, serial), part));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            made = true;
            UserList users = new UserList(segment.body(), domain.owner().isDead(), domain.containers());
            return new SharedObject(domain, name, kind, segment, users, entry[0]).registered();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        } finally {
            if (!made) {
                ObjectRemoval.removeParts(name, tag(creator, serial));
            }
        }
    }

    /**
     * Opens an object. The handle takes the domain over: it is closed with it, and also if this fails.
     *
     * @throws NoSuchFileException if there is none of that name
     * @throws WrongDomainException if it belongs to another domain
     * @throws io.millrace.format.SegmentFormatException if it is damaged, or of another kind or version
     * @throws IOException if it cannot be opened
     */
    public static SharedObject open(Domain domain, String name, SegmentKind kind) throws IOException {
        try {
            ObjectName full = ObjectName.of(domain.directory(), name);
            Segment segment = Segment.open(full.anchor(), kind);
            try {
                check(segment, domain);
                UserList users = new UserList(segment.body(), domain.owner().isDead(), domain.containers());
                UserList.Entry entry = enter(users, segment, domain);
                if (entry == null) {
                    ObjectRemoval.finish(domain, full);
                    throw new NoSuchFileException(full.anchor().toString(), null, "the object was removed");
                }
                return new SharedObject(domain, full, kind, segment, users, entry).registered();
            } catch (IOException | RuntimeException | Error e) {
                segment.close();
                throw e;
            }
        } catch (IOException | RuntimeException | Error e) {
            domain.close();
            throw e;
        }
    }

    /** A further handle on the object, which keeps it like any other. */
    SharedObject openAgain() throws IOException {
        return open(Domain.join(directory()), name(), kind);
    }

    private static UserList.Entry enter(UserList users, Segment segment, Domain domain) throws CorruptSegmentException {
        try {
            return users.enter(domain.ownerId());
        } catch (IllegalArgumentException e) {
            throw new CorruptSegmentException(segment.path(), "users: " + e.getMessage());
        }
    }

    static void check(Segment segment, Domain domain) throws IOException {
        check(segment, domain.id());
    }

    static void check(Segment segment, UUID domain) throws IOException {
        Region body = segment.body();
        if (body.length() < ObjectLayout.LAYOUT.length()) {
            throw new CorruptSegmentException(segment.path(), "length of the body: actual " + body.length()
                + ", expected at least " + ObjectLayout.LAYOUT.length());
        }
        UUID actual = new UUID(body.getLongPlain(ObjectLayout.DOMAIN_HIGH), body.getLongPlain(ObjectLayout.DOMAIN_LOW));
        if (!actual.equals(domain)) {
            throw new WrongDomainException(segment.path(), actual, domain);
        }
    }

    /** What the kind of object added, exactly as long as it asked for. */
    public Region body() {
        return ofKind(segment.body());
    }

    /** The lock that every object has, whatever its kind: for package {@code sync}, which knows what is in it. */
    public Region lock() {
        return lock(segment.body());
    }

    /** The object's name in its domain. */
    public String name() {
        return name.text();
    }

    /** The name of its kind. */
    public String kind() {
        return segment.kindName();
    }

    /** The object's file. */
    public Path path() {
        return name.anchor();
    }

    /** The files of its parts. */
    public Parts parts() {
        return part -> name.part(tag(segment.body()), part);
    }

    /** This participant as its user. */
    public Owner owner() {
        return domain.owner();
    }

    /** What tells whether copies of handles are in messages of this domain. */
    public Containers containers() {
        return domain.containers();
    }

    UUID domainId() {
        return domain.id();
    }

    /** Its tag in one word: so containers are named. */
    long tagWord() {
        return tagWord(segment.body());
    }

    UserList userList() {
        return users;
    }

    /** The ids of the participants that use it and live. */
    public Set<Integer> users() {
        return users.live();
    }

    /**
     * Throws if the object was removed.
     *
     * @throws ObjectRemovedException if it was
     */
    public void checkNotRemoved() {
        if (users.isRemoved()) {
            throw new ObjectRemovedException(toString());
        }
    }

    /** Removes the object, whoever uses it: its users get {@link ObjectRemovedException} sooner or later. */
    public void remove() throws IOException {
        users.remove();
        ObjectRemoval.removeParts(name, tag(segment.body()));
        ObjectRemoval.finish(domain, name);
    }

    /** Gives the handle up; the last one of an anonymous object removes that. Idempotent. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            OpenObjects.remove(this);
            boolean stays = mustStay.getAsBoolean();
            try {
                leave();
            } finally {
                if (!stays) {
                    domain.close();
                }
            }
        }
    }

    /** Whether this handle was given up. */
    public boolean isClosed() {
        return closed.get();
    }

    /**
     * What is to be done when this handle is closed, before anything else of it.
     *
     * @param action returns whether this process has to stay a participant, until the end of the JVM, because something
     *     is in its hands that others would take over
     */
    public void onClose(BooleanSupplier action) {
        mustStay = action;
    }

    /** Ends the use without closing anything: at the end of the JVM other threads may still be in the middle. */
    void leave() {
        users.leave(entry);
        try {
            if (isAnonymous(segment.body()) ? users.tryRemoveUnused() : users.isRemoved()) {
                // Also by others: this process may have made a part behind the one who removed them all.
                ObjectRemoval.removeParts(name, tag(segment.body()));
                ObjectRemoval.finish(domain, name);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the object " + name + " could not be removed", e);
        }
    }

    /** What is to be done when a participant has died: to mend what it has left, and to wake those who wait for it. */
    public void onDeath(Runnable action) {
        onDeath = action;
    }

    void lookForTheDead() {
        onDeath.run();
    }

    boolean isOf(Participant participant) {
        return domain.isOf(participant);
    }

    boolean isAnonymous() {
        return isAnonymous(segment.body());
    }

    /** Tells this object from any other that has or had the same name. */
    public UUID creationId() {
        return segment.creationId();
    }

    Path directory() {
        return name.directory();
    }

    private SharedObject registered() {
        OpenObjects.add(this);
        return this;
    }

    @Override
    public String toString() {
        return name.text() + " in " + name.directory();
    }

    static boolean isAnonymous(Region body) {
        return body.getIntPlain(ObjectLayout.LIFETIME) == ANONYMOUS;
    }

    /** The name that an anonymous object with that tag has. */
    static ObjectName anonymousName(Path directory, long tagWord) {
        return ObjectName.of(directory, ANONYMOUS_PREFIX + tag((int) (tagWord >>> Integer.SIZE), (int) tagWord));
    }

    /** The tag as one word. */
    static long tagWord(Region body) {
        return (long) body.getIntPlain(ObjectLayout.CREATOR) << Integer.SIZE
            | Integer.toUnsignedLong(body.getIntPlain(ObjectLayout.SERIAL));
    }

    static String tag(Region body) {
        return tag(body.getIntPlain(ObjectLayout.CREATOR), body.getIntPlain(ObjectLayout.SERIAL));
    }

    static String tag(int creator, int serial) {
        return creator + "-" + serial;
    }

    static Region lock(Region body) {
        return body.slice(ObjectLayout.LOCK, ObjectLayout.LOCK_LENGTH);
    }

    static Region ofKind(Region body) {
        int length = ObjectLayout.LAYOUT.length();
        return body.slice(length, body.length() - length);
    }
}
