package io.millrace.samples;

import io.millrace.process.JvmProcess;
import io.millrace.queue.QueueFullException;
import io.millrace.queue.SharedQueue;
import java.time.Duration;

/** A queue of three; the fourth put waits until its time is over. */
public final class QueueFullBlocks {
    private static final int ITEMS_MAX = 3;
    private static final Duration TIMEOUT = Python.seconds(5);

    private QueueFullBlocks() { }

    private static void putFour(SharedQueue<String> queue) throws InterruptedException {
        for (int i = 1; i <= ITEMS_MAX; i++) {
            queue.put("message " + i);
        }
        System.out.println("Put " + queue.size() + " messages to the queue, is it full: "
            + Python.text(queue.isFull()));
        try {
            queue.put("message 4", TIMEOUT); // without a timeout it would wait for ever
        } catch (QueueFullException e) {
            System.out.println("Put no fourth message: no room within " + TIMEOUT.toMillis() + " ms");
        }
        System.out.println("In Python this line is never reached.");
    }

    /** Takes no arguments. */
    public static void main(String[] arguments) throws InterruptedException {
        try (SharedQueue<String> queue = SharedQueue.create(ITEMS_MAX)) {
            JvmProcess.start(QueueFullBlocks::putFour, queue).join();
        }
    }
}
