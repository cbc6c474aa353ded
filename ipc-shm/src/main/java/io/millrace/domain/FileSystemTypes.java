package io.millrace.domain;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Tells the type of the file system that a directory is on. */
interface FileSystemTypes {
    /**
     * Those whose locks and mappings one kernel keeps for all its processes. Not {@code overlay}: a file has one
     * identity and one set of locks seen through it, and others seen past it. Not what several kernels share.
     */
    List<String> ALLOWED = List.of("tmpfs", "ext2", "ext3", "ext4", "xfs", "btrfs");

    /** By {@code statfs(2)}: the kernel's own word on the very directory. */
    FileSystemTypes OF_KERNEL = directory -> nameOf(LibC.fileSystemType(directory));

    /** As the table of mounts says, which does not tell which of several mounts on one directory is the uppermost. */
    FileSystemTypes OF_MOUNTS = directory -> Files.getFileStore(directory).type();

    /** By native code, unless it cannot be called or is not wanted. */
    static FileSystemTypes chosen() {
        return LeaseKind.chosen() == LeaseKind.OFD && LibC.isAvailable() ? OF_KERNEL : OF_MOUNTS;
    }

    /** The type of the file system that has this directory. */
    String typeOf(Path directory) throws IOException;

    /** Refuses a directory on any other than the allowed ones. */
    default void check(Path directory) throws IOException {
        String type = typeOf(directory);
        if (!ALLOWED.contains(type)) {
            throw new UnsuitableFileSystemException(directory, type, ALLOWED);
        }
    }

    /** The numbers are those of {@code statfs(2)}; ext2 and ext3 have the number of ext4. */
    private static String nameOf(long type) {
        Map<Long, String> names = Map.of(0x01021994L, "tmpfs", 0xEF53L, "ext4", 0x58465342L, "xfs",
            0x9123683EL, "btrfs", 0x794C7630L, "overlay", 0x6969L, "nfs", 0x01021997L, "9p", 0x65735546L, "fuse");
        return names.getOrDefault(type, "number 0x" + Long.toHexString(type));
    }
}
