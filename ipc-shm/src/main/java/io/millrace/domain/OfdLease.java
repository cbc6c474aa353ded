package io.millrace.domain;

import java.io.IOException;
import java.nio.file.Path;

/**
 * A lease by {@code fcntl(F_OFD_SETLK)}. It belongs to one open of the file and to nothing else in this process: no
 * channel that is closed, no thread that is interrupted and no object that is collected can lose it.
 */
final class OfdLease extends Lease {
    private static final int CLOSED = -1;

    private final Path lockFile;
    private final Fcntl fcntl;
    private int descriptor;

    OfdLease(Path lockFile) throws IOException {
        this.lockFile = lockFile;
        this.fcntl = new Fcntl(lockFile);
        this.descriptor = fcntl.open(lockFile);
    }

    @Override
    synchronized boolean tryTake(int id) throws IOException {
        return fcntl.tryLock(descriptor(), id, 1);
    }

    @Override
    synchronized void release(int id) throws IOException {
        fcntl.unlock(descriptor(), id, 1);
    }

    @Override
    synchronized boolean isHeld(int id) throws IOException {
        return fcntl.isLockedByAnother(descriptor(), id, 1);
    }

    @Override
    synchronized boolean isAnyHeld() throws IOException {
        return fcntl.isLockedByAnother(descriptor(), 1, Domain.OWNER_ID_MAX);
    }

    @Override
    synchronized void close() throws IOException {
        // Unlocked first: a process that is just being started has a copy of the descriptor until it runs its program.
        fcntl.unlock(descriptor(), 0, 0);
        fcntl.close(descriptor());
        descriptor = CLOSED;
    }

    private int descriptor() {
        if (descriptor == CLOSED) {
            throw new IllegalStateException("the lease on " + lockFile + " is closed");
        }
        return descriptor;
    }
}
