package io.millrace.domain;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;

/**
 * A lease by Java's own file locks, which on Linux belong to the process: the closing of any other channel on the lock
 * file in this JVM drops it. So this object is the only one that has a channel on the file, does nothing with it but
 * to lock and release, which interrupts cannot harm, and is reachable for as long as the lease lasts.
 */
final class ChannelLease extends Lease {
    private final FileChannel channel;
    private final Map<Integer, FileLock> taken = new HashMap<>();

    ChannelLease(Path lockFile) throws IOException {
        channel = FileChannel.open(lockFile, StandardOpenOption.READ, StandardOpenOption.WRITE,
            LinkOption.NOFOLLOW_LINKS);
    }

    @Override
    synchronized boolean tryTake(int id) throws IOException {
        FileLock lock = open().tryLock(id, 1, false);
        if (lock != null) {
            taken.put(id, lock);
        }
        return lock != null;
    }

    @Override
    synchronized void release(int id) throws IOException {
        open();
        taken.remove(id).release();
    }

    /** Java has no way to ask without taking: the shared lock lasts for an instant, and disturbs no other look. */
    @Override
    synchronized boolean isHeld(int id) throws IOException {
        try {
            FileLock lock = open().tryLock(id, 1, true);
            if (lock == null) {
                return true;
            }
            lock.release();
            return false;
        } catch (OverlappingFileLockException e) {
            return true; // by this very JVM
        }
    }

    /** Cannot be told: to take all bytes, if only for an instant, would be in the way of everybody who joins. */
    @Override
    boolean isProvenAlone() {
        return false;
    }

    @Override
    synchronized void close() throws IOException {
        channel.close();
    }

    private FileChannel open() {
        if (!channel.isOpen()) {
            throw new IllegalStateException("the lease is closed");
        }
        return channel;
    }
}
