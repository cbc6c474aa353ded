package io.millrace.memory;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Set;

/** Which file a name stands for just now, and whether a segment may be in it. */
record FileIdentity(Object fileKey, long length) {
    private static final boolean UNIX = FileSystems.getDefault().supportedFileAttributeViews().contains("unix");
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");
    private static final int UID_UNKNOWN = -1;

    /**
     * Looks at what has the name, following no link.
     *
     * @throws NotRegularFileException if it is not a regular file
     * @throws AccessDeniedException if it belongs to another user, and not to the group that its directory is shared
     *     with
     * @throws IOException if there is no such file, or it cannot be looked at
     */
    static FileIdentity of(Path file) throws IOException {
        BasicFileAttributes attributes =
            Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        if (!attributes.isRegularFile()) {
            throw new NotRegularFileException(file, kindOf(attributes));
        }
        int owner = ownerOf(file, LinkOption.NOFOLLOW_LINKS);
        int self = CurrentUser.UID;
        if (owner != self && self != UID_UNKNOWN) {
            checkGroup(file, "owner: actual uid " + owner + ", expected uid " + self + ", the user of this process");
        }
        return new FileIdentity(attributes.fileKey(), attributes.size());
    }

    /** Of a file of another user. */
    private static void checkGroup(Path file, String problem) throws IOException {
        OptionalInt expected = GroupDirectories.groupOf(file.getParent());
        if (expected.isEmpty()) {
            throw new AccessDeniedException(file.toString(), null, problem);
        }
        int actual = (int) Files.getAttribute(file, "unix:gid", LinkOption.NOFOLLOW_LINKS);
        if (actual != expected.getAsInt()) {
            throw new AccessDeniedException(file.toString(), null, problem + "; or group: actual gid " + actual
                + ", expected gid " + expected.getAsInt() + ", that the directory is shared with");
        }
    }

    /** What a record has anyway, but that takes tens of milliseconds at its first use, in every child JVM. */
    @Override
    public boolean equals(Object other) {
        return other instanceof FileIdentity that && Objects.equals(fileKey, that.fileKey) && length == that.length;
    }

    @Override
    public int hashCode() {
        return Objects.hashCode(fileKey);
    }

    /** Attributes for a new file that only this user may read and write. */
    static FileAttribute<?>[] ownerOnly() {
        return UNIX ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER_ONLY)}
            : new FileAttribute<?>[0];
    }

    private static String kindOf(BasicFileAttributes attributes) {
        if (attributes.isDirectory()) {
            return "a directory";
        }
        return attributes.isSymbolicLink() ? "a symbolic link" : "a FIFO, a socket or a device";
    }

    private static int ownerOf(Path file, LinkOption... options) throws IOException {
        return UNIX ? (int) Files.getAttribute(file, "unix:uid", options) : UID_UNKNOWN;
    }

    private static final class CurrentUser {
        static final int UID = lookUp();

        private static int lookUp() {
            try {
                return ownerOf(Path.of("/proc/self")); // followed: the link itself is root's, whoever asks
            } catch (IOException e) {
                return UID_UNKNOWN; // no procfs: the mode 0600 and the kernel decide alone
            }
        }
    }
}
