package io.millrace.samples;

import io.millrace.process.JvmProcess;
import io.millrace.queue.JoinableQueue;

/**
 * A consumer stops at a sentinel that comes too early, and two tasks stay undone for ever. In Python {@code join()}
 * hangs then; here it takes a timeout, and the parent looks whether there is anybody left to wait for.
 */
public final class JoinableSentinel {
    private static final int MESSAGE_COUNT = 5;
    private static final int SENTINEL_AT = 3;

    private JoinableSentinel() { }

    private static void consume(JoinableQueue<String> queue) throws InterruptedException {
        String message;
        do {
            message = queue.get();
            System.out.println("got: " + Python.text(message));
            queue.taskDone();
            Python.sleep(1);
        } while (message != null);
    }

    /** Takes no arguments. */
    public static void main(String[] arguments) throws InterruptedException {
        try (JoinableQueue<String> queue = JoinableQueue.create()) {
            JvmProcess consumer = JvmProcess.builder(JoinableSentinel::consume, queue).daemon(true).start();
            for (int i = 0; i < MESSAGE_COUNT; i++) {
                if (i == SENTINEL_AT) {
                    queue.put(null);
                }
                queue.put("message " + i);
            }
            boolean done = false;
            boolean hope = true;
            while (!done && hope) {
                hope = consumer.isAlive();
                done = queue.join(Python.seconds(1));
            }
            if (!done) {
                System.out.println("join() would wait for ever: " + queue.size() + " tasks are not done");
                queue.drain(message -> System.out.println("not done: " + message), MESSAGE_COUNT);
            }
        }
    }
}
