package io.millrace.bench;

import io.millrace.memory.MemoryBackend;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/** On what the figures were taken; without it they mean nothing. */
final class Machine {
    private Machine() { }

    static Map<String, Object> describe(boolean pin) {
        Map<String, Object> machine = new LinkedHashMap<>();
        machine.put("cpu", cpu());
        machine.put("processors", Runtime.getRuntime().availableProcessors());
        machine.put("kernel", System.getProperty("os.name") + " " + System.getProperty("os.version"));
        machine.put("arch", System.getProperty("os.arch"));
        machine.put("jdk", System.getProperty("java.vm.name") + " " + System.getProperty("java.runtime.version"));
        machine.put("jvmFlags", String.join(" ", PeerJvm.flags()));
        machine.put("memoryBackend", MemoryBackend.AGRONA.name().toLowerCase());
        machine.put("agronaBoundsChecks", MemoryBackend.agronaChecksBounds());
        machine.put("pinned", pin);
        return machine;
    }

    private static String cpu() {
        try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
            return lines.filter(line -> line.startsWith("model name"))
                .map(line -> line.substring(line.indexOf(':') + 1).strip()).findFirst().orElse("unknown");
        } catch (IOException e) {
            return "unknown";
        }
    }
}
