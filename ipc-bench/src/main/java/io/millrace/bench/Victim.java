package io.millrace.bench;

import io.millrace.queue.SharedQueue;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** A JVM that stops in the middle of an operation on a queue, until it is killed. */
final class Victim implements AutoCloseable {
    static final String QUEUE = "queue";
    static final String IN_HAND = "in hand";

    /** What it stops in. */
    enum Hands {
        /** It has taken a record, and decodes its item for ever. */
        GETTING,
        /** It has claimed a record, and encodes an item into it for ever. */
        PUTTING
    }

    private final Process process;

    private Victim(Process process) {
        this.process = process;
    }

    /** Starts one, and returns when it has stopped in the middle. */
    static Victim start(Path domain, Hands hands) throws IOException {
        List<String> command = PeerJvm.command();
        command.addAll(List.of(Victim.class.getName(), hands.name(), domain.toString()));
        Victim victim =
            new Victim(new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start());
        BufferedReader output = victim.process.inputReader(StandardCharsets.UTF_8);
        String line = output.readLine();
        if (!IN_HAND.equals(line)) {
            victim.close();
            throw new IOException("victim failed: " + line);
        }
        return victim;
    }

    Process process() {
        return process;
    }

    /** Without a chance to put anything down. */
    void kill() {
        process.destroyForcibly();
    }

    @Override
    public void close() {
        kill();
    }

    /** Arguments: what to stop in, and the directory of the domain. Ends when its standard input does. */
    public static void main(String[] arguments) throws InterruptedException {
        Thread watcher = new Thread(() -> {
            try {
                System.in.read();
            } catch (IOException e) {
                // As if it had ended.
            }
            Runtime.getRuntime().halt(1);
        }, "watch-survivor");
        watcher.setDaemon(true);
        watcher.start();
        SharedQueue<String> queue = SharedQueue.<String>builder().domain(Path.of(arguments[1])).name(QUEUE)
            .codec(new StuckCodec()).open();
        switch (Hands.valueOf(arguments[0])) {
            case GETTING -> queue.get();
            case PUTTING -> queue.put("0".repeat(Rows.SHORT_PAYLOAD_BYTES));
        }
    }
}
