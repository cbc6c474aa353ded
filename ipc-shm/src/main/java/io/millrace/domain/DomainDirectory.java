package io.millrace.domain;

import io.millrace.memory.GroupDirectories;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;

/** Which directory is the domain, and whether it may be one. */
final class DomainDirectory {
    static final String PROPERTY = "millrace.domain";
    static final String VARIABLE = "MILLRACE_DOMAIN";
    static final int PRIVATE_MODE = 0700;

    private static final Path SHARED_MEMORY = Path.of("/dev/shm");
    private static final FileAttribute<?> OWNER_ONLY =
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    /** What a directory is like, and what {@link GroupDirectories} says of it, change together in this JVM. */
    private static final Object LOCK = new Object();

    private static final int FILE_TYPE_MASK = 0170000;
    private static final int DIRECTORY = 0040000;
    private static final int SYMBOLIC_LINK = 0120000;
    private static final int PERMISSION_MASK = 0777;
    private static final int MODE_MASK = 07777;

    private DomainDirectory() { }

    /**
     * What a directory is like, no link followed.
     *
     * @param owner the user that it belongs to
     * @param group the group that it belongs to
     * @param mode its permissions, with the bits above them
     */
    record Look(Path directory, int owner, int group, int mode) {
        boolean isOwn() throws IOException {
            return owner == userOfThisProcess();
        }

        void checkOwner() throws UnsuitableDirectoryException, IOException {
            if (!isOwn()) {
                throw refused("owner", "uid " + owner, "uid " + userOfThisProcess() + ", the user of this process");
            }
        }

        /** Of one for its user alone. */
        void checkPrivate() throws IOException {
            checkOwner();
            if ((mode & PERMISSION_MASK) != PRIVATE_MODE) {
                throw refused("mode", octal(mode & PERMISSION_MASK), octal(PRIVATE_MODE));
            }
        }

        UnsuitableDirectoryException refused(String what, String actual, String expected) {
            return new UnsuitableDirectoryException(directory, what, actual, expected);
        }
    }

    /** The one that the property names, else the environment, else the one of this user in shared memory. */
    static Path chosen() throws IOException {
        return chosen(System.getProperty(PROPERTY), System.getenv(VARIABLE));
    }

    static Path chosen(String property, String variable) throws IOException {
        if (property != null && !property.isEmpty()) {
            return Path.of(property);
        }
        if (variable != null && !variable.isEmpty()) {
            return Path.of(variable);
        }
        if (!Files.isDirectory(SHARED_MEMORY)) {
            throw new UnsuitableDirectoryException(SHARED_MEMORY, "place of the default domain", "no directory",
                "the directory of shared memory of a Linux system");
        }
        return SHARED_MEMORY.resolve("millrace-" + userOfThisProcess());
    }

    /** Makes the directory if it is not there, and refuses one that others could write to, or that is elsewhere. */
    static void prepare(Path directory, FileSystemTypes types) throws IOException {
        synchronized (LOCK) {
            check(lookOrCreate(directory));
        }
        types.check(directory);
    }

    /** The same for one that is open to a group, or is to be. */
    static void prepareForGroup(Path directory, String group, FileSystemTypes types) throws IOException {
        synchronized (LOCK) {
            Look found = lookOrCreate(directory);
            types.check(directory);
            GroupDomain.open(found, group);
        }
    }

    /** The same for one that must be there. */
    static void require(Path directory, FileSystemTypes types) throws IOException {
        try {
            synchronized (LOCK) {
                check(look(directory));
            }
        } catch (NoSuchFileException e) {
            throw new NoSuchFileException(directory.toString(), null, "there is no domain");
        }
        types.check(directory);
    }

    private static void check(Look found) throws IOException {
        if (found.mode == GroupDomain.MODE) {
            GroupDomain.check(found);
        } else {
            found.checkPrivate();
            GroupDirectories.close(found.directory); // whatever had this path before
        }
    }

    private static Look lookOrCreate(Path directory) throws IOException {
        try {
            return look(directory);
        } catch (NoSuchFileException e) {
            create(directory);
            return look(directory);
        }
    }

    private static void create(Path directory) throws IOException {
        try {
            Files.createDirectory(directory, OWNER_ONLY);
        } catch (FileAlreadyExistsException e) {
            // Somebody else joins at the same time; what there is now is checked like any other.
        }
    }

    static Look look(Path directory) throws IOException {
        Map<String, Object> found = Files.readAttributes(directory, "unix:mode,uid,gid", LinkOption.NOFOLLOW_LINKS);
        int mode = (int) found.get("mode");
        if ((mode & FILE_TYPE_MASK) != DIRECTORY) {
            boolean link = (mode & FILE_TYPE_MASK) == SYMBOLIC_LINK;
            throw new UnsuitableDirectoryException(directory, "type of file",
                link ? "a symbolic link" : "no directory", "a directory");
        }
        return new Look(directory, (int) found.get("uid"), (int) found.get("gid"), mode & MODE_MASK);
    }

    static String octal(int mode) {
        return String.format("%04o", mode);
    }

    private static int userOfThisProcess() throws IOException {
        return (int) Files.getAttribute(Path.of("/proc/self"), "unix:uid"); // followed: the link itself is root's
    }
}
