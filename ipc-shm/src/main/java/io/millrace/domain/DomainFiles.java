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
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The names in the directory of a domain, and how the first two get there.
 *
 * <p>First a lock file without its name, then the table, which says which file that is, then the lock file's name, then
 * everything else. So whoever finds a table without a lock file knows which to give the name to, and if that is not
 * there either, that the lock file was removed; and whoever finds anything without a table, that the table was.
 */
final class DomainFiles {
    private static final String LOCK = "lock";
    private static final String TABLE = "table";
    private static final String NOTE_PREFIX = "lease.";
    private static final Pattern NOTE = Pattern.compile("lease\\.(\\d{1,12})\\.(\\d{1,8})");
    private static final String TEMPORARY_PREFIX = ".";
    private static final String TEMPORARY_LOCK_PREFIX = TEMPORARY_PREFIX + LOCK + ".";
    private static final String TEMPORARY_SUFFIX = ".tmp";
    private static final FileAttribute<?> OWNER_ONLY =
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private final Path directory;

    DomainFiles(Path directory) {
        this.directory = directory;
    }

    Path directory() {
        return directory;
    }

    Path lock() {
        return directory.resolve(LOCK);
    }

    Path table() {
        return directory.resolve(TABLE);
    }

    Path note(Seat seat) {
        return directory.resolve(NOTE_PREFIX + seat.epoch() + "." + seat.id());
    }

    /** The seats for which there are notes, of all epochs. */
    List<Seat> noted() throws IOException {
        return entries().map(file -> NOTE.matcher(nameOf(file))).filter(Matcher::matches)
            .map(name -> new Seat(Long.parseLong(name.group(1)), Integer.parseInt(name.group(2)))).toList();
    }

    /** Whether there is anything that is not the domain's own, such as a segment. */
    boolean hasOthers() throws IOException {
        return entries().anyMatch(file -> !isTemporary(file) && !NOTE.matcher(nameOf(file)).matches()
            && !file.equals(lock()) && !file.equals(table()));
    }

    /**
     * Opens the table, with the lock file at its name; both are made if the domain is new, and what a creator who died
     * has left undone is done.
     *
     * @throws DomainVanishedException if one of them is missing where it has been, or is not the one that it was
     */
    DomainTable open() throws IOException {
        DomainTable table = openTable();
        try {
            nameLock(table.lock());
            checkLock(table.lock());
            return table;
        } catch (IOException | RuntimeException | Error e) {
            table.close();
            throw e;
        }
    }

    /**
     * Checks, by name and without opening, that the lock file is still the one that it was.
     *
     * @throws DomainVanishedException if it is not
     */
    void checkLock(LockIdentity expected) throws IOException {
        LockIdentity actual;
        try {
            actual = LockIdentity.of(lock());
        } catch (NoSuchFileException e) {
            throw new DomainVanishedException(lock(), "the lock file was removed");
        }
        if (!actual.equals(expected)) {
            throw new DomainVanishedException(lock(), "lock file: actual " + actual + ", expected " + expected);
        }
    }

    /** Makes a lock file that has no name yet by which anybody would use it. */
    Path createUnnamedLock() throws IOException {
        Path file = directory.resolve(TEMPORARY_LOCK_PREFIX + UUID.randomUUID() + TEMPORARY_SUFFIX);
        Files.createFile(file, OWNER_ONLY);
        GroupDirectories.share(file);
        return file;
    }

    private DomainTable openTable() throws IOException {
        try {
            return DomainTable.open(table());
        } catch (NoSuchFileException e) {
            if (entries().allMatch(DomainFiles::isTemporary)) {
                createTable();
            }
        }
        try {
            return DomainTable.open(table()); // or somebody has made it since we looked, and more behind it
        } catch (NoSuchFileException e) {
            throw new DomainVanishedException(table(), "the table is missing beside files that need it");
        }
    }

    private void createTable() throws IOException {
        Path unnamed = createUnnamedLock();
        boolean isOurs = false;
        try {
            isOurs = DomainTable.tryCreate(table(), LockIdentity.of(unnamed));
        } finally {
            // After an exception the table may be there all the same, and be ours.
            if (!isOurs && !isOfTable(unnamed)) {
                Files.deleteIfExists(unnamed);
            }
        }
    }

    private boolean isOfTable(Path unnamed) throws IOException {
        try (DomainTable table = DomainTable.open(table())) {
            return table.lock().equals(LockIdentity.of(unnamed));
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    /** Gives the lock file its name, if it has none; whoever sees that, and any number at once. */
    private void nameLock(LockIdentity lock) throws IOException {
        if (Files.exists(lock(), LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        Optional<Path> unnamed = unnamedLock(lock);
        if (unnamed.isEmpty()) {
            return;
        }
        try {
            Files.createLink(lock(), unnamed.get());
        } catch (FileAlreadyExistsException | NoSuchFileException e) {
            // Somebody else has done it; and in the second case has gone on to the next step.
        }
        Files.deleteIfExists(unnamed.get());
    }

    private Optional<Path> unnamedLock(LockIdentity lock) throws IOException {
        for (Path file : entries().filter(file -> nameOf(file).startsWith(TEMPORARY_LOCK_PREFIX)).toList()) {
            try {
                if (LockIdentity.of(file).equals(lock)) {
                    return Optional.of(file);
                }
            } catch (NoSuchFileException e) {
                continue; // its creator was not the first, or has just named it
            }
        }
        return Optional.empty();
    }

    private Stream<Path> entries() throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.toList().stream();
        }
    }

    private static boolean isTemporary(Path file) {
        return nameOf(file).startsWith(TEMPORARY_PREFIX) && nameOf(file).endsWith(TEMPORARY_SUFFIX);
    }

    private static String nameOf(Path file) {
        return file.getFileName().toString();
    }
}
