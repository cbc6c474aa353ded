package io.millrace.bench;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A process that measures, mostly a JVM of a pair, seen from the harness. Closing it ends it. */
final class PeerProcess implements AutoCloseable {
    private final Process process;
    private final BufferedReader output;
    private final BufferedWriter input;
    private final File errors;
    private final String name;

    private PeerProcess(Process process, File errors, String name) {
        this.process = process;
        this.output = process.inputReader(StandardCharsets.UTF_8);
        this.input = process.outputWriter(StandardCharsets.UTF_8);
        this.errors = errors;
        this.name = name;
    }

    static PeerProcess start(PeerMain.Side side, Row row, Path directory, Plan plan, boolean pin) throws IOException {
        List<String> command = new ArrayList<>();
        if (pin) {
            command.addAll(List.of("taskset", "-c", Integer.toString(side.ordinal())));
        }
        command.addAll(PeerJvm.command(row.scenario()));
        command.add(PeerMain.class.getName());
        command.addAll(PeerMain.arguments(side, row, directory, plan));
        return start(side.name().toLowerCase(Locale.ROOT), command, directory);
    }

    static PeerProcess start(String name, List<String> command, Path directory) throws IOException {
        File errors = directory.resolve(name + ".err").toFile();
        return new PeerProcess(new ProcessBuilder(command).redirectError(errors).start(), errors, name);
    }

    /** The rest of the next line, which begins with {@code prefix}. */
    String await(String prefix) throws IOException, InterruptedException {
        String line = output.readLine();
        if (line == null) {
            throw failure(null);
        }
        if (!line.startsWith(prefix)) {
            throw new IOException(name + " failed: " + line);
        }
        return line.substring(prefix.length());
    }

    Measurement awaitResult() throws IOException, InterruptedException {
        return awaitFigures(PeerMain.RESULT);
    }

    /** Those in the next line, which begins with {@code prefix}. */
    Measurement awaitFigures(String prefix) throws IOException, InterruptedException {
        Map<String, Object> figures = JSON.std.mapFrom(await(prefix));
        Map<String, Double> numbers = new LinkedHashMap<>();
        figures.forEach((name, value) -> numbers.put(name, ((Number) value).doubleValue()));
        return new Measurement(numbers);
    }

    void tell(String line) throws IOException, InterruptedException {
        try {
            input.write(line);
            input.newLine();
            input.flush();
        } catch (IOException e) {
            throw failure(e);
        }
    }

    /** The exception that ended the process, if one did. */
    Optional<String> exception() throws IOException {
        return Files.readString(errors.toPath()).lines()
            .filter(line -> line.contains("Exception") || line.contains("Error")).findFirst()
            .map(line -> name + " failed: " + line);
    }

    private IOException failure(IOException cause) throws IOException, InterruptedException {
        int exitCode = process.waitFor();
        return new IOException(exception().orElse(
            (name + " failed: exit code " + exitCode + " " + Files.readString(errors.toPath())).strip()), cause);
    }

    /** Does this when the process has ended, in a thread of the JVM's. */
    void whenEnded(Runnable action) {
        process.onExit().thenRun(action);
    }

    /** Ends the process, without waiting for its end. */
    void kill() {
        process.destroyForcibly();
    }

    @Override
    public void close() {
        kill();
        boolean interrupted = false;
        while (true) {
            try {
                process.waitFor();
                break;
            } catch (InterruptedException e) {
                interrupted = true; // it is being killed: this does not take long
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
