package io.millrace.process;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Where the class archives of this user are. Each is called {@code KEY.LENGTH.jsa} and has that name from the instant
 * it is whole; one of length 0 says that none can be made for the time being. Beside it there are a directory {@code
 * KEY.tmp} while it is being made, and a file {@code lock}, in which whoever makes one locks the byte that its key
 * names.
 *
 * @param path the directory
 */
record ArchiveDirectory(Path path) {
    static final String PROPERTY = "millrace.cache";
    /** An archive that nobody has used for so long goes when another is made. */
    static final Duration UNUSED_MAX = Duration.ofDays(30);
    /** So many of them stay, of those that were used last. */
    static final int COUNT_MAX = 8;

    /** After that time it is tried again to make one. */
    private static final Duration HOPELESS = Duration.ofDays(1);
    private static final String SUFFIX = ".jsa";
    private static final String UNFINISHED = ".tmp";
    private static final FileAttribute<?> OWNER_ONLY =
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    private static final int WRITABLE_BY_OTHERS = 0022;
    private static final int FILE_TYPE_MASK = 0170000;
    private static final int DIRECTORY = 0040000;

    /** The one that the property names, else the user's cache. */
    static ArchiveDirectory chosen() {
        String property = System.getProperty(PROPERTY);
        if (property != null && !property.isEmpty()) {
            return new ArchiveDirectory(Path.of(property).toAbsolutePath());
        }
        String cache = System.getenv("XDG_CACHE_HOME");
        Path parent = cache != null && cache.startsWith("/") ? Path.of(cache) // as its specification has it
            : Path.of(System.getProperty("user.home"), ".cache");
        return new ArchiveDirectory(parent.resolve("millrace"));
    }

    /** Makes it if it is not there. */
    void prepare() throws IOException {
        if (!Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
            Files.createDirectories(path, OWNER_ONLY);
        }
    }

    /** Whether nobody but this user can put archives there: who can make others run his code. */
    boolean isSafe() {
        try {
            Map<String, Object> found = Files.readAttributes(path, "unix:mode,uid", LinkOption.NOFOLLOW_LINKS);
            int mode = (int) found.get("mode");
            return (mode & FILE_TYPE_MASK) == DIRECTORY && (mode & WRITABLE_BY_OTHERS) == 0
                && found.get("uid").equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
        } catch (IOException | RuntimeException e) {
            return false; // not there, or a system without all that
        }
    }

    /** The archive of that key; null if there is none that is whole. */
    Path find(UUID key) throws IOException {
        for (Path file : archives()) {
            if (isOf(file, key) && lengthIn(file) > 0 && isWhole(file)) {
                return file;
            }
        }
        return null;
    }

    /** Whether it was found out lately that there can be none. */
    boolean isHopeless(UUID key) throws IOException {
        Path mark = named(key, 0);
        return Files.exists(mark) && age(mark).compareTo(HOPELESS) < 0;
    }

    /** Whether the file is as long as its name says: a JVM crashes that maps a shorter one. */
    static boolean isWhole(Path archive) {
        try {
            return Files.size(archive) == lengthIn(archive);
        } catch (IOException e) {
            return false; // taken away meanwhile
        }
    }

    /** Says that the archive is in use, for {@link #clean}. */
    static void touch(Path archive) throws IOException {
        if (age(archive).compareTo(HOPELESS) > 0) {
            Files.setLastModifiedTime(archive, FileTime.from(Instant.now()));
        }
    }

    /** A new directory for what belongs to an archive that is being made. By whoever has locked its key. */
    Path newWorkplace(UUID key) throws IOException {
        Path place = path.resolve(key + UNFINISHED);
        deleteTree(place);
        return Files.createDirectory(place, OWNER_ONLY);
    }

    /** Gives a file its name as the archive of that key. */
    void publish(Path file, UUID key) throws IOException {
        long length;
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            length = channel.size();
            channel.force(true); // or the name could outlive the contents if the machine fails
        }
        Files.move(file, named(key, length), StandardCopyOption.ATOMIC_MOVE);
    }

    /** Says that there can be no archive of that key. */
    void giveUp(UUID key) throws IOException {
        Path mark = named(key, 0);
        Files.deleteIfExists(mark);
        Files.createFile(mark);
    }

    /** The lock of a key in the open file of locks; null if somebody else has it. */
    static FileLock tryLock(FileChannel locks, UUID key) throws IOException {
        return locks.tryLock(key.getMostSignificantBits() & Long.MAX_VALUE >> 1, 1, false);
    }

    /** The file of locks. */
    FileChannel openLocks() throws IOException {
        return FileChannel.open(path.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }

    /** Takes away what nobody has used for long, what is too much, not whole, or left by the dead. */
    void clean(FileChannel locks) throws IOException {
        List<Path> archives = archives();
        archives.sort(Comparator.comparing(ArchiveDirectory::lastUse).reversed());
        int count = 0;
        for (Path archive : archives) {
            if (!isWhole(archive) || age(archive).compareTo(UNUSED_MAX) > 0 || ++count > COUNT_MAX) {
                Files.deleteIfExists(archive);
            }
        }
        for (Path place : named(UNFINISHED)) {
            String name = place.getFileName().toString();
            UUID key = UUID.fromString(name.substring(0, name.length() - UNFINISHED.length()));
            try (FileLock lock = tryLock(locks, key)) {
                if (lock != null) {
                    deleteTree(place); // whoever made it is dead
                }
            }
        }
    }

    /** Deletes a directory with everything in it. */
    static void deleteTree(Path tree) throws IOException {
        if (Files.isDirectory(tree, LinkOption.NOFOLLOW_LINKS)) {
            try (Stream<Path> paths = Files.walk(tree)) {
                for (Path each : paths.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(each);
                }
            }
        }
    }

    private Path named(UUID key, long length) {
        return path.resolve(key + "." + length + SUFFIX);
    }

    private List<Path> archives() throws IOException {
        return named(SUFFIX);
    }

    /** The files whose names are a key and then that. */
    private List<Path> named(String suffix) throws IOException {
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(path)) {
            for (Path file : all) {
                if (file.getFileName().toString().endsWith(suffix)) {
                    files.add(file);
                }
            }
        }
        return files;
    }

    private static boolean isOf(Path archive, UUID key) {
        return archive.getFileName().toString().startsWith(key + ".");
    }

    /** The length that the name of an archive says; negative if it says none. */
    private static long lengthIn(Path archive) {
        String name = archive.getFileName().toString();
        try {
            return Long.parseLong(name.substring(name.indexOf('.') + 1, name.length() - SUFFIX.length()));
        } catch (NumberFormatException | IndexOutOfBoundsException e) {
            return -1;
        }
    }

    private static Duration age(Path file) throws IOException {
        return Duration.between(Files.getLastModifiedTime(file).toInstant(), Instant.now());
    }

    private static Instant lastUse(Path archive) {
        try {
            return Files.getLastModifiedTime(archive).toInstant();
        } catch (IOException e) {
            return Instant.MIN; // taken away meanwhile
        }
    }
}
