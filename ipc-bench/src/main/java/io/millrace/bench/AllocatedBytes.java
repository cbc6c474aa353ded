package io.millrace.bench;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Map;

/** What threads allocate, by the JVM's own count. */
final class AllocatedBytes {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private AllocatedBytes() { }

    static long ofThisThread() {
        return THREADS.getCurrentThreadAllocatedBytes();
    }

    static long of(long threadId) {
        return THREADS.getThreadAllocatedBytes(threadId);
    }

    /** The figure alone; nothing if there were no messages after the warm-up. */
    static Measurement perMessage(long bytes, long messages) {
        return new Measurement(
            messages <= 0 ? Map.of() : Map.of(Measurement.BYTES_ALLOCATED_PER_OP, (double) bytes / messages));
    }
}
