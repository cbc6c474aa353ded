package io.millrace.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * What the harness tells this process, line by line. A thread reads them, so that the process ends with the harness
 * whatever else it is about.
 */
final class Commands {
    static final String STOP = "stop";

    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private final Stop stop = new Stop();

    /** Reads until {@code input} ends, and then ends the process: the harness is gone. */
    static Commands read(InputStream input) {
        Commands commands = new Commands();
        Thread main = Thread.currentThread();
        Thread reader = new Thread(() -> {
            try {
                commands.readAll(new BufferedReader(new InputStreamReader(input, StandardCharsets.UTF_8)), main);
            } catch (IOException e) {
                // As if it had ended.
            }
            Runtime.getRuntime().halt(1);
        }, "watch-harness");
        reader.setDaemon(true);
        reader.start();
        return commands;
    }

    private void readAll(BufferedReader input, Thread main) throws IOException {
        for (String line = input.readLine(); line != null; line = input.readLine()) {
            if (line.equals(STOP)) {
                stop.give();
                main.interrupt();
            } else {
                lines.add(line);
            }
        }
    }

    /** Waits for the next line, asleep. */
    String next() throws InterruptedException {
        return lines.take();
    }

    /** Given by a line of its own, which also interrupts the thread that began to read. */
    Stop stop() {
        return stop;
    }
}
