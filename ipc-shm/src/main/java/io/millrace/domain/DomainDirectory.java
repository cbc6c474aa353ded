package io.millrace.domain;

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

    private static final Path SHARED_MEMORY = Path.of("/dev/shm");
    private static final FileAttribute<?> OWNER_ONLY =
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    private static final int FILE_TYPE_MASK = 0170000;
    private static final int DIRECTORY = 0040000;
    private static final int SYMBOLIC_LINK = 0120000;
    private static final int PERMISSION_MASK = 0777;
    private static final int EXPECTED_PERMISSIONS = 0700;

    private DomainDirectory() { }

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
        try {
            check(directory);
        } catch (NoSuchFileException e) {
            create(directory);
            check(directory);
        }
        types.check(directory);
    }

    /** The same for one that must be there. */
    static void require(Path directory, FileSystemTypes types) throws IOException {
        try {
            check(directory);
        } catch (NoSuchFileException e) {
            throw new NoSuchFileException(directory.toString(), null, "there is no domain");
        }
        types.check(directory);
    }

    private static void create(Path directory) throws IOException {
        try {
            Files.createDirectory(directory, OWNER_ONLY);
        } catch (FileAlreadyExistsException e) {
            // Somebody else joins at the same time; what there is now is checked like any other.
        }
    }

    private static void check(Path directory) throws IOException {
        Map<String, Object> found = Files.readAttributes(directory, "unix:mode,uid", LinkOption.NOFOLLOW_LINKS);
        int mode = (int) found.get("mode");
        if ((mode & FILE_TYPE_MASK) != DIRECTORY) {
            boolean link = (mode & FILE_TYPE_MASK) == SYMBOLIC_LINK;
            throw new UnsuitableDirectoryException(directory, "type of file",
                link ? "a symbolic link" : "no directory", "a directory");
        }
        int user = userOfThisProcess();
        if ((int) found.get("uid") != user) {
            throw new UnsuitableDirectoryException(directory, "owner", "uid " + found.get("uid"),
                "uid " + user + ", the user of this process");
        }
        if ((mode & PERMISSION_MASK) != EXPECTED_PERMISSIONS) {
            throw new UnsuitableDirectoryException(directory, "mode", String.format("%04o", mode & PERMISSION_MASK),
                String.format("%04o", EXPECTED_PERMISSIONS));
        }
    }

    private static int userOfThisProcess() throws IOException {
        return (int) Files.getAttribute(Path.of("/proc/self"), "unix:uid"); // followed: the link itself is root's
    }
}
