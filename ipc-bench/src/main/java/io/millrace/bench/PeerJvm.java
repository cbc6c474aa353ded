package io.millrace.bench;

import io.millrace.memory.MemoryBackend;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How the JVMs of a row are started, whatever flags the harness itself runs with: all alike, but that those which start
 * children have no flag that they can do without, for their children would have it, too.
 */
final class PeerJvm {
    private static final int FIRST_WITH_UNSAFE_NOTICES = 23;
    private static final String NATIVE_ACCESS_FLAG = "--enable-native-access=ALL-UNNAMED";
    private static final String BOUNDS_CHECKS_PROPERTY = "agrona.disable.bounds.checks";

    private PeerJvm() { }

    static List<String> flags() {
        List<String> flags = new ArrayList<>(List.of(MemoryBackend.AGRONA_FLAG.split(" ")));
        flags.add(NATIVE_ACCESS_FLAG);
        flags.addAll(parentFlags());
        flags.add("-D" + BOUNDS_CHECKS_PROPERTY + "=" + !MemoryBackend.agronaChecksBounds());
        return flags;
    }

    /** What a JVM has that starts children. */
    private static List<String> parentFlags() {
        List<String> flags = new ArrayList<>();
        if (Runtime.version().feature() >= FIRST_WITH_UNSAFE_NOTICES) {
            flags.add("--sun-misc-unsafe-memory-access=allow");
        }
        flags.addAll(List.of("-Xms64m", "-Xmx64m", "-XX:+UseSerialGC"));
        return flags;
    }

    static List<String> command() {
        return command(flags());
    }

    static List<String> command(Scenario scenario) {
        return command(scenario == Scenario.SPAWN ? parentFlags() : flags());
    }

    private static List<String> command(List<String> flags) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(flags);
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        return command;
    }
}
