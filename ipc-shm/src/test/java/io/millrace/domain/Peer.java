package io.millrace.domain;

import io.millrace.testing.ChildJvm;
import java.io.IOException;
import java.nio.file.Path;

/** A {@link DomainChild}, seen from its parent. */
final class Peer implements AutoCloseable {
    private final ChildJvm child;

    private Peer(ChildJvm child) {
        this.child = child;
    }

    /** Starts one that is ready to join. */
    static Peer ready(Path directory, LeaseKind kind, String... through) throws IOException, InterruptedException {
        ChildJvm child = ChildJvm.of(DomainChild.class).through(through)
            .property(LeaseKind.PROPERTY, kind.text()).start(directory);
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

    boolean finds(int id) throws InterruptedException {
        return Boolean.parseBoolean(ask("dead " + id));
    }

    /** Sends a signal of this name by kill(1). */
    void signal(String name) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, Long.toString(child.pid())).inheritIO().start().waitFor();
    }

    void kill() {
        child.kill();
    }

    @Override
    public void close() {
        child.close();
    }
}
