package io.millrace.domain;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * The names in the directory of a domain, and how the first two get there: the lock file, then the table, then
 * everything else. Whoever sees a later one without an earlier one knows that the earlier was removed.
 */
final class DomainFiles {
    private static final String LOCK = "lock";
    private static final String TABLE = "table";
    private static final String NOTE_PREFIX = "lease.";
    private static final String TEMPORARY_PREFIX = ".";
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

    /** The notes of all participants of all epochs. */
    List<Path> notes() throws IOException {
        return entries().filter(DomainFiles::isNote).toList();
    }

    /** Whether there is anything that is not the domain's own, such as a segment. */
    boolean hasOthers() throws IOException {
        return entries().anyMatch(name -> !isOwn(name) && !isNote(name));
    }

    /**
     * The identity of the lock file, which is made if the domain is new.
     *
     * @throws DomainVanishedException if it is missing where it has been
     */
    LockIdentity lockIdentity() throws IOException {
        try {
            return LockIdentity.of(lock());
        } catch (NoSuchFileException e) {
            if (entries().anyMatch(name -> !isTemporary(name))) {
                return lockAmongOthers();
            }
            createLock();
            return LockIdentity.of(lock());
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

    /** The others may have been made since we looked, and then the lock file was before them. */
    private LockIdentity lockAmongOthers() throws IOException {
        try {
            return LockIdentity.of(lock());
        } catch (NoSuchFileException e) {
            throw new DomainVanishedException(lock(), "the lock file is missing beside files that need it");
        }
    }

    private void createLock() throws IOException {
        Path temporary =
            directory.resolve(TEMPORARY_PREFIX + LOCK + "." + UUID.randomUUID() + TEMPORARY_SUFFIX);
        Files.createFile(temporary, OWNER_ONLY);
        try {
            Files.createLink(lock(), temporary);
        } catch (FileAlreadyExistsException e) {
            // Somebody else was first, and so it is there.
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    /**
     * Opens the table, which is made if the domain is new; {@code lease} is on the lock file.
     *
     * @throws DomainVanishedException if it is missing where it has been, or is of another lock file
     */
    DomainTable openTable(LockIdentity lock, Lease lease, IdWord firstIds) throws IOException {
        if (Files.notExists(table(), LinkOption.NOFOLLOW_LINKS)) {
            boolean hadTable = entries().anyMatch(name -> !isOwn(name)) || lease.isAnyHeld();
            if (!hadTable) {
                DomainTable.create(table(), lock, firstIds);
            }
        }
        DomainTable table;
        try {
            table = DomainTable.open(table()); // also where it had one: it may have been made since we looked
        } catch (NoSuchFileException e) {
            throw new DomainVanishedException(table(), "the table is missing beside files or leases that need it");
        }
        if (!table.lock().equals(lock)) {
            LockIdentity expected = table.lock();
            table.close();
            throw new DomainVanishedException(lock(), "lock file: actual " + lock + ", expected " + expected
                + ", for which the table was made");
        }
        return table;
    }

    private Stream<Path> entries() throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.toList().stream();
        }
    }

    private static boolean isOwn(Path file) {
        String name = file.getFileName().toString();
        return name.equals(LOCK) || name.equals(TABLE) || isTemporary(file);
    }

    private static boolean isNote(Path file) {
        return file.getFileName().toString().startsWith(NOTE_PREFIX);
    }

    private static boolean isTemporary(Path file) {
        String name = file.getFileName().toString();
        return name.startsWith(TEMPORARY_PREFIX) && name.endsWith(TEMPORARY_SUFFIX);
    }
}
