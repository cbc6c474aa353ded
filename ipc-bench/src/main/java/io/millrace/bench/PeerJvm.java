package io.millrace.bench;

import io.millrace.memory.MemoryBackend;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** How the JVMs of a pair are started: all alike, whatever flags the harness itself runs with. */
final class PeerJvm {
    private static final int FIRST_WITH_UNSAFE_NOTICES = 23;
    private static final String BOUNDS_CHECKS_PROPERTY = "agrona.disable.bounds.checks";

    private PeerJvm() { }

    static List<String> flags() {
        List<String> flags = new ArrayList<>(List.of(MemoryBackend.AGRONA_FLAG.split(" ")));
        flags.add("--enable-native-access=ALL-UNNAMED");
        if (Runtime.version().feature() >= FIRST_WITH_UNSAFE_NOTICES) {
            flags.add("--sun-misc-unsafe-memory-access=allow");
        }
        flags.add("-Xms64m");
        flags.add("-Xmx64m");
        flags.add("-XX:+UseSerialGC");
        flags.add("-D" + BOUNDS_CHECKS_PROPERTY + "=" + !MemoryBackend.agronaChecksBounds());
        return flags;
    }

    static List<String> command() {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(flags());
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        return command;
    }
}
