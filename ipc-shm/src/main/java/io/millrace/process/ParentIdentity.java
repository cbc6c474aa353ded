package io.millrace.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A process, told from a later one with the same number.
 *
 * @param pid its number
 * @param startTicks when it was started, in clock ticks since the machine was; 0 where the system does not tell
 */
record ParentIdentity(long pid, long startTicks) {
    /** Counted from the field behind the name of the program. */
    private static final int START_FIELD = 19;

    static ParentIdentity ofThisProcess() {
        long pid = ProcessHandle.current().pid();
        return new ParentIdentity(pid, startTicks(pid));
    }

    /** Whether the process that has that number now is this one. */
    boolean isRunning() {
        return startTicks == 0 ? ProcessHandle.of(pid).isPresent() : startTicks(pid) == startTicks;
    }

    private static long startTicks(long pid) {
        try {
            byte[] bytes = Files.readAllBytes(Path.of("/proc", Long.toString(pid), "stat"));
            String stat = new String(bytes, StandardCharsets.ISO_8859_1);
            return Long.parseLong(stat.substring(stat.lastIndexOf(')') + 2).split(" ")[START_FIELD]);
        } catch (IOException e) {
            return 0; // gone, or a system without these files
        }
    }
}
