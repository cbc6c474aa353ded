package io.millrace.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A program that starts two children, one after the other. Each says whether its command line names an archive. Between
 * them, whatever else was started has ended.
 */
final class ArchiveParent {
    private ArchiveParent() { }

    /** Arguments: whether the children may have an archive, and a file in which they list the classes they load. */
    public static void main(String[] arguments) throws Exception {
        for (int i = 0; i < 2; i++) {
            try (JvmProcess child = JvmProcess.builder(ArchiveParent::tell)
                .classArchive(Boolean.parseBoolean(arguments[0]))
                .options("-Xlog:class+load:file=" + arguments[1]).start()) {
                child.join();
            }
            for (ProcessHandle other : ProcessHandle.current().children().toList()) {
                other.onExit().join();
            }
        }
    }

    private static void tell() throws IOException {
        String words = new String(Files.readAllBytes(Path.of("/proc/self/cmdline")), StandardCharsets.UTF_8);
        System.out.println(List.of(words.split("\0")).stream()
            .anyMatch(word -> word.startsWith(ClassArchive.FILE_OPTION)));
    }
}
