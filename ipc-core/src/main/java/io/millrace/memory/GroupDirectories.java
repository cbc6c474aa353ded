package io.millrace.memory;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The directories that this program shares with the users of a group. A {@link MappedFile} made in one of them belongs
 * to the group and has mode 0660, whatever the umask; one of another user is opened there if it belongs to the group.
 * In every other directory files are for their user alone.
 *
 * <p>Nothing gets in here because of what a directory looks like: whoever opens one to a group says so, and whoever
 * uses one of another user does. Directories are told apart by their paths as they are written.
 *
 * <p><b>Who may call it:</b> any thread; it holds for the whole JVM.
 */
public final class GroupDirectories {
    private static final Map<Path, Integer> GROUPS = new ConcurrentHashMap<>();
    private static final String GROUP = "unix:gid";
    private static final Set<PosixFilePermission> OWNER_AND_GROUP = PosixFilePermissions.fromString("rw-rw----");

    private GroupDirectories() { }

    /** From now on the directory is shared with the group of that number. */
    public static void open(Path directory, int group) {
        GROUPS.put(directory, group);
    }

    /** From now on the directory is for this user alone again, as all are at first. */
    public static void close(Path directory) {
        GROUPS.remove(directory);
    }

    /** The number of the group that the directory is shared with; empty if it is for this user alone. */
    public static OptionalInt groupOf(Path directory) {
        Integer group = directory == null ? null : GROUPS.get(directory);
        return group == null ? OptionalInt.empty() : OptionalInt.of(group);
    }

    /**
     * Hands a new file over to the group that its directory is shared with, if it is with any.
     *
     * @throws IOException if that is not possible, as when this user is no member of the group
     */
    public static void share(Path file) throws IOException {
        OptionalInt group = groupOf(file.getParent());
        if (group.isEmpty()) {
            return;
        }
        // No link is followed: somebody of the group could have put one there, to have another file's mode changed.
        if ((int) Files.getAttribute(file, GROUP, LinkOption.NOFOLLOW_LINKS) != group.getAsInt()) {
            Files.setAttribute(file, GROUP, group.getAsInt(), LinkOption.NOFOLLOW_LINKS);
        }
        // Files.setAttribute is told not to follow one and does, on newer JDKs; this way opens the file and refuses.
        try (DirectoryStream<Path> directory = Files.newDirectoryStream(file.getParent())) {
            if (!(directory instanceof SecureDirectoryStream<Path> secure)) {
                throw new FileSystemException(file.toString(), null, "modes of files cannot be changed safely here");
            }
            secure.getFileAttributeView(file.getFileName(), PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                .setPermissions(OWNER_AND_GROUP);
        }
    }
}
