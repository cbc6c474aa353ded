package io.millrace.sync;

import io.millrace.atomic.ObjectLock;
import io.millrace.atomic.SharedLong;
import java.nio.file.Path;
import java.util.List;

/** Which lock is under test, and whether two who use it have one handle or two. */
enum LockSubject {
    ONE_HANDLE {
        @Override
        Both open(Path domain) {
            SharedReentrantLock lock = SharedReentrantLock.builder().domain(domain).create();
            return new Both(lock, lock, List.of(lock));
        }
    },
    TWO_HANDLES {
        @Override
        Both open(Path domain) {
            SharedReentrantLock lock = SharedReentrantLock.builder().domain(domain).create();
            SharedReentrantLock other = SharedReentrantLock.builder().domain(domain).name(lock.name()).open();
            return new Both(lock, other, List.of(lock, other));
        }
    },
    OF_A_VALUE {
        @Override
        Both open(Path domain) {
            SharedLong value = SharedLong.builder().domain(domain).create();
            SharedLong other = SharedLong.builder().domain(domain).name(value.name()).open();
            return new Both(value.lock(), other.lock(), List.of(value, other));
        }
    };

    /** Two handles on one lock, and what is to be closed. */
    record Both(ObjectLock here, ObjectLock there, List<AutoCloseable> handles) implements AutoCloseable {
        int ownerId() {
            return ((SharedReentrantLock) here).object().owner().id();
        }

        @Override
        public void close() {
            try {
                for (AutoCloseable handle : handles) {
                    handle.close();
                }
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        }
    }

    abstract Both open(Path domain);
}
