package io.millrace.domain;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;

/**
 * Which process, of which namespaces, since which start of the machine: what tells a process from every other, before
 * and after it.
 *
 * @param pid as the process itself sees it
 * @param startTicks when it was started, in clock ticks since the machine was
 * @param pidNamespace inode number of the namespace that the pid is of
 * @param timeNamespace inode number of the namespace that the start is of; 0 where there are none
 * @param bootId drawn by the kernel when the machine was started
 */
record ProcessIdentity(long pid, long startTicks, long pidNamespace, long timeNamespace, UUID bootId) {
    private static final Path SELF = Path.of("/proc/self");
    private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");

    // Fields of /proc/PID/stat, counted from the one behind the name of the program.
    private static final int STATE = 0;
    private static final int THREAD_COUNT = 17;
    private static final int START = 19;

    /** That of this process. */
    static ProcessIdentity current() throws IOException {
        return new ProcessIdentity(ProcessHandle.current().pid(), Long.parseLong(fields(SELF)[START]),
            namespace("pid"), namespace("time"), UUID.fromString(Files.readString(BOOT_ID).strip()));
    }

    /** When the process of that number was started; of those that this one sees under {@code /proc}. */
    static long startTicks(long pid) throws IOException {
        return Long.parseLong(fields(Path.of("/proc", Long.toString(pid)))[START]);
    }

    /** False only if the process is gone for certain, seen from this one. */
    boolean mayRun() throws IOException {
        ProcessIdentity here = current();
        if (!here.bootId.equals(bootId)) {
            return false; // a machine that was started anew has no processes from before
        }
        if (here.pidNamespace != pidNamespace || here.timeNamespace != timeNamespace || !seesOwnNamespace()) {
            return true;
        }
        try {
            String[] fields = fields(Path.of("/proc", Long.toString(pid)));
            boolean same = Long.parseLong(fields[START]) == startTicks;
            // A zombie whose threads run on is none: its first thread alone has ended.
            boolean ended = "ZX".contains(fields[STATE]) && Long.parseLong(fields[THREAD_COUNT]) <= 1;
            return same && !ended;
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    /** Whether /proc may be without processes of other users, so that nothing follows from their not being there. */
    static boolean mayHideOthers() throws IOException {
        return mayHideOthers(Files.readAllLines(SELF.resolve("mountinfo")));
    }

    static boolean mayHideOthers(List<String> mounts) {
        return mounts.stream().anyMatch(mount -> mount.contains(" - proc ") && mount.contains("hidepid=")
            && !mount.matches(".*hidepid=(0|off)(,.*)?"));
    }

    /** Whether the pids under /proc are those of this process' own namespace: its own has then one number there. */
    private static boolean seesOwnNamespace() throws IOException {
        return Files.readAllLines(SELF.resolve("status")).stream()
            .anyMatch(line -> line.matches("NSpid:\\s+\\d+\\s*"));
    }

    private static String[] fields(Path process) throws IOException {
        String stat = new String(Files.readAllBytes(process.resolve("stat")), StandardCharsets.ISO_8859_1);
        return stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    }

    private static long namespace(String name) throws IOException {
        try {
            return (long) Files.getAttribute(SELF.resolve("ns").resolve(name), "unix:ino"); // followed
        } catch (NoSuchFileException e) {
            return 0; // a kernel that does not have this kind
        }
    }
}
