package io.millrace.domain;

import io.millrace.testing.Background;
import io.millrace.testing.ChildJvm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** A {@link DomainChild}, seen from its parent. */
final class Peer implements AutoCloseable {
    private final ChildJvm child;

    private Peer(ChildJvm child) {
        this.child = child;
    }

    /** Starts one that is ready to join, by a command that runs the rest of its line if one is given. */
    static Peer ready(Path directory, LeaseKind kind, String... through) throws IOException, InterruptedException {
        // Two who are both process 1 would quarrel about the JVM's file for performance data, and say so.
        return of(ChildJvm.of(DomainChild.class).through(through).property(LeaseKind.PROPERTY, kind.text())
            .option("-XX:-UsePerfData").start(directory));
    }

    /** One that was started as a {@link DomainChild}, as soon as it is ready to join. */
    static Peer of(ChildJvm child) throws InterruptedException {
        child.awaitLine("ready");
        return new Peer(child);
    }

    /** Sends a command, without waiting for the answer. */
    void tell(String command) {
        child.send(command);
    }

    String answer() throws InterruptedException {
        return child.awaitLine();
    }

    String ask(String command) throws InterruptedException {
        tell(command);
        return answer();
    }

    /** Joins; the id. */
    int join() throws InterruptedException {
        return Integer.parseInt(ask("join"));
    }

    boolean findsDead(int id) throws InterruptedException {
        return Boolean.parseBoolean(ask("dead " + id));
    }

    /** Sends a signal of this name by kill(1). */
    void signal(String name) throws IOException, InterruptedException {
        int exitCode = new ProcessBuilder("kill", "-" + name, Long.toString(child.pid()))
            .redirectOutput(ProcessBuilder.Redirect.DISCARD).redirectError(ProcessBuilder.Redirect.DISCARD)
            .start().waitFor();
        if (exitCode != 0) {
            throw new IllegalStateException("kill -" + name + ": exit code " + exitCode);
        }
    }

    /** Waits until all its threads are stopped. */
    void awaitStopped() throws InterruptedException {
        Path status = Path.of("/proc", Long.toString(child.pid()), "task");
        Background.awaitUntil(() -> {
            try (Stream<Path> tasks = Files.list(status)) {
                for (Path task : tasks.toList()) {
                    String stat = Files.readString(task.resolve("stat"));
                    if (stat.charAt(stat.lastIndexOf(')') + 2) != 'T') {
                        return false;
                    }
                }
                return true;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    void kill() {
        child.kill();
    }

    @Override
    public void close() {
        child.close();
    }
}
