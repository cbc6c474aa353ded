package io.millrace.samples;

import io.millrace.process.JvmProcess;
import io.millrace.queue.JoinableQueue;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** A child writes to a queue, another reads from it for ever, until it is terminated. */
public final class QueueWriteRead {
    private QueueWriteRead() { }

    private static void write(JoinableQueue<String> queue) throws InterruptedException {
        System.out.println("Process to write: " + JvmProcess.currentProcess().pid());
        for (String value : List.of("A", "B", "C")) {
            System.out.println("Put " + value + " to queue...");
            queue.put(value);
            Python.sleep(ThreadLocalRandom.current().nextDouble());
        }
    }

    private static void read(JoinableQueue<String> queue) throws InterruptedException {
        System.out.println("Process to read: " + JvmProcess.currentProcess().pid());
        while (true) {
            System.out.println("Get " + queue.get() + " from queue.");
            queue.taskDone();
        }
    }

    /** Takes no arguments. */
    public static void main(String[] arguments) throws InterruptedException {
        try (JoinableQueue<String> queue = JoinableQueue.create()) {
            JvmProcess writer = JvmProcess.start(QueueWriteRead::write, queue);
            JvmProcess reader = JvmProcess.builder(QueueWriteRead::read, queue).daemon(true).start();
            writer.join();
            queue.join(); // the reader is not to be ended before it has told of everything
            reader.terminate();
            reader.join();
        }
    }
}
