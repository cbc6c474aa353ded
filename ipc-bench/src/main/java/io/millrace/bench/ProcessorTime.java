package io.millrace.bench;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * How much time on a processor this process has had.
 *
 * <p>The JVM's own count goes in steps of 10 ms, as much as an idle process uses in seconds. So this one adds up what
 * the kernel has counted for each thread, in nanoseconds, where it tells; that misses threads that have ended.
 *
 * @param processNanos of all threads that ever were, in coarse steps
 * @param nanosOfThreads of those that there are; empty where the kernel does not tell
 */
record ProcessorTime(long processNanos, Map<String, Long> nanosOfThreads) {
    private static final OperatingSystemMXBean SYSTEM =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private static final Path THREADS = Path.of("/proc/self/task");

    static ProcessorTime now() throws IOException {
        Map<String, Long> threads = new HashMap<>();
        if (Files.isReadable(THREADS)) {
            try (DirectoryStream<Path> directories = Files.newDirectoryStream(THREADS)) {
                for (Path directory : directories) {
                    String figures = Files.readString(directory.resolve("schedstat"));
                    threads.put(directory.getFileName().toString(), Long.parseLong(figures.split(" ")[0]));
                }
            } catch (NoSuchFileException e) {
                threads.clear(); // a kernel without these files, or a thread that ended just now
            }
        }
        return new ProcessorTime(SYSTEM.getProcessCpuTime(), threads);
    }

    long nanosSince(ProcessorTime earlier) {
        boolean fine = !earlier.nanosOfThreads.isEmpty()
            && nanosOfThreads.keySet().containsAll(earlier.nanosOfThreads.keySet());
        return fine ? sum(nanosOfThreads) - sum(earlier.nanosOfThreads) : processNanos - earlier.processNanos;
    }

    private static long sum(Map<String, Long> nanos) {
        return nanos.values().stream().mapToLong(Long::longValue).sum();
    }
}
