package io.millrace.domain;

import io.millrace.ring.Owner;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A directory that holds the shared objects of one application, and this JVM's part in it: an id that nobody else has
 * or gets, a lease that the kernel frees when this process dies, and verdicts on who is dead.
 *
 * <p><b>Who may call it:</b> any thread. Any number of processes of one user on one machine may join, also across PID
 * namespaces; those of other users only where the domain is {@linkplain #openToGroup open to a group}.
 * All handles of one JVM on one directory are one participant.
 *
 * <p><b>Memory consistency effects:</b> none between participants. Everything that a participant found dead ever wrote
 * is visible to whoever got the verdict.
 *
 * <p><b>Close and death:</b> the participant leaves with the last handle of its JVM, or dies with its process; either
 * way the others then find its id dead. So close a handle after the objects that use its id. After {@link #close}
 * every call, and the predicate of {@link #owner}, throws {@link IllegalStateException}. A handle that is merely
 * forgotten keeps its participant alive. If the lock file or the table is removed, the participants go on, but nobody
 * is found dead any more and nobody can join: {@link DomainVanishedException}.
 *
 * <p><b>Cost:</b> joining takes a few system calls and maps a small file, and the first time loads the native library;
 * it waits for nobody, not even for a participant that is paused in the middle of joining. A verdict takes one or two
 * system calls; a participant found dead is remembered. Without native code, or with the property
 * {@code millrace.lease=channel}, the lease is one of Java's own file locks, and a verdict costs some ten times as
 * much.
 */
public final class Domain implements AutoCloseable {
    /** The greatest id. Ids begin at 1. */
    public static final int OWNER_ID_MAX = (1 << 26) - 1;

    private final Participant participant;
    private final AtomicBoolean closed = new AtomicBoolean();

    private Domain(Participant participant) {
        this.participant = participant;
    }

    /**
     * Joins the default domain: the directory that the system property {@code millrace.domain} names, else the
     * environment variable {@code MILLRACE_DOMAIN}, else {@code /dev/shm/millrace-UID}. If the property
     * {@code millrace.domain.group} or the environment variable {@code MILLRACE_DOMAIN_GROUP} names a group, the
     * domain is {@linkplain #openToGroup open to that}.
     *
     * @throws IOException as {@link #join(Path)}
     */
    public static Domain join() throws IOException {
        String group = GroupDomain.chosen();
        return group == null ? join(DomainDirectory.chosen()) : openToGroup(DomainDirectory.chosen(), group);
    }

    /**
     * Joins the domain in a directory, which is made, for this user alone, if it is not there; its parent must be.
     *
     * @throws UnsuitableDirectoryException unless it is a directory, no link, of this user and of mode 0700; or a
     *     domain that is open to a group, and this user's or one that this program has said it will use, by
     *     {@link #openToGroup} or the property {@code millrace.domain.group}
     * @throws UnsuitableFileSystemException if it is not on a file system of this machine alone
     * @throws DomainVanishedException if the lock file or the table is missing, or not the one that it was
     * @throws DomainExhaustedException if all ids were handed out
     * @throws DomainInUseException if another copy of the library in this JVM has joined, and the two would drop each
     *     other's leases
     * @throws io.millrace.format.SegmentFormatException if the table is damaged or of another version
     * @throws java.nio.channels.ClosedByInterruptException if the thread is interrupted; it has not joined
     * @throws IOException if a file cannot be made or opened
     */
    public static Domain join(Path directory) throws IOException {
        Path absolute = directory.toAbsolutePath();
        DomainDirectory.prepare(absolute, FileSystemTypes.chosen());
        Domain domain = new Domain(Participants.acquire(new DomainFiles(absolute)));
        if (domain.participant.isFirstToReap()) {
            new Reaper(domain).tryRun();
        }
        return domain;
    }

    /**
     * Makes a domain that the other users of a group may join, and joins it; or joins the one that is there, be it this
     * user's or another's, and says that this program will use it from now on. All its files are the group's, of mode
     * 0660 whatever the umask, in a directory of mode 2770: every user of the group can read, change and remove what is
     * in it. A domain that was made for its user alone is not opened any more.
     *
     * @param group its name or number; this user must be a member
     * @throws UnsuitableDirectoryException if there is no such group, this user is no member of it, or the directory is
     *     anything but such a domain or still to be made
     * @throws IOException as {@link #join(Path)}
     */
    public static Domain openToGroup(Path directory, String group) throws IOException {
        DomainDirectory.prepareForGroup(directory.toAbsolutePath(), group, FileSystemTypes.chosen());
        return join(directory);
    }

    /** Whether other users may join, those of a group. */
    public boolean isOpenToGroup() {
        return open().isOpenToGroup();
    }

    /**
     * Takes away what the dead have left in the directory, as the first {@link #join} of every JVM does by itself:
     * anonymous objects that nobody uses, what is left of removed ones, and unfinished files. Never anything that
     * somebody may use who lives. Anybody may call it at any time, any number at once.
     *
     * @return the names of what was taken away
     * @throws IOException if the directory cannot be read; what cannot be taken away for another reason stays
     */
    public List<String> reap() throws IOException {
        open();
        return new Reaper(this).run();
    }

    /**
     * Removes a shared object of whichever kind, whoever uses it: its users get {@link ObjectRemovedException} sooner
     * or later. A damaged or copied file is removed too, with those of its parts whose makers are dead.
     *
     * @return whether all its files are gone; false if another participant is just removing objects, and has yet to
     *     remove this one's
     * @throws IllegalArgumentException if the name is not one of an object
     * @throws java.nio.file.NoSuchFileException if there is no object of that name
     * @throws IOException if it cannot be removed
     */
    public boolean remove(String name) throws IOException {
        return ObjectRemoval.remove(this, ObjectName.of(directory(), name));
    }

    /** The directory, as an absolute path. */
    public Path directory() {
        return open().directory();
    }

    /** Random; tells this domain from another that has or had the same directory. */
    public UUID id() {
        return open().domainId();
    }

    /** The id by which shared objects name this participant: 1 to {@link #OWNER_ID_MAX}. */
    public int ownerId() {
        return open().id();
    }

    /**
     * This participant as the owner of roles, always the same object. Its predicate is {@link #isDead}, but takes those
     * for alive on whom no verdict can be had. It throws {@link IllegalArgumentException} for an id that was never
     * handed out, and {@link IllegalStateException} after the last handle of this JVM was closed.
     */
    public Owner owner() {
        return open().owner();
    }

    /** What tells whether copies of handles are in messages of this domain. */
    Containers containers() {
        return open().containers();
    }

    /**
     * Whether the participant with that id makes no more accesses, for certain. Once true, always true. A process that
     * is paused, by whatever means, is alive; so is one that dies until the kernel has taken it down, which takes
     * longer the more memory it has.
     *
     * @param ownerId as read from a shared object
     * @throws IllegalArgumentException if that id was never handed out; what names it is damaged
     * @throws DomainVanishedException if the lock file is not the one any more by which it would be dead
     * @throws IOException if the files that tell cannot be read
     */
    public boolean isDead(int ownerId) throws IOException {
        return open().isDead(ownerId);
    }

    /**
     * A participant has just died, such as a child of this process: looks at once, in all objects of this domain that
     * this JVM has open, for what it has left behind, mends that and wakes those who wait for it, in every process.
     * Otherwise they look for themselves, within tens of milliseconds.
     */
    public void announceDeath() {
        OpenObjects.announceDeath(open());
    }

    boolean isOf(Participant other) {
        return participant == other;
    }

    /** Gives up this handle, and with the last one of this JVM the lease. Idempotent. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            Participants.release(participant);
        }
    }

    /** Says where it is and who takes part. */
    @Override
    public String toString() {
        return "Domain[" + participant.directory() + ", " + (closed.get() ? "closed" : participant) + "]";
    }

    Participant open() {
        if (closed.get()) {
            throw new IllegalStateException("the domain " + participant.directory() + " is closed");
        }
        return participant;
    }
}
