package io.millrace.sync;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.millrace.domain.SharedDirectory;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Taking and releasing a lock that nobody else wants allocates nothing. */
@Timeout(60)
class LockAllocationTest {
    private static final int WARM_UP = 100_000;
    private static final int COUNT = 500_000;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @TempDir(factory = SharedDirectory.class)
    Path parent;

    @Test
    void takingAndReleasingAllocateNothing() {
        try (SharedReentrantLock lock = SharedReentrantLock.builder().domain(parent.resolve("domain")).create()) {
            long before = 0;
            for (int i = 0; i < WARM_UP + COUNT; i++) {
                if (i == WARM_UP) {
                    before = THREADS.getCurrentThreadAllocatedBytes();
                }
                lock.lock();
                lock.lock();
                lock.unlock();
                lock.unlock();
            }
            long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
            assertThat(allocated).as("bytes of " + COUNT + " times").isLessThan(COUNT / 10);
        }
    }
}
