package io.millrace.memory;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.UUID;

/**
 * A file that is mapped, whole, into the memory of every process that opens it.
 *
 * <p><b>Life of a file:</b> {@link #createUnpublished} makes it under a temporary name beside the target, with its
 * exact size and every byte written, so that a full file system is an exception now and not a fault later.
 * {@link #publish} gives it its real name in one step, which fails if the name is taken. {@link #open} maps an
 * existing file. A file is never resized.
 *
 * <p><b>Safety:</b> mode 0600; only regular files of the user of this process are opened; symbolic links are refused,
 * also between the check and the opening. Other users' files are opened only in {@link GroupDirectories}.
 *
 * <p><b>Who may call it:</b> one thread at a time; the region it hands out is for any number of threads.
 *
 * <p><b>Close:</b> removes the file if it was never published, and lets go of the mapping; the memory is unmapped
 * when no region of it is reachable any more, so late accesses through a region are harmless. Removing a published
 * file is {@link Files#delete}'s business; processes that have it mapped keep it.
 *
 * <p><b>Death:</b> a process killed before {@code publish} leaves a file {@code .NAME.ID.tmp}, which nobody opens; or,
 * if it said who makes it, {@code .NAME@MAKER.ID.tmp}, so that whoever knows that maker dead may remove it.
 *
 * <p><b>Interrupts:</b> a thread whose interrupt flag is set gets
 * {@link java.nio.channels.ClosedByInterruptException} from {@code createUnpublished} and {@code open}, as from every
 * {@code FileChannel}; nothing is left behind.
 */
public final class MappedFile implements AutoCloseable {
    /** The longest file: what one {@code ByteBuffer} can map, rounded down to whole pages. */
    public static final int LENGTH_MAX = Integer.MAX_VALUE & -4096;

    private static final String NOBODY = "";
    private static final String MAKER_MARK = "@";
    private static final String TEMPORARY_SUFFIX = ".tmp";
    private static final Set<OpenOption> CREATE =
        Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE);
    private static final Set<OpenOption> OPEN =
        Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);

    private final Path path;
    private final Path temporary;
    private Region region;
    private boolean published;

    private MappedFile(Path path, Path temporary, Region region) {
        this.path = path;
        this.temporary = temporary;
        this.region = region;
        this.published = temporary == null;
    }

    /**
     * Makes a file of {@code length} zero bytes that has a temporary name until it is published as {@code path}.
     *
     * @param length in bytes, 1 to {@link #LENGTH_MAX}
     * @throws IllegalArgumentException if the length is out of range
     * @throws InsufficientSpaceException if the file system has no room for it
     * @throws IOException if the file cannot be made; nothing is left behind
     */
    public static MappedFile createUnpublished(Path path, long length) throws IOException {
        return createUnpublished(path, length, NOBODY);
    }

    /**
     * The same, and says in the temporary name who makes the file.
     *
     * @param maker what others know the maker by: letters and digits, or nothing
     */
    public static MappedFile createUnpublished(Path path, long length, String maker) throws IOException {
        if (length < 1 || length > LENGTH_MAX) {
            throw new IllegalArgumentException(
                "length of " + path + ": actual " + length + " bytes, expected 1 to " + LENGTH_MAX);
        }
        Path name = path.getFileName();
        if (name == null) {
            throw new IllegalArgumentException("path of a file to create: actual '" + path + "', expected a file name");
        }
        String made = maker.isEmpty() ? "" : MAKER_MARK + maker;
        Path temporary = path.resolveSibling("." + name + made + "." + UUID.randomUUID() + TEMPORARY_SUFFIX);
        try (FileChannel channel = FileChannel.open(temporary, CREATE, FileIdentity.ownerOnly())) {
            GroupDirectories.share(temporary);
            writeZeros(channel, temporary, length);
            return new MappedFile(path, temporary, map(channel, length));
        } catch (IOException | RuntimeException | Error e) {
            Files.deleteIfExists(temporary);
            throw e;
        }
    }

    /**
     * Maps an existing file of this user, or of the group that its directory is shared with, whole.
     *
     * @throws java.nio.file.NoSuchFileException if nothing has the name
     * @throws NotRegularFileException if something other than a regular file has it
     * @throws java.nio.file.AccessDeniedException if the file belongs to another user, not to a group that its
     *     directory is shared with, or may not be written
     * @throws FileSystemException if the file is empty, or longer than {@link #LENGTH_MAX}
     */
    public static MappedFile open(Path path) throws IOException {
        FileIdentity identity = FileIdentity.of(path);
        try (FileChannel channel = FileChannel.open(path, OPEN)) {
            // Between the look and the opening the name may have been given to another file.
            if (!FileIdentity.of(path).equals(identity) || channel.size() != identity.length()) {
                throw new FileSystemException(path.toString(), null, "replaced while it was being opened; try again");
            }
            if (identity.length() < 1 || identity.length() > LENGTH_MAX) {
                throw new FileSystemException(path.toString(), null, "length of the file: actual "
                    + identity.length() + " bytes, expected 1 to " + LENGTH_MAX);
            }
            return new MappedFile(path, null, map(channel, identity.length()));
        }
    }

    /**
     * Gives the file its name, for everybody to open.
     *
     * @throws FileAlreadyExistsException if the name is taken; this file stays unpublished
     * @throws IllegalStateException if it is published already, or closed
     */
    public void publish() throws IOException {
        region();
        if (published) {
            throw new IllegalStateException(path + " is published already");
        }
        Files.createLink(path, temporary);
        published = true;
        Files.deleteIfExists(temporary);
    }

    /**
     * The whole file.
     *
     * @throws IllegalStateException after {@link #close}
     */
    public Region region() {
        if (region == null) {
            throw new IllegalStateException(path + " is closed");
        }
        return region;
    }

    /** The name that the file has, or gets when it is published. */
    public Path path() {
        return path;
    }

    /** Lets go of the mapping, and removes the file if it was never published. Idempotent. */
    @Override
    public void close() throws IOException {
        region = null;
        if (!published) {
            Files.deleteIfExists(temporary);
        }
    }

    @Override
    public String toString() {
        String state = region == null ? "closed" : published ? region.length() + " bytes" : "unpublished";
        return "MappedFile[" + path + ", " + state + "]";
    }

    private static Region map(FileChannel channel, long length) throws IOException {
        return MemoryBackend.current().regionOf(channel.map(MapMode.READ_WRITE, 0, length));
    }

    private static void writeZeros(FileChannel channel, Path file, long length) throws IOException {
        ByteBuffer zeros = ByteBuffer.allocateDirect((int) Math.min(length, Region.COPY_CHUNK_LENGTH));
        long written = 0;
        try {
            while (written < length) {
                zeros.clear().limit((int) Math.min(zeros.capacity(), length - written));
                written += channel.write(zeros);
            }
        } catch (IOException e) {
            // The system's own message is in the user's language, so ask for the reason instead of reading it.
            long usable = Files.getFileStore(file).getUsableSpace();
            throw usable < length - written ? new InsufficientSpaceException(file, length, written + usable, e) : e;
        }
    }
}
