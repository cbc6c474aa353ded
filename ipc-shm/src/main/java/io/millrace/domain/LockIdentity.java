package io.millrace.domain;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;

/**
 * Which file the name of the lock file stands for just now. As long as anybody has that file open, no other gets the
 * same pair of numbers.
 */
record LockIdentity(long device, long inode) {
    private static final int FILE_TYPE_MASK = 0170000;
    private static final int REGULAR_FILE = 0100000;

    /**
     * Looks, by name, without opening and following no link.
     *
     * @throws java.nio.file.NoSuchFileException if nothing has the name
     * @throws DomainVanishedException if it is not a regular file
     */
    static LockIdentity of(Path lockFile) throws IOException {
        Map<String, Object> attributes =
            Files.readAttributes(lockFile, "unix:mode,dev,ino", LinkOption.NOFOLLOW_LINKS);
        if (((int) attributes.get("mode") & FILE_TYPE_MASK) != REGULAR_FILE) {
            throw new DomainVanishedException(lockFile, "the lock file was replaced by something that is no file");
        }
        return new LockIdentity((long) attributes.get("dev"), (long) attributes.get("ino"));
    }

    @Override
    public String toString() {
        return "device " + device + " inode " + inode;
    }
}
