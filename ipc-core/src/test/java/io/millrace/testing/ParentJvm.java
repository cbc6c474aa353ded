package io.millrace.testing;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** The child's side of a {@link ChildJvm}. */
public final class ParentJvm {
    private static final int PARENT_IS_GONE = 3;

    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

    /** Listens to the parent from now on; ends this JVM when the parent is gone. */
    public ParentJvm() {
        Thread listener = new Thread(this::listen, "parent-listener");
        listener.setDaemon(true);
        listener.start();
    }

    /** Sends a line. */
    public void say(String line) {
        System.out.println(line);
        System.out.flush();
    }

    /** Waits for the next line. */
    public String awaitLine() throws InterruptedException {
        return lines.take();
    }

    /** Says that a place was reached, and stays there until the parent says something, or kills this JVM. */
    public void stopAt(String place) {
        say(place);
        try {
            awaitLine();
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted at " + place, e);
        }
    }

    private void listen() {
        try {
            new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).lines()
                .forEach(lines::add);
        } finally {
            Runtime.getRuntime().halt(PARENT_IS_GONE);
        }
    }
}
