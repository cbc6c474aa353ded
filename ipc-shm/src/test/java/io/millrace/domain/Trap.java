package io.millrace.domain;

import io.millrace.testing.Background;
import java.io.File;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLockInterruptionException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/** What an ordinary program may do, and by which a lock of Java's gets lost. To be sprung by one who has joined. */
enum Trap {
    /** An interrupted thread uses a channel on the lock file, which that closes; and the domain. */
    INTERRUPTED_READER(true) {
        @Override
        void spring(Domain domain, Path directory) throws IOException {
            try (FileChannel channel = openLockFile(directory)) {
                Thread.currentThread().interrupt();
                channel.size();
                throw new AssertionError("the interrupt was not noticed");
            } catch (ClosedByInterruptException e) {
                domain.isDead(domain.ownerId() - 1);
                if (!Thread.interrupted()) {
                    throw new AssertionError("the interrupt got lost", e);
                }
            }
        }
    },
    /** A thread that waits for the lock of somebody else, to see him die, is interrupted. */
    INTERRUPTED_WATCHER(true) {
        @Override
        void spring(Domain domain, Path directory) throws IOException, InterruptedException {
            try (FileChannel channel = openLockFile(directory)) {
                Thread watcher = new Thread(() -> {
                    try {
                        channel.lock(domain.ownerId() - 1, 1, false);
                    } catch (FileLockInterruptionException | ClosedByInterruptException e) {
                        return;
                    } catch (IOException e) {
                        throw new AssertionError(e);
                    }
                });
                watcher.start();
                Background.awaitUntil(() -> List.of(watcher.getStackTrace()).toString().contains(".lock("));
                watcher.interrupt();
                watcher.join();
            }
        }
    },
    /** The lock file is read, as by a backup or a scanner in this JVM. */
    READER(true) {
        @Override
        void spring(Domain domain, Path directory) throws IOException {
            Files.readAllBytes(directory.resolve("lock"));
        }
    },
    /** The lock file is copied. */
    COPIER(true) {
        @Override
        void spring(Domain domain, Path directory) throws IOException {
            Path copy = Files.copy(directory.resolve("lock"), directory.resolve("copy-" + domain.ownerId()));
            Files.delete(copy);
        }
    },
    /** Another channel on the lock file is closed. */
    SECOND_CHANNEL(true) {
        @Override
        void spring(Domain domain, Path directory) throws IOException {
            openLockFile(directory).close();
        }
    },
    /** The handle is forgotten and collected. */
    COLLECTED_HANDLE(false) {
        @Override
        void spring(Domain domain, Path directory) {
            throw new UnsupportedOperationException("whoever has the handle must forget it");
        }
    },
    /** Another handle is closed. */
    SECOND_HANDLE(false) {
        @Override
        void spring(Domain domain, Path directory) throws IOException {
            Domain.join(directory).close();
        }
    },
    /** A process is started, and ends. */
    CHILD_PROCESS(false) {
        @Override
        void spring(Domain domain, Path directory) throws IOException, InterruptedException {
            new ProcessBuilder("true").start().waitFor();
        }
    },
    /** Another class loader has the library too, joins and leaves; where both cannot be, it is refused. */
    SECOND_CLASS_LOADER(false) {
        @Override
        void spring(Domain domain, Path directory) throws Exception {
            try (URLClassLoader loader = new URLClassLoader(classPath(), ClassLoader.getPlatformClassLoader())) {
                Class<?> type = loader.loadClass(Domain.class.getName());
                Method join = type.getMethod("join", Path.class);
                boolean canBoth = LeaseKind.chosen() == LeaseKind.OFD;
                try (AutoCloseable other = (AutoCloseable) join.invoke(null, directory)) {
                    if (!canBoth || type.getMethod("ownerId").invoke(other).equals(domain.ownerId())) {
                        throw new AssertionError("has joined as " + other);
                    }
                } catch (InvocationTargetException e) {
                    if (canBoth || !e.getCause().getClass().getName().equals(DomainInUseException.class.getName())) {
                        throw e;
                    }
                }
            }
        }
    };

    /** Whether Java's own locks do not survive it. */
    final boolean losesLocksOfJava;

    Trap(boolean losesLocksOfJava) {
        this.losesLocksOfJava = losesLocksOfJava;
    }

    /** Does it, on the thread of the caller. */
    abstract void spring(Domain domain, Path directory) throws Exception;

    /** Returns when it has been collected. */
    static void awaitCollection(WeakReference<?> reference) throws InterruptedException {
        Background.awaitUntil(() -> {
            System.gc();
            return reference.get() == null;
        });
    }

    private static FileChannel openLockFile(Path directory) throws IOException {
        return FileChannel.open(directory.resolve("lock"), StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    private static URL[] classPath() throws IOException, URISyntaxException {
        List<URL> urls = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            urls.add(Path.of(entry).toUri().toURL());
        }
        return urls.toArray(URL[]::new);
    }
}
