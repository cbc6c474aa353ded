package io.millrace.domain;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Tells the type of the file system that a directory is on. */
interface FileSystemTypes {
    /**
     * Those whose locks and mappings one kernel keeps for all its processes. Not {@code overlay}: a file has one
     * identity and one set of locks seen through it, and others seen past it. Not what several kernels share.
     */
    List<String> ALLOWED = List.of("tmpfs", "ext2", "ext3", "ext4", "xfs", "btrfs");

    /** As the table of mounts says. */
    FileSystemTypes OF_MOUNTS = directory -> Files.getFileStore(directory).type();

    /** The type of the file system that has this directory. */
    String typeOf(Path directory) throws IOException;

    /** Refuses a directory on any other than the allowed ones. */
    default void check(Path directory) throws IOException {
        String type = typeOf(directory);
        if (!ALLOWED.contains(type)) {
            throw new UnsuitableFileSystemException(directory, type, ALLOWED);
        }
    }
}
