package io.millrace.bench;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Where a run keeps its shared files: a directory in memory where there is one. It goes with the run, also when the run
 * is interrupted; what a killed run left behind goes with the next one.
 */
final class RunDirectory implements AutoCloseable {
    private static final Path SHARED_MEMORY = Path.of("/dev/shm");
    private static final String PREFIX = "millrace-bench-";
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rwx------");

    private final Path path;
    private final Thread cleaner = new Thread(this::deleteAll, "remove-run-directory");
    private int places;

    private RunDirectory(Path path) {
        this.path = path;
        Runtime.getRuntime().addShutdownHook(cleaner);
    }

    static RunDirectory create() throws IOException {
        Path parent = Files.isDirectory(SHARED_MEMORY) && Files.isWritable(SHARED_MEMORY)
            ? SHARED_MEMORY : Path.of(System.getProperty("java.io.tmpdir"));
        deleteAbandoned(parent);
        Path path = parent.resolve(PREFIX + ProcessHandle.current().pid());
        delete(path); // of an earlier process with the same number
        return new RunDirectory(Files.createDirectory(path, PosixFilePermissions.asFileAttribute(OWNER_ONLY)));
    }

    /** A new empty directory in it. */
    Path newPlace() throws IOException {
        return Files.createDirectory(path.resolve(Integer.toString(++places)));
    }

    static void delete(Path tree) throws IOException {
        try (Stream<Path> paths = Files.walk(tree)) {
            List<Path> deepestFirst = paths.sorted(Comparator.reverseOrder()).toList();
            for (Path each : deepestFirst) {
                Files.deleteIfExists(each);
            }
        } catch (NoSuchFileException e) {
            // Gone already.
        }
    }

    private static void deleteAbandoned(Path parent) throws IOException {
        try (DirectoryStream<Path> others = Files.newDirectoryStream(parent, PREFIX + "*")) {
            for (Path other : others) {
                String pid = other.getFileName().toString().substring(PREFIX.length());
                if (pid.matches("[0-9]{1,10}") && ProcessHandle.of(Long.parseLong(pid)).isEmpty()
                    && Files.isWritable(other)) {
                    delete(other);
                }
            }
        }
    }

    private void deleteAll() {
        deleteQuietly(path);
    }

    /** As far as possible: what stays goes with the run, or with the next one. */
    static void deleteQuietly(Path tree) {
        try {
            delete(tree);
        } catch (IOException e) {
            // Later, then.
        }
    }

    @Override
    public void close() throws IOException {
        Runtime.getRuntime().removeShutdownHook(cleaner);
        delete(path);
    }
}
