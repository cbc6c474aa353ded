package io.millrace.samples;

import io.millrace.process.JvmProcess;
import io.millrace.queue.SharedQueue;
import java.util.Map;
import java.util.TreeMap;

/** A queue's questions in one process; then a dictionary, from one child to another. */
public final class DictionaryThroughQueue {
    private static final int ITEMS_MAX = 3;

    private DictionaryThroughQueue() { }

    private static void ask() throws InterruptedException {
        try (SharedQueue<Integer> queue = SharedQueue.create(ITEMS_MAX)) {
            queue.put(1);
            System.out.println(Python.text(queue.isEmpty()));
            queue.put(2);
            queue.put(3);
            System.out.println(Python.text(queue.isFull()));
            System.out.println(queue.size());
            System.out.println(queue.get());
        }
    }

    private static void write(SharedQueue<Map<String, Integer>> queue) throws InterruptedException {
        Python.sleep(1);
        queue.put(new TreeMap<>(Map.of("a", 1, "b", 2)));
    }

    private static void read(SharedQueue<Map<String, Integer>> queue) throws InterruptedException {
        Python.sleep(2);
        System.out.println(Python.text(queue.get()));
    }

    /** Takes no arguments. */
    public static void main(String[] arguments) throws InterruptedException {
        ask();
        try (SharedQueue<Map<String, Integer>> queue = SharedQueue.create(ITEMS_MAX)) {
            JvmProcess writer = JvmProcess.start(DictionaryThroughQueue::write, queue);
            JvmProcess reader = JvmProcess.start(DictionaryThroughQueue::read, queue);
            writer.join();
            reader.join();
        }
    }
}
