package io.millrace.domain;

import io.millrace.memory.NativeAddress;
import io.millrace.memory.Region;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;

/**
 * A lease by {@code fcntl(F_OFD_SETLK)}. It belongs to one open of the file and to nothing else in this process: no
 * channel that is closed, no thread that is interrupted and no object that is collected can lose it.
 */
final class OfdLease extends Lease {
    private static final int CLOSED = -1;

    private static final int F_OFD_GETLK = 36;
    private static final int F_OFD_SETLK = 37;
    private static final int F_RDLCK = 0;
    private static final int F_WRLCK = 1;
    private static final int F_UNLCK = 2;

    // struct flock { short type; short whence; long start; long length; int pid; }, on little-endian machines
    private static final int TYPE_AND_WHENCE = 0;
    private static final int START = 8;
    private static final int LENGTH = 16;
    private static final int PID = 24;
    private static final int FLOCK_LENGTH = 32;

    private final Path lockFile;
    private final Region flock = Region.allocate(FLOCK_LENGTH);
    private final NativeAddress flockAddress;
    private int descriptor;

    OfdLease(Path lockFile) throws IOException {
        if (!LibC.isAvailable()) {
            throw new FileSystemException(lockFile.toString(), null, "a lease of kind " + LeaseKind.OFD.text()
                + " needs native code, which cannot be called here; leave property " + LeaseKind.PROPERTY + " unset");
        }
        this.lockFile = lockFile;
        this.flockAddress = flock.address(0);
        this.descriptor = LibC.open(lockFile);
    }

    @Override
    synchronized boolean tryTake(int id) throws IOException {
        if (control(F_OFD_SETLK, F_WRLCK, id, 1) < 0) {
            int error = LibC.error();
            if (error == LibC.EAGAIN || error == LibC.EACCES) {
                return false;
            }
            throw LibC.failure("fcntl(F_OFD_SETLK)", lockFile);
        }
        return true;
    }

    @Override
    synchronized void release(int id) throws IOException {
        unlock(id, 1);
    }

    @Override
    synchronized boolean isHeld(int id) throws IOException {
        return isHeld(id, 1);
    }

    @Override
    synchronized boolean isProvenAlone() throws IOException {
        return !isHeld(1, Domain.OWNER_ID_MAX);
    }

    @Override
    synchronized void close() throws IOException {
        // Unlocked first: a process that is just being started has a copy of the descriptor until it runs its program.
        unlock(0, 0);
        LibC.close(descriptor, lockFile);
        descriptor = CLOSED;
    }

    /** Length 0 means to the end. */
    private void unlock(long start, long length) throws IOException {
        if (control(F_OFD_SETLK, F_UNLCK, start, length) < 0) {
            throw LibC.failure("fcntl(F_OFD_SETLK)", lockFile);
        }
    }

    /** Whether another description, or a process by the older sort of lock, has an exclusive lock there. */
    private boolean isHeld(long start, long length) throws IOException {
        if (control(F_OFD_GETLK, F_RDLCK, start, length) < 0) {
            throw LibC.failure("fcntl(F_OFD_GETLK)", lockFile);
        }
        return (short) flock.getIntPlain(TYPE_AND_WHENCE) != F_UNLCK;
    }

    private int control(int command, int type, long start, long length) {
        if (descriptor == CLOSED) {
            throw new IllegalStateException("the lease on " + lockFile + " is closed");
        }
        flock.putLongPlain(TYPE_AND_WHENCE, type);
        flock.putLongPlain(START, start);
        flock.putLongPlain(LENGTH, length);
        flock.putLongPlain(PID, 0);
        return LibC.control(descriptor, command, flockAddress);
    }
}
