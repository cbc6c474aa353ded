package io.millrace.testing;

import io.millrace.memory.MemoryBackend;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * A JVM that a test starts, talks to by lines of text, and ends. Its main class talks back through
 * {@link ParentJvm}.
 *
 * <p>Everything that waits, waits for a line or for the end of the child: if the child ends where a line was
 * expected, the test fails at once and shows what the child wrote to its standard error. Interrupts end every
 * wait.
 *
 * <p><b>Close:</b> kills the child if it still runs. A child whose parent has died ends by itself.
 */
public final class ChildJvm implements AutoCloseable {
    private static final int LINE_LIMIT = 10_000;

    private final Process process;
    private final Writer input;
    private final BlockingQueue<Line> lines = new LinkedBlockingQueue<>();
    private final StringBuffer errors = new StringBuffer();
    private final Thread errorReader;

    private ChildJvm(Process process) {
        this.process = process;
        this.input = process.outputWriter(StandardCharsets.UTF_8);
        startReader("child-output", () -> {
            forEachLine(process.getInputStream(), text -> lines.add(new Line(text)));
            lines.add(Line.END);
        });
        this.errorReader = startReader("child-errors", () -> forEachLine(process.getErrorStream(), text -> {
            if (errors.length() < LINE_LIMIT) {
                errors.append(text).append('\n');
            }
        }));
    }

    /** Prepares a child on this JDK, in the memory mode of this JVM. */
    public static Builder of(Class<?> mainClass) {
        return new Builder(mainClass);
    }

    /** Sends a line. */
    public void send(String line) {
        try {
            input.write(line + "\n");
            input.flush();
        } catch (IOException e) {
            throw new AssertionError("the child does not listen any more; its errors:\n" + errors, e);
        }
    }

    /** Waits for the next line. */
    public String awaitLine() throws InterruptedException {
        Line line = lines.take();
        if (line == Line.END) {
            lines.add(line);
            throw failure("a line");
        }
        return line.text();
    }

    /** Waits for the next line, which must be this one. */
    public void awaitLine(String expected) throws InterruptedException {
        String actual = awaitLine();
        if (!actual.equals(expected)) {
            throw new AssertionError("line of the child: actual '" + actual + "', expected '"
                + expected + "'");
        }
    }

    /** Waits until nobody has the output open any more, neither the child nor its children; all lines until then. */
    public List<String> awaitAllLines() throws InterruptedException {
        List<String> all = new ArrayList<>();
        for (Line line = lines.take(); line != Line.END; line = lines.take()) {
            all.add(line.text());
        }
        lines.add(Line.END);
        return all;
    }

    /** Waits for the child to end with exit code 0. */
    public void awaitSuccess() throws InterruptedException {
        if (process.waitFor() != 0) {
            throw failure("exit code 0");
        }
    }

    /** Kills the child, as the kernel does it when memory runs out, and returns when it is gone. */
    public void kill() {
        process.toHandle().destroyForcibly();
        process.onExit().join();
    }

    /** The number of the process, or of the command that it was started through. */
    public long pid() {
        return process.pid();
    }

    /** Stops the child where it is, as a debugger or a shell does it, and returns when all its threads stand still. */
    public void pause() throws IOException, InterruptedException {
        signal("STOP");
        Background.awaitUntil(() -> {
            assertAlive();
            return threadStates().allMatch("T"::equals);
        });
    }

    /** Lets a stopped child go on. */
    public void resume() throws IOException, InterruptedException {
        signal("CONT");
    }

    /** Fails if the child ended though nobody killed it; shows its errors. */
    public void assertAlive() {
        if (isDead()) {
            throw new AssertionError("the child ended with exit code " + process.exitValue() + "; its errors:\n"
                + errors);
        }
    }

    /** What only the kernel gives, once the child is gone: proof that it makes no more accesses. */
    public boolean isDead() {
        return !process.isAlive();
    }

    @Override
    public void close() {
        kill();
    }

    @Override
    public String toString() {
        return "ChildJvm[" + process + "]";
    }

    private void signal(String name) throws IOException, InterruptedException {
        Process kill = new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid())).inheritIO().start();
        if (kill.waitFor() != 0) {
            throw new AssertionError("kill -" + name + " ended with exit code " + kill.exitValue());
        }
    }

    /** One letter for each thread, as the kernel says it. */
    private Stream<String> threadStates() {
        try (Stream<Path> threads = Files.list(Path.of("/proc", String.valueOf(process.pid()), "task"))) {
            return threads.map(thread -> {
                try {
                    String stat = Files.readString(thread.resolve("stat"));
                    return stat.substring(stat.lastIndexOf(')') + 2).substring(0, 1);
                } catch (IOException e) {
                    return "(ended)";
                }
            }).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private AssertionError failure(String expected) throws InterruptedException {
        int exitCode = process.waitFor();
        errorReader.join();
        return new AssertionError("the child ended with exit code " + exitCode + " where " + expected
            + " was expected; its errors:\n" + errors);
    }

    private static Thread startReader(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private static void forEachLine(InputStream stream, Consumer<String> action) {
        try (BufferedReader reader =
            new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            reader.lines().forEach(action);
        } catch (IOException | UncheckedIOException e) {
            // The stream of a process that was killed may end like this; the end is what the caller learns.
            action.accept("(" + e.getMessage() + ")");
        }
    }

    /** One line; its identity tells the end from a text. */
    private record Line(String text) {
        static final Line END = new Line("(end)");
    }

    /** What a child is started with. */
    public static final class Builder {
        private final Class<?> mainClass;
        private final List<String> prefix = new ArrayList<>();
        private final List<String> options = new ArrayList<>();
        private Jdk jdk = Jdk.current();
        private MemoryBackend backend = MemoryBackend.current();
        private String classPath = System.getProperty("java.class.path");

        private Builder(Class<?> mainClass) {
            this.mainClass = mainClass;
        }

        /** Runs on another JDK. */
        public Builder on(Jdk otherJdk) {
            jdk = otherJdk;
            return this;
        }

        /** Runs in this memory mode: with the flags for Agrona, or with none. */
        public Builder with(MemoryBackend chosen) {
            backend = chosen;
            return this;
        }

        /** Is started through a command that runs the rest of its line. */
        public Builder through(String... command) {
            prefix.addAll(List.of(command));
            return this;
        }

        /** Runs with a system property. */
        public Builder property(String name, String value) {
            return option("-D" + name + "=" + value);
        }

        /** Runs with an option of the JVM. */
        public Builder option(String option) {
            options.add(option);
            return this;
        }

        /** Runs with another class path than this JVM. */
        public Builder classPath(String path) {
            classPath = path;
            return this;
        }

        /** Starts it; the arguments are those of its main method, in their {@code toString} form. */
        public ChildJvm start(Object... arguments) throws IOException {
            List<String> command = new ArrayList<>(prefix);
            command.add(jdk.home().resolve("bin").resolve("java").toString());
            // Most children live for a second: the second compiler would take more time than it saves.
            command.addAll(List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp", classPath,
                "-Djava.io.tmpdir=" + System.getProperty("java.io.tmpdir")));
            command.addAll(options);
            if (backend == MemoryBackend.AGRONA) {
                command.addAll(jdk.agronaFlags());
            }
            command.add(mainClass.getName());
            for (Object argument : arguments) {
                command.add(argument.toString());
            }
            return new ChildJvm(new ProcessBuilder(command).start());
        }
    }
}
