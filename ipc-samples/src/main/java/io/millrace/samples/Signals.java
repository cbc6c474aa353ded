package io.millrace.samples;

import io.millrace.process.JvmProcess;
import io.millrace.queue.SharedQueue;
import java.time.Duration;

/** Three children that would sleep for a minute are ended by three signals, and their exit codes tell by which. */
public final class Signals {
    /** Much longer than any JVM needs to end. */
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private Signals() { }

    private static void sleep(SharedQueue<String> ready) throws InterruptedException {
        ready.put("asleep");
        Thread.sleep(Duration.ofMinutes(1).toMillis());
    }

    /** Takes no arguments. */
    public static void main(String[] arguments) throws InterruptedException {
        try (SharedQueue<String> ready = SharedQueue.create()) {
            JvmProcess terminated = sleeper(ready);
            JvmProcess killed = sleeper(ready);
            JvmProcess interrupted = sleeper(ready);
            for (int i = 0; i < 3; i++) {
                ready.get();
            }
            terminated.terminate();
            killed.kill();
            interrupted.interrupt();
            tell("terminate", terminated);
            tell("kill", killed);
            if (!interrupted.join(PATIENCE)) {
                // A shell starts its background with SIGINT ignored; then all that begins there ignores it.
                System.out.println("interrupt: ignored here, so this child is killed");
                interrupted.kill();
            }
            tell("interrupt", interrupted);
        }
    }

    private static JvmProcess sleeper(SharedQueue<String> ready) {
        return JvmProcess.builder(Signals::sleep, ready).daemon(true).start();
    }

    private static void tell(String signal, JvmProcess child) throws InterruptedException {
        child.join();
        System.out.println(signal + ": exit code " + child.exitCode().getAsInt());
    }
}
