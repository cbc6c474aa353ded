package io.millrace.samples;

import io.millrace.process.JvmProcess;
import io.millrace.queue.SharedQueue;

/** Three children take one message each, from a queue that their parent has closed before they have begun. */
public final class QueueThreeReaders {
    private static final int READER_COUNT = 3;

    private QueueThreeReaders() { }

    private static void read(SharedQueue<String> queue, int seconds) throws InterruptedException {
        Python.sleep(seconds);
        System.out.println("process " + JvmProcess.currentProcess().pid() + " got: " + queue.get());
    }

    /** Takes no arguments. */
    public static void main(String[] arguments) throws InterruptedException {
        SharedQueue<String> queue = SharedQueue.create(READER_COUNT);
        for (int i = 1; i <= READER_COUNT; i++) {
            queue.put("message " + i);
        }
        for (int i = 1; i <= READER_COUNT; i++) {
            JvmProcess.start(QueueThreeReaders::read, queue, i);
        }
        queue.close(); // for the parent alone: the handles that travel to the children keep the queue
        try {
            queue.put("message 4");
        } catch (IllegalStateException e) {
            System.out.println("The parent has closed its queue and cannot put any more.");
        }
        System.out.println("The parent has reached its last line.");
    }
}
